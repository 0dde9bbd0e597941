"""The list of therapies as data: what was asked, what was found, chips, pages and the tray. No HTML but made cards."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from therapies.browse import cards, facets, filters, panel
from therapies.browse.facets import SORTS, FacetIndex, Option
from therapies.evidence import statements
from therapies.serving import catalogue, describe, resolve
from therapies.serving import query as paging

PER_PAGE = 24
MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Chip:
    name: str
    url: str


@dataclass(slots=True)
class Listing:
    """Everything the browse page shows."""

    title: str
    total: int = 0
    cards: SafeString = field(default_factory=SafeString)
    facets: SafeString = field(default_factory=SafeString)
    chips: list[Chip] = field(default_factory=list)
    problems: list[filters.NotUnderstood] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    sorts: list[tuple[str, str, bool]] = field(default_factory=list)
    programs: bool = False
    number: int = 1
    pages: int = 1
    previous: str = ""
    next: str = ""
    tray: list[Chip] = field(default_factory=list)
    hidden_choices: list[str] = field(default_factory=list)
    compare_url: str = ""
    status: int = 200
    nothing_left: bool = False


def listing(query: QueryDict, release: catalogue.InstalledRelease) -> Listing:
    """The list that this query asks for; `status` is 400 or 404 where part of it was not understood."""
    index = facets.index_of(release.number, release.digest)
    asked = filters.read(query, release)
    number, said = paging.read(query.get("page", ""))
    pages = paging.pages(index.matching(asked.choices, programs=asked.programs).bit_count(), PER_PAGE)
    status = 400 if asked.problems or said else 200
    if number > pages:
        number, said, status = pages, paging.no_such_page(number, pages), 404
    result = index.browse(
        asked.choices, sort=asked.sort, programs=asked.programs, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
    )
    chosen, unknown = _chosen(query)
    address = Address(query, asked, chosen)
    shown = Listing(
        title=_title(asked, index),
        facets=panel.render(release, asked.choices, result.counts),
        chips=address.chips(index),
        problems=[*asked.problems, *unknown],
        messages=[said] if said else [],
        sorts=[(slug, name, slug == asked.sort) for slug, name in SORTS.items()],
        programs=asked.programs,
        nothing_left=asked.nothing_left,
        status=400 if unknown and status == 200 else status,
    )
    if asked.nothing_left:
        return shown
    shown.total, shown.number, shown.pages = result.total, number, pages
    standing = _standing_lines(result.ids, asked, index)
    shown.cards = cards.render(release.number, result.ids, chosen=[c.slug for c in chosen], standing=standing)
    shown.previous = address.at_page(number - 1) if number > 1 else ""
    shown.next = address.at_page(number + 1) if number < pages else ""
    on_page = {card.slug for card in cards.cards(release.number, result.ids)}
    shown.hidden_choices = [option.slug for option in chosen if option.slug not in on_page]
    shown.tray = [Chip(option.name, address.without_choice(option.slug)) for option in chosen]
    shown.compare_url = address.compare() if len(chosen) > 1 else ""
    return shown


@dataclass(frozen=True, slots=True)
class Address:
    """Addresses of this list with one thing changed."""

    query: QueryDict
    asked: filters.Request
    chosen: Sequence[Option]

    def _pairs(self, *, leave: tuple[str, str] = ("", "")) -> list[tuple[str, str]]:
        pairs = [(facet, slug) for facet in facets.FACETS for slug in self.asked.choices[facet]]
        if self.asked.programs:
            pairs.append(("programs", "1"))
        if self.query.get("sort") in SORTS:
            pairs.append(("sort", self.asked.sort))
        pairs += [("t", option.slug) for option in self.chosen]
        return [pair for pair in pairs if pair != leave]

    def chips(self, index: FacetIndex) -> list[Chip]:
        named = {facet: {option.slug: option.name for option in index.options[facet]} for facet in self._used()}
        pairs = [(facet, slug) for facet in self._used() for slug in self.asked.choices[facet]]
        return [Chip(named[facet][slug], url(self._pairs(leave=(facet, slug)))) for facet, slug in pairs]

    def _used(self) -> list[str]:
        return [facet for facet in facets.FACETS if self.asked.choices[facet]]

    def at_page(self, number: int) -> str:
        return url([*self._pairs(), *([("page", str(number))] if number > 1 else [])])

    def without_choice(self, slug: str) -> str:
        return url(self._pairs(leave=("t", slug)))

    def compare(self) -> str:
        pairs = [("t", option.slug) for option in self.chosen]
        pairs += [("for", slug) for slug in self.asked.choices["condition"][:1]]
        return reverse("compare", query=pairs)


def url(pairs: Sequence[tuple[str, str]]) -> str:
    return reverse("therapies", query=pairs)


def _chosen(query: QueryDict) -> tuple[list[Option], list[filters.NotUnderstood]]:
    """The therapies ticked for comparison, and what was not understood of them."""
    written = [value for value in query.getlist("t") if value.strip()]
    if not written:
        return [], []
    found = resolve.resolve("therapies", written)
    slugs = list(dict.fromkeys(name.slug for name in found if name.slug))
    known = dict(catalogue.therapies().filter(slug__in=slugs).values_list("slug", "name"))
    label = "Therapies to compare"
    unknown = [filters.NotUnderstood(label, n.written[:80], n.slugs, bool(n.slugs)) for n in found if not n.slug]
    unknown += [filters.NotUnderstood(f"{label}: four at most", known[slug], []) for slug in slugs[MOST_COMPARED:]]
    return [Option(slug, known[slug]) for slug in slugs[:MOST_COMPARED]], unknown


def _title(asked: filters.Request, index: FacetIndex) -> str:
    chosen = asked.choices["condition"]
    if not chosen:
        return "Therapies"
    named = [option.name for option in index.options["condition"] if option.slug in chosen]
    if len(named) != 1:
        return "Therapies for your choices"
    return f"Therapies for {describe.in_a_sentence(named[0].split(' (')[0])}"


def _standing_lines(ids: Sequence[int], asked: filters.Request, index: FacetIndex) -> dict[int, str]:
    """For each therapy, its standing for each chosen condition (three at most), in words and shape."""
    chosen = asked.choices["condition"][:3]
    if not chosen:
        return {}
    short = {option.slug: option.name.split(" (")[0] for option in index.options["condition"] if option.slug in chosen}
    given = statements.standings(ids, chosen, asked.choices["age"])
    lines: dict[int, list[str]] = {}
    for (therapy, condition), standing in sorted(given.items(), key=lambda item: item[1].rank):
        before = f"{short[condition]}:" if len(chosen) > 1 else ""
        lines.setdefault(therapy, []).append(cards.badge(standing, standing.count, before))
    return {therapy: "<br>".join(parts) for therapy, parts in lines.items()}
