"""Bit-set index of one release: which therapies have which option of a facet. Counts at once; index.py builds it.

Therapies are in order of name; therapy number i is bit i (see bitsets.py). Every option of every facet is one set:
`|` joins options of a facet, `&` joins facets, `bit_count()` counts. Nothing here reads a request or makes a page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from therapies.browse.advice import Advice, Standings
from therapies.browse.bitsets import Bits, taken, union
from therapies.models.therapy import FOCUSES, HOMEWORK, LENGTHS, STRUCTURES
from therapies.models.vocabulary import AGES

Choices = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list. Its options are entries of a `kind`, or the fixed `labels` of a therapy's field.

    Therapies have their options in `of_field`, or are linked to them by `link`; index.py says it of the rest.
    """

    label: str
    kind: str = ""
    link: str = ""
    of_field: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = False


FACETS = {  # in the order of the page
    "condition": Facet("What would you like help with?", kind="conditions", is_open=True),
    "standing": Facet("What guidelines say", is_open=True),
    "checked": Facet("How far it is checked"),
    "body": Facet("Who says so"),
    "participants": Facet("Who takes part", kind="formats", link="participants", is_open=True),
    "delivery": Facet("How it is delivered", kind="formats", link="delivery"),
    "age": Facet("Age", of_field="ages", labels=AGES, is_open=True),
    "length": Facet("How long", of_field="length", labels=LENGTHS),
    "focus": Facet("Past or present", of_field="focus", labels=FOCUSES),
    "structure": Facet("How planned it is", of_field="structure", labels=STRUCTURES),
    "homework": Facet("Tasks between meetings", of_field="homework", labels=HOMEWORK),
    "technique": Facet("What you do", kind="techniques", link="techniques"),
    "family": Facet("Kind of therapy", kind="families"),
}
FACT_FACETS = {slug: facet for slug, facet in FACETS.items() if facet.of_field}
LINK_FACETS = {facet.link: slug for slug, facet in FACETS.items() if facet.link}
OF_PAIRS = ("standing", "checked", "body")  # what is said of a therapy for the chosen conditions and ages
SORTS = {"standing": "What guidelines say", "name": "Name, A to Z", "sessions": "Fewest meetings"}


@dataclass(frozen=True, slots=True)
class Option:
    slug: str
    name: str
    full_name: str = ""  # of a concern, its clinical name; of a therapy, the name behind its abbreviation

    @property
    def also(self) -> str:
        """Its full name, where that is another."""
        return "" if self.full_name == self.name else self.full_name


@dataclass(slots=True)
class FacetIndex:
    ids: list[int]
    advice: Advice
    options: dict[str, list[Option]] = field(default_factory=dict)
    bits: dict[str, dict[str, Bits]] = field(default_factory=dict)
    by_sessions: dict[int, Bits] = field(default_factory=dict)
    programs: Bits = 0
    discouraged: Bits = 0

    # ── Sets ──

    def listed(self, *, programs: bool) -> Bits:
        """What browsing may show: never a discouraged practice, specific programs only when asked for."""
        everything = (1 << len(self.ids)) - 1
        return everything & ~self.discouraged & (everything if programs else ~self.programs)

    def standings(self, choices: Choices) -> Standings:
        """The standings for the chosen conditions and ages; only checked ones, if that is chosen."""
        found = self.advice.standings(choices.get("condition", ()), choices.get("age", ()))
        return found.checked if choices.get("checked") else found

    def _sets(self, facet: str, slugs: Iterable[str], choices: Choices) -> Mapping[str, Bits]:
        """By option, the therapies that choosing it alone would leave, as far as the facet is concerned."""
        match facet:
            case "standing":
                return self.standings(choices).by_label
            case "checked":
                return dict.fromkeys(slugs, self.standings(choices).checked.every)
            case "body":
                conditions, ages = choices.get("condition", ()), choices.get("age", ())
                return {slug: self.advice.by_body(slug, conditions, ages) for slug in slugs}
        return self.bits[facet]

    def _option(self, facet: str, slug: str, choices: Choices) -> Bits:
        return self._sets(facet, [slug], choices).get(slug, 0)

    def _chosen(self, facet: str, choices: Choices) -> Bits:
        return union(self._option(facet, slug, choices) for slug in choices[facet])

    def _without(self, facet: str, choices: Choices, base: Bits) -> Bits:
        """The base narrowed by every facet but this one."""
        for other in FACETS:
            if other != facet and choices.get(other):
                base &= self._chosen(other, choices)
        return base

    # ── Questions ──
    # `every` asks for what would be found for each of the chosen conditions alone; otherwise for any of them.

    def matching(self, choices: Choices, *, programs: bool = False, every: bool = False) -> Bits:
        found = self.listed(programs=programs)
        for each in _alone(choices) if every else [choices]:
            found = self._without("", each, found)
        return found

    def counts(self, choices: Choices, *, programs: bool = False, every: bool = False) -> dict[str, dict[str, int]]:
        """For every option, how many therapies choosing it alone in its facet would show."""
        listed, counted = self.listed(programs=programs), dict[str, dict[str, int]]()
        for facet in FACETS:
            asked = _alone(choices) if every and facet != "condition" else [choices]
            sets = self._facet_sets(facet, asked[0], listed)
            for each in asked[1:]:
                more = self._facet_sets(facet, each, listed)
                sets = {slug: bits & more[slug] for slug, bits in sets.items()}
            counted[facet] = {slug: bits.bit_count() for slug, bits in sets.items()}
        return counted

    def _facet_sets(self, facet: str, choices: Choices, listed: Bits) -> dict[str, Bits]:
        slugs = [option.slug for option in self.options[facet]]
        if facet in ("condition", "age", "checked") and any(choices.get(name) for name in OF_PAIRS):
            # What is said is said for a condition and ages, so each option brings its own.
            return {slug: self._without("", {**choices, facet: [slug]}, listed) for slug in slugs}
        base, sets = self._without(facet, choices, listed), self._sets(facet, slugs, choices)
        return {slug: base & sets.get(slug, 0) for slug in slugs}

    def page(
        self,
        choices: Choices,
        *,
        sort: str = "name",
        programs: bool = False,
        every: bool = False,
        offset: int = 0,
        limit: int = 24,
    ) -> list[int]:
        """The row numbers of one page of the matching therapies; empty for an offset past the end."""
        matching = self.matching(choices, programs=programs, every=every)
        return [self.ids[row] for row in taken(_in_turn(matching, self._ranks(choices, sort, every)), offset, limit)]

    def _ranks(self, choices: Choices, sort: str, every: bool) -> Iterable[Bits]:
        """Sets of therapies, first those that a list shows first."""
        if sort == "name":
            return ()
        if sort == "sessions":
            return (self.by_sessions[count] for count in sorted(self.by_sessions))
        best = self.standings(choices).in_order.values()
        return self._by_least(choices, best) if every else best

    def _by_least(self, choices: Choices, best: Iterable[Bits]) -> Iterator[Bits]:
        """A therapy stands where the concern puts it for which the least is said; equal ones by the best of theirs."""
        standings = [self.standings(each).in_order for each in _alone(choices)]
        reached = [0] * len(standings)
        for order in sorted({order for of_one in standings for order in of_one}):
            reached = [bits | of_one.get(order, 0) for bits, of_one in zip(reached, standings, strict=True)]
            in_all = reached[0]
            for bits in reached[1:]:
                in_all &= bits
            yield from (in_all & rank for rank in best) if in_all else ()
        yield from best


def _alone(choices: Choices) -> list[Choices]:
    """The same choices for each of the conditions alone."""
    return [{**choices, "condition": [slug]} for slug in choices.get("condition", ())] or [choices]


def _in_turn(found: Bits, ranks: Iterable[Bits]) -> Iterator[Bits]:
    """What was found as sets, one after the other, each therapy in the first set that it is in; then the rest."""
    for rank in ranks:
        yield found & rank
        found &= ~rank
    yield found
