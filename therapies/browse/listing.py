"""The list of therapies as data: what was asked, what was found, chips, pages and the tray."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.safestring import SafeString

from therapies.browse import cards, filters, kinds, panel
from therapies.browse.facets import FACETS, SORTS, FacetIndex
from therapies.browse.filters import ListQuery
from therapies.browse.index import index as facet_index
from therapies.evidence import verdicts
from therapies.models.base import bare_name
from therapies.serving import describe
from therapies.serving.query import Link, NotUnderstood, Paging

PER_PAGE = 12
MOST_NAMED = 3  # concerns in a title
MOST_STANDINGS_SHOWN = 3  # concerns for which a card shows its standing


@dataclass(slots=True)
class Listing:
    """Everything the browse page shows."""

    title: str
    total: int = 0
    cards: SafeString = field(default_factory=SafeString)
    kinds: SafeString = field(default_factory=SafeString)  # instead of cards, where no list is asked for
    facets: SafeString = field(default_factory=SafeString)
    chips: list[Link] = field(default_factory=list)
    problems: list[NotUnderstood] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    sorts: list[tuple[str, str, bool]] = field(default_factory=list)
    programs: bool = False
    either: "AnyOrAll | None" = None
    everything: "Everything | None" = None  # where nothing narrows the list
    number: int = 1
    pages: int = 1
    previous: str = ""
    next: str = ""
    tray: list[Link] = field(default_factory=list)
    hidden_choices: list[str] = field(default_factory=list)
    is_unfolded: bool = False  # all options of a filter are asked for: then the filters are open
    status: int = 200
    nothing_left: bool = False


@dataclass(frozen=True, slots=True)
class AnyOrAll:
    """How many therapies there are for any of several concerns and for all of them, and the way to the other list."""

    any: int
    all: int
    is_all: bool
    url: str


@dataclass(frozen=True, slots=True)
class Everything:
    """What the catalogue holds; specific programs are shown when asked for, what is warned against never."""

    therapies: int
    programs: int
    warned: int

    @property
    def others(self) -> int:
        return self.programs + self.warned

    @property
    def entries(self) -> int:
        return self.therapies + self.others


def listing(query: QueryDict) -> Listing:
    """The list that this query asks for; `status` is 400 or 404 if part of it was not understood."""
    index = facet_index()
    asked = filters.read(query, index)
    matching = index.matching(asked.choices, programs=asked.programs, every=asked.every).bit_count()
    paging = Paging(asked.page, matching, PER_PAGE)
    counts = index.counts(asked.choices, programs=asked.programs, every=asked.every)
    shown = Listing(
        title=_title(asked, index),
        facets=panel.render(asked.choices, counts, asked.unfolded),
        chips=_chips(asked, index),
        problems=[*asked.problems, *asked.not_compared],
        messages=[*asked.messages, *([paging.message] if paging.message else [])],
        sorts=[(slug, name, slug == asked.sort) for slug, name in SORTS.items()],
        programs=asked.programs,
        nothing_left=asked.nothing_left,
        is_unfolded=bool(asked.unfolded),
        status=404 if paging.message else 400 if asked.problems or asked.not_compared or asked.messages else 200,
    )
    if not asked.is_narrowed:
        shown.everything = Everything(
            index.listed(programs=False).bit_count(), index.programs.bit_count(), index.discouraged.bit_count()
        )
    shown.tray = [Link(option.name, asked.url(without=("t", option.slug))) for option in asked.compared]
    if asked.is_blank:
        shown.total, shown.kinds = matching, kinds.render(asked.ticked)
        shown.hidden_choices = [option.slug for option in asked.compared]
    elif not asked.nothing_left:
        _fill(shown, asked, index, paging)
    return shown


def _fill(shown: Listing, asked: ListQuery, index: FacetIndex, paging: Paging) -> None:
    """The cards of the page, the ways to other pages, and the tray."""
    ids = index.page(
        asked.choices,
        sort=asked.sort,
        programs=asked.programs,
        every=asked.every,
        offset=paging.offset,
        limit=PER_PAGE,
    )
    compared = [option.slug for option in asked.compared]
    on_page = {card.slug for card in cards.cards(ids)}
    shown.total, shown.number, shown.pages = paging.total, paging.number, paging.pages
    shown.cards = cards.render(ids, chosen=compared, standing=_standing_lines(ids, asked, index))
    shown.previous = asked.page_url(paging.number - 1) if paging.has_previous else ""
    shown.next = asked.page_url(paging.number + 1) if paging.has_next else ""
    shown.hidden_choices = [slug for slug in compared if slug not in on_page]
    shown.either = _any_or_all(asked, index)


def _chips(asked: ListQuery, index: FacetIndex) -> list[Link]:
    chips = []
    for facet in FACETS:
        if asked.choices[facet]:
            names = {option.slug: option.name for option in index.options[facet]}
            chips += [Link(names[slug], asked.url(without=(facet, slug))) for slug in asked.choices[facet]]
    return chips


def _any_or_all(asked: ListQuery, index: FacetIndex) -> AnyOrAll | None:
    if len(asked.choices["condition"]) < 2:
        return None
    either, each = (
        index.matching(asked.choices, programs=asked.programs, every=every).bit_count() for every in (False, True)
    )
    return AnyOrAll(either, each, asked.every, asked.any_or_all_url)


def _title(asked: ListQuery, index: FacetIndex) -> str:
    chosen = asked.choices["condition"]
    if not chosen:
        return "Therapies"
    if len(chosen) > MOST_NAMED:
        return "Therapies for your choices"
    names = {option.slug: bare_name(option.name) for option in index.options["condition"] if option.slug in chosen}
    concerns = [describe.in_a_sentence(names[slug]) for slug in chosen]
    return f"Therapies for {(' and ' if asked.every else ' or ').join(concerns)}"


def _standing_lines(ids: Sequence[int], asked: ListQuery, index: FacetIndex) -> dict[int, str]:
    """For each therapy, its standing for the first chosen conditions, in words and shape."""
    chosen = asked.choices["condition"][:MOST_STANDINGS_SHOWN]
    if not chosen:
        return {}
    short = {option.slug: bare_name(option.name) for option in index.options["condition"] if option.slug in chosen}
    own, forms = verdicts.with_forms(ids, chosen, asked.choices["age"])
    shown = [(pair, standing, "") for pair, standing in own.items() if pair not in forms]
    shown += [(pair, standing, f"as {form.short_name}:") for pair, (form, standing) in forms.items()]
    lines: dict[int, list[str]] = {}
    for (therapy, condition), standing, form in sorted(
        shown, key=lambda item: (item[1].rank, chosen.index(item[0][1]))
    ):
        before = " ".join([f"{short[condition]}:" if len(chosen) > 1 else "", form]).strip()
        of_card = lines.setdefault(therapy, [])
        of_card.append(cards.badge(standing, standing.count, before, bool(of_card)))
    return {therapy: "".join(parts) for therapy, parts in lines.items()}
