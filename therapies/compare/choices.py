"""What can be compared: addresses of comparisons, and what a release offers to choose from. Made once a release."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from therapies.compare import columns
from therapies.models import Condition, Outcome, Therapy
from therapies.models.therapy import Status
from therapies.serving import catalogue, concerns, markdown
from therapies.serving.once import once_a_release

SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class CompareAddress:
    """Addresses of this comparison with one thing changed."""

    slugs: Sequence[str] = ()
    concern: str = ""
    age: str = ""
    matters: Sequence[str] = ()
    differ: bool = False
    view: str = "question"

    def url(self, route: str = "compare", **changed: Any) -> str:
        now: dict[str, Any] = {known.name: getattr(self, known.name) for known in fields(self)} | changed
        pairs = [("t", slug) for slug in now["slugs"]]
        pairs += [("for", now["concern"])] if now["concern"] else []
        pairs += [("age", now["age"])] if now["age"] else []
        pairs += [("matters", slug) for slug in now["matters"]]
        pairs += [("differ", "1")] if now["differ"] else []
        pairs += [("view", now["view"])] if now["view"] != "question" else []
        return reverse(route, query=pairs)

    def without(self, slug: str) -> str:
        return self.url(slugs=[other for other in self.slugs if other != slug])

    def with_also(self, slug: str) -> str:
        return self.url(slugs=list(dict.fromkeys([*self.slugs, slug])))


@dataclass(frozen=True, slots=True)
class FamilyChoices:
    """Therapies of one family, for a list to choose from."""

    family: str
    therapies: tuple[tuple[str, str], ...]  # name and slug


@dataclass(frozen=True, slots=True)
class SuggestedPair:
    first: Therapy
    second: Therapy
    url: str


@once_a_release()
def by_family() -> tuple[FamilyChoices, ...]:
    names: dict[str, list[tuple[str, str]]] = {}
    columns_of = ("family__name", "name", "abbreviation", "slug")
    for family, name, short, slug in catalogue.therapies().order_by(*columns_of[:2]).values_list(*columns_of):
        names.setdefault(family, []).append((f"{name} ({short})" if short else name, slug))
    return tuple(FamilyChoices(family, tuple(rows)) for family, rows in names.items())


@once_a_release()
def suggested() -> tuple[SuggestedPair, ...]:
    """Pairs of which each is the other's nearest alternative, those used for most concerns first."""
    approaches = catalogue.therapies().filter(status=Status.APPROACH, nearest__status=Status.APPROACH)
    rows = approaches.select_related("nearest").prefetch_related("commonly_used_for")
    by_pk = {therapy.pk: therapy for therapy in rows}
    both = [(therapy, by_pk.get(therapy.nearest_id or 0)) for therapy in by_pk.values()]
    mutual = [(first, second) for first, second in both if second and second.nearest_id == first.pk]
    reach = {first.pk: len(first.commonly_used_for.all()) for first, _ in mutual}
    pairs = [
        (first, second) for first, second in mutual if (-reach[first.pk], first.pk) < (-reach[second.pk], second.pk)
    ]
    pairs.sort(key=lambda pair: -reach[pair[0].pk] - reach[pair[1].pk])
    return tuple(
        SuggestedPair(first, second, CompareAddress((first.slug, second.slug)).url())
        for first, second in pairs[:SUGGESTED]
    )


@once_a_release()
def concerns_by_name() -> tuple[Condition, ...]:
    """Every concern, in the order of the names that people use."""
    return tuple(sorted(concerns.every().values(), key=lambda concern: concern.everyday_name.casefold()))


@once_a_release(most=400)
def known_of(concern: Condition) -> tuple[tuple[Outcome, ...], SafeString]:
    """About a concern, whatever the therapy: how many get better, and what happens without treatment."""
    pictures = tuple(columns.outcomes_of_any(concern.pk))
    return pictures, markdown.html(concern.untreated, markdown.cited([concern.untreated]))
