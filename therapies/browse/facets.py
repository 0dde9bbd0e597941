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
    "homework": Facet("Tasks between sessions", of_field="homework", labels=HOMEWORK),
    "technique": Facet("What you do", kind="techniques", link="techniques"),
    "family": Facet("Kind of therapy", kind="families"),
}
FACT_FACETS = {slug: facet for slug, facet in FACETS.items() if facet.of_field}
LINK_FACETS = {facet.link: slug for slug, facet in FACETS.items() if facet.link}
OF_PAIRS = ("standing", "checked", "body")  # what is said of a therapy for the chosen conditions and ages
SORTS = {"standing": "What guidelines say", "name": "Name, A to Z", "sessions": "Fewest sessions"}


@dataclass(frozen=True, slots=True)
class Option:
    slug: str
    name: str


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

    def matching(self, choices: Choices, *, programs: bool = False) -> Bits:
        return self._without("", choices, self.listed(programs=programs))

    def counts(self, choices: Choices, *, programs: bool = False) -> dict[str, dict[str, int]]:
        """For every option, how many therapies choosing it alone in its facet would show."""
        return {facet: self._facet_counts(facet, choices, self.listed(programs=programs)) for facet in FACETS}

    def _facet_counts(self, facet: str, choices: Choices, listed: Bits) -> dict[str, int]:
        slugs = [option.slug for option in self.options[facet]]
        if facet in ("condition", "age", "checked") and any(choices.get(name) for name in OF_PAIRS):
            # What is said is said for a condition and ages, so each option brings its own.
            alone = ({**choices, facet: [slug]} for slug in slugs)
            return {slug: self._without("", each, listed).bit_count() for slug, each in zip(slugs, alone, strict=True)}
        base, sets = self._without(facet, choices, listed), self._sets(facet, slugs, choices)
        return {slug: (base & sets.get(slug, 0)).bit_count() for slug in slugs}

    def page(
        self, choices: Choices, *, sort: str = "name", programs: bool = False, offset: int = 0, limit: int = 24
    ) -> list[int]:
        """The row numbers of one page of the matching therapies; empty for an offset past the end."""
        matching = self.matching(choices, programs=programs)
        return [self.ids[row] for row in taken(self._order(matching, choices, sort), offset, limit)]

    def _order(self, found: Bits, choices: Choices, sort: str) -> Iterator[Bits]:
        """The matching therapies as sets, one after the other; within a set, by name."""
        if sort == "name":
            yield found
            return
        if sort == "sessions":
            ranks = (self.by_sessions[count] for count in sorted(self.by_sessions))
        else:
            ranks = (bits for bits in self.standings(choices).in_order.values())
        for rank in ranks:
            yield found & rank
            found &= ~rank
        yield found
