"""The public ledger of what was reviewed and checked, as of the day of the release (/about/freshness/)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from therapies.models import KINDS
from therapies.serving import catalogue
from therapies.serving.render import page

SOON = timedelta(days=90)
NOT_REVIEWED = {"condition_groups", "ambiguous_terms", "search_synonyms", "danger_phrases"}  # plumbing, not content


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One kind: how many entries, and where they stand with reviews on the day of the release."""

    kind: str
    total: int
    current: int
    soon: int
    overdue: int

    @property
    def never(self) -> int:
        return self.total - self.current - self.soon - self.overdue


@dataclass(frozen=True, slots=True)
class Checked:
    """Statements of one kind: how many were held against their source."""

    kind: str
    total: int
    checked: int

    @property
    def left(self) -> int:
        return self.total - self.checked


def ledger(request: HttpRequest) -> HttpResponse:
    day = date.fromisoformat(catalogue.release().published_on)
    context = {
        "reviews": reviews(day),
        "checks": checks(),
        "sources": sources(),
        "one_person": settings.ONE_PERSON_SITE,
    }
    return page(request, "therapies/site/about_freshness.html", context)


def reviews(day: date) -> list[Reviewed]:
    """One line a kind, as of the day the release was published."""
    return [_reviewed(kind.model, day) for slug, kind in KINDS.items() if slug not in NOT_REVIEWED]


def _reviewed(model: type[Model], day: date) -> Reviewed:
    found = model._default_manager.using(catalogue.ALIAS).aggregate(
        total=Count("pk"),
        overdue=Count("pk", filter=Q(review_due__lte=day)),
        soon=Count("pk", filter=Q(review_due__gt=day, review_due__lte=day + SOON)),
        current=Count("pk", filter=Q(review_due__gt=day + SOON)),
    )
    return Reviewed(_name(model), found["total"], found["current"], found["soon"], found["overdue"])


def checks() -> list[Checked]:
    """Rows that name a source, and crisis lines."""
    kinds: list[tuple[QuerySet[Any], str]] = [
        (catalogue.recommendations(), "seen"),
        (catalogue.condition_statements(), "seen"),
        (catalogue.outcomes(), "seen"),
        (catalogue.crisis_lines(), "checked"),
    ]
    return [Checked(_name(rows.model), rows.count(), rows.filter(**{done: True}).count()) for rows, done in kinds]


def sources() -> dict[str, int]:
    """How many documents are in force, superseded, or not known to be either."""
    return dict(catalogue.sources().values_list("status").annotate(count=Count("pk")).order_by("status"))


def _name(model: type[Model]) -> str:
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]
