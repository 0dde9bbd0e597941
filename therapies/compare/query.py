"""The comparison that an address asks for: which therapies, for which concern, and what was not understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.safestring import SafeString

from therapies.compare import choices as offers
from therapies.compare import columns
from therapies.compare import table as comparison
from therapies.compare.charts import Pictured
from therapies.compare.choices import Address, Choices, Pair
from therapies.compare.columns import Column, Link
from therapies.compare.table import MOST, Concern
from therapies.evidence import verdicts
from therapies.serving import catalogue, resolve

VIEWS = {"question": "By question", "therapy": "By therapy"}


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """One value that was left out, and links to this comparison with each thing it might have meant."""

    label: str
    written: str
    meanings: list[Link] = field(default_factory=list)
    ambiguous: bool = False


@dataclass(slots=True)
class Asked:
    address: Address
    concern: Concern | None
    problems: list[NotUnderstood]
    messages: list[str]
    named: int  # how many therapies were written


@dataclass(slots=True)
class Removable:
    column: Column
    url: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A concern that at least two are rated for, and the address of this comparison for it."""

    row: comparison.SharedConcern
    url: str


@dataclass(slots=True)
class Comparison:
    """Everything the page shows. `table` is None where there are not two therapies to compare."""

    title: str
    address: Address
    concern: Concern | None
    problems: list[NotUnderstood]
    messages: list[str]
    status: int
    chosen: list[Removable]
    table: comparison.Table | None = None
    unlike: list[comparison.Unlike] = field(default_factory=list)
    shared: list["Shared"] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)
    choices: tuple[Choices, ...] = ()
    pairs: tuple[Pair, ...] = ()
    beside: list[Link] = field(default_factory=list)
    has_unchecked: bool = False

    in_general: tuple[Pictured, ...] = ()  # figures for any therapy
    untreated: SafeString = field(default_factory=SafeString)

    @property
    def by_question(self) -> str:
        return self.address.url(view="question")

    @property
    def by_therapy(self) -> str:
        return self.address.url(view="therapy")

    @property
    def handout(self) -> str:
        return self.address.url("comparison_handout", differ=False, view="question")

    @property
    def all_rows(self) -> str:
        return self.address.url(differ=False)

    @property
    def span(self) -> int:
        return len(self.chosen) + 1

    @property
    def room(self) -> bool:
        return len(self.chosen) < MOST

    @property
    def warned(self) -> list[Column]:
        return [removable.column for removable in self.chosen if removable.column.discouraged]


def compare(query: QueryDict, release: catalogue.InstalledRelease) -> Comparison:
    """What the page shows for this query; `status` is 400 where part of it was not understood."""
    every = offers.concerns(release.number, release.digest)
    asked = read(query, every)
    found = columns.columns(release.number, asked.address.slugs)
    shown = Comparison(
        title=_title([column.short for column in found]),
        address=asked.address,
        concern=asked.concern,
        problems=asked.problems,
        messages=asked.messages,
        status=400 if asked.problems or asked.messages else 200,
        chosen=[Removable(column, asked.address.without(column.slug)) for column in found],
        concerns=_rated_first(found, every),
        choices=offers.choices(release.number, release.digest),
    )
    if len(found) < 2:
        shown.pairs = offers.suggested(release.number, release.digest)
        shown.beside = _beside(found, asked.address)
        return shown
    shown.table = comparison.table(found, asked.concern, only_differing=asked.address.differ)
    shown.unlike = comparison.unlike(found)
    shown.shared = [
        Shared(row, asked.address.url(concern=row.concern.slug)) for row in comparison.shared_concerns(found, every)
    ]
    if asked.concern:
        shown.in_general, shown.untreated = offers.known_of(release.number, release.digest, asked.concern)
    shown.has_unchecked = any(not said.seen for said in _current(found, asked.concern))
    return shown


def _current(found: Sequence[Column], concern: Concern | None) -> list[verdicts.Said]:
    return [said for column in found for said in column.record.said.get(concern.pk, ())] if concern else []


def _title(short: Sequence[str]) -> str:
    if len(short) < 2:
        return "Compare therapies"
    return f"{', '.join(short[:-1])} and {short[-1]}, side by side"


def _rated_first(found: Sequence[Column], every: Sequence[Concern]) -> list[Concern]:
    """The concerns that any of them is rated or used for; all of them where no therapy is chosen yet."""
    known = {pk for column in found for pk in column.record.verdicts}
    return [concern for concern in every if concern.pk in known] if found else list(every)


def _beside(found: Sequence[Column], address: Address) -> list[Link]:
    """For one therapy alone: what it is most easily confused with."""
    near = [column.nearest for column in found if column.nearest]
    return [Link(other.name, address.with_also(other.slug)) for other in near]


# ── Reading the query ──


def read(query: QueryDict, every: Sequence[Concern]) -> Asked:
    """What is asked for, as far as it was understood; the rest is said in clear sentences."""
    messages: list[str] = []
    concern, unknown_concern = _concern(query, every)
    view = query.get("view", "")
    if view and view not in VIEWS:
        messages.append(f"“{view[:40]}” is no way to show a comparison. Here it is by question.")
    view = view if view in VIEWS else "question"
    written = [value.strip()[:80] for value in query.getlist("t") if value.strip()]
    found = resolve.resolve("therapies", written) if written else []
    slugs = list(dict.fromkeys(name.slug for name in found if name.slug))
    kept = Address(slugs[:MOST], concern.slug if concern else "", query.get("differ") == "1", view)
    titles = _titles([*slugs, *(slug for name in found for slug in name.slugs)]) if found else {}
    unclear = [name for name in found if not name.slug]
    problems = [_unclear(name, kept, titles, near=n < resolve.MOST_SUGGESTED_FOR) for n, name in enumerate(unclear)]
    messages += _twice([name.slug for name in found if name.slug], titles)
    messages += _too_many(slugs, titles)
    if len(slugs) == 1:
        messages.append(f"{titles[slugs[0]]} is one therapy alone. Add at least one more to compare it with.")
    problems += [_unclear_concern(unknown_concern, kept, every)] if unknown_concern else []
    return Asked(kept, concern, problems, messages, len(written))


def _titles(slugs: Sequence[str]) -> dict[str, str]:
    return dict(catalogue.therapies().filter(slug__in=slugs).values_list("slug", "name"))


def _twice(slugs: Sequence[str], titles: dict[str, str]) -> list[str]:
    again = dict.fromkeys(slug for place, slug in enumerate(slugs) if slug in slugs[:place])
    return [f"{titles[slug]} was chosen more than once. It is shown once." for slug in again]


def _too_many(slugs: Sequence[str], titles: dict[str, str]) -> list[str]:
    if len(slugs) <= MOST:
        return []
    left = [titles[slug] for slug in slugs[MOST:]]
    several = f"{', '.join(left[:-1])} and {left[-1]} were" if len(left) > 1 else f"{left[0]} was"
    return [f"Four therapies at most fit side by side. {several} left out. Remove one of the four to make room."]


def _unclear(name: resolve.Name, address: Address, titles: dict[str, str], *, near: bool) -> NotUnderstood:
    """`near` asks for the names that are spelled most like it, where it has no meaning at all."""
    slugs = name.slugs or (resolve.suggestions("therapies", name.written) if near else [])
    titles = titles if name.slugs else _titles(slugs)
    meanings = [Link(titles[slug], address.with_also(slug)) for slug in slugs if slug in titles]
    return NotUnderstood("a therapy to compare", name.written, meanings, ambiguous=bool(name.slugs))


def _concern(query: QueryDict, every: Sequence[Concern]) -> tuple[Concern | None, resolve.Name | None]:
    """`for`, or the first condition that the list of therapies sends."""
    written = next((v.strip()[:80] for name in ("for", "condition") for v in query.getlist(name) if v.strip()), "")
    by_slug = {concern.slug: concern for concern in every}
    if not written or written in by_slug:
        return by_slug.get(written), None
    name = resolve.resolve("conditions", [written])[0]
    return (by_slug[name.slug], None) if name.slug in by_slug else (None, name)


def _unclear_concern(name: resolve.Name, address: Address, every: Sequence[Concern]) -> NotUnderstood:
    by_slug = {concern.slug: concern for concern in every}
    slugs = name.slugs or resolve.suggestions("conditions", name.written)
    meanings = [Link(by_slug[slug].name, address.url(concern=slug)) for slug in slugs if slug in by_slug]
    return NotUnderstood("what you want help with", name.written, meanings, ambiguous=bool(name.slugs))
