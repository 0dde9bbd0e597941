"""What can be compared: addresses of comparisons, and what a release offers to choose from. Made once a release."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from therapies.compare import columns
from therapies.compare.charts import Pictured, picture
from therapies.compare.columns import Link
from therapies.compare.table import Concern
from therapies.models import Therapy
from therapies.models.therapy import Status
from therapies.serving import catalogue, markdown

SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class Address:
    """Addresses of this comparison with one thing changed."""

    slugs: Sequence[str] = ()
    concern: str = ""
    differ: bool = False
    view: str = "question"

    def url(self, route: str = "compare", **changed: Any) -> str:
        now: dict[str, Any] = {"slugs": self.slugs, "concern": self.concern, "differ": self.differ, "view": self.view}
        now |= changed
        pairs = [("t", slug) for slug in now["slugs"]]
        pairs += [("for", now["concern"])] if now["concern"] else []
        pairs += [("differ", "1")] if now["differ"] else []
        pairs += [("view", now["view"])] if now["view"] != "question" else []
        return reverse(route, query=pairs)

    def without(self, slug: str) -> str:
        return self.url(slugs=[other for other in self.slugs if other != slug])

    def with_also(self, slug: str) -> str:
        return self.url(slugs=list(dict.fromkeys([*self.slugs, slug])))


@dataclass(frozen=True, slots=True)
class Choices:
    """Therapies of one family, for a list to choose from."""

    family: str
    therapies: tuple[tuple[str, str], ...]  # name and slug


@dataclass(frozen=True, slots=True)
class Pair:
    first: Link
    second: Link
    text: str
    url: str


@lru_cache(maxsize=2)
def concerns(number: int, digest: str) -> tuple[Concern, ...]:
    rows = catalogue.conditions().order_by("name")
    return tuple(Concern(c.pk, c.slug, c.name, c.plain_name, c.untreated) for c in rows)


@lru_cache(maxsize=2)
def choices(number: int, digest: str) -> tuple[Choices, ...]:
    by_family: dict[str, list[tuple[str, str]]] = {}
    rows = (
        catalogue.therapies()
        .order_by("family__name", "name")
        .values_list("family__name", "name", "abbreviation", "slug")
    )
    for family, name, short, slug in rows:
        by_family.setdefault(family, []).append((f"{name} ({short})" if short else name, slug))
    return tuple(Choices(family, tuple(links)) for family, links in by_family.items())


@lru_cache(maxsize=2)
def suggested(number: int, digest: str) -> tuple[Pair, ...]:
    """Pairs of which each is the other's nearest alternative, those used for most concerns first."""
    rows = (
        catalogue.therapies().filter(status=Status.APPROACH, nearest__status=Status.APPROACH).select_related("nearest")
    )
    found = {therapy.pk: therapy for therapy in rows.prefetch_related("commonly_used_for")}
    both = [(therapy, found.get(therapy.nearest_id or 0)) for therapy in found.values()]
    mutual = [(one, other) for one, other in both if other and other.nearest_id == one.pk]
    reach = {one.pk: len(one.commonly_used_for.all()) for one, _ in mutual}
    once = [(one, other) for one, other in mutual if (-reach[one.pk], one.pk) < (-reach[other.pk], other.pk)]
    once.sort(key=lambda pair: -reach[pair[0].pk] - reach[pair[1].pk])
    return tuple(_pair(one, other) for one, other in once[:SUGGESTED])


@lru_cache(maxsize=400)
def known_of(number: int, digest: str, concern: Concern) -> tuple[tuple[Pictured, ...], SafeString]:
    """Of a concern, whatever the therapy: how many get better, and what happens without treatment."""
    figures = tuple(picture(figure) for figure in columns.figures_of_any(concern.pk))
    return figures, markdown.html(concern.untreated, markdown.cited([concern.untreated]))


def _pair(therapy: Therapy, other: Therapy) -> Pair:
    return Pair(
        Link(therapy.name, therapy.get_absolute_url()),
        Link(other.name, other.get_absolute_url()),
        therapy.nearest_fact,
        Address((therapy.slug, other.slug)).url(),
    )
