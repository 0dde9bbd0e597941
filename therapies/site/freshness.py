"""The public ledger of what was reviewed and checked, as of the day of the release (/about/freshness/)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from therapies.domain.ledger import CountedDocument, CountedStatement, Ledger, evidence_ledger
from therapies.evidence.verdicts import derived
from therapies.models import KINDS, Source
from therapies.models.kinds import ClinicalReview
from therapies.serving import catalogue
from therapies.serving.once import once_a_release
from therapies.serving.render import page

SOON = timedelta(days=90)


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
    """Rows of one kind, those of earlier editions too: how it is known what their source says."""

    kind: str
    read: int
    copy: int
    recalled: int

    @property
    def total(self) -> int:
        return self.read + self.copy + self.recalled


def ledger(request: HttpRequest) -> HttpResponse:
    day = date.fromisoformat(catalogue.release().published_on)
    context = {
        "reviews": reviews(day),
        "evidence": evidence(),
        "checks": checks(),
        "lines": crisis_lines(),
        "sources": sources(),
        "one_person": settings.ONE_PERSON_SITE,
    }
    return page(request, "therapies/site/about_freshness.html", context)


def reviews(day: date) -> list[Reviewed]:
    """One line a kind, as of the day the release was published."""
    return [_reviewed(kind.model, day) for kind in KINDS.values() if kind.review is not ClinicalReview.NONE]


def _reviewed(model: type[Model], day: date) -> Reviewed:
    found = model._default_manager.using(catalogue.ALIAS).aggregate(
        total=Count("pk"),
        overdue=Count("pk", filter=Q(review_due__lte=day)),
        soon=Count("pk", filter=Q(review_due__gt=day, review_due__lte=day + SOON)),
        current=Count("pk", filter=Q(review_due__gt=day + SOON)),
    )
    return Reviewed(_name(model), found["total"], found["current"], found["soon"], found["overdue"])


def checks() -> list[Checked]:
    """Rows that name a source."""
    kinds = (catalogue.recommendations(), catalogue.condition_statements(), catalogue.outcomes())
    return [_checked(rows) for rows in kinds]


def _checked(rows: QuerySet[Any]) -> Checked:
    counts = dict(rows.order_by().values_list("basis").annotate(count=Count("pk")))
    return Checked(_name(rows.model), *(counts.get(basis, 0) for basis in ("read", "copy", "recalled")))


def crisis_lines() -> dict[str, int]:
    return catalogue.crisis_lines().aggregate(total=Count("pk"), checked=Count("pk", filter=Q(checked=True)))


@once_a_release()
def evidence() -> Ledger:
    """How far the evidence is checked, by body and by condition; five queries."""
    rows = catalogue.recommendations()
    statements = [
        *rows.order_by().values_list("source__slug", "basis", "condition__slug", "therapy_id"),
        *catalogue.condition_statements().order_by().values_list("source__slug", "basis", "condition__slug"),
    ]
    in_force = catalogue.sources().filter(status__in=Source.IN_FORCE).select_related("rests_on")
    return evidence_ledger(
        (CountedStatement(*row) for row in statements),
        {source.slug: _document(source) for source in in_force},
        derived(rows.spoken()),
        dict(catalogue.conditions().values_list("slug", "name")),
    )


def _document(source: Source) -> CountedDocument:
    return CountedDocument(
        source.short_body,
        (source.rests_on or source).short_body,
        source.kind in Source.EDITIONS,
        source.gone_through_on is not None,
        source.is_unconfirmed,
    )


def sources() -> dict[str, int]:
    """How many documents are in force, superseded, or not known to be either."""
    return dict(catalogue.sources().values_list("status").annotate(count=Count("pk")).order_by("status"))


def _name(model: type[Model]) -> str:
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]
