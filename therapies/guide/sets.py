"""What the answers make of the therapies, as sets: which meet a wish, of which it is not known, how many are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.browse import bitsets
from therapies.browse.bitsets import Bits
from therapies.browse.facets import FacetIndex
from therapies.guide.questions import FacetOption, Wish
from therapies.serving.drawn_facts import Dot

WIDTH, TALLEST = 320, 80  # of the field of dots, in units of its picture
STEPS = (20, 16, 10, 8, 5)  # from dot to dot: as wide as the field stays low with


@dataclass(frozen=True, slots=True)
class DotField:
    """How many therapies the concern and age leave, and how many of them meet every wish, or may meet them."""

    total: int
    meets: int
    maybe: int

    @property
    def step(self) -> int:
        return next((step for step in STEPS if self._rows(step) * step <= TALLEST), STEPS[-1])

    @property
    def dot(self) -> int:
        """The width of a dot."""
        return self.step * 4 // 5

    @property
    def height(self) -> int:
        return self._rows(self.step) * self.step

    def _rows(self, step: int) -> int:
        return -(-self.total // (WIDTH // step))

    @property
    def dots(self) -> list[Dot]:
        """Filled ones first, then dashed, then hollow ones."""
        step, across = self.step, WIDTH // self.step
        names = ["dot-on"] * self.meets + ["dot-maybe"] * self.maybe
        names += ["dot-off"] * (self.total - len(names))
        return [Dot(name, step * (place % across), step * (place // across)) for place, name in enumerate(names)]


def field_of(found: Bits, wishes: Iterable[Wish], index: FacetIndex) -> DotField:
    meets, may_meet = met_by(wishes, found, index)
    return DotField(found.bit_count(), meets.bit_count(), (may_meet & ~meets).bit_count())


def met_by(wishes: Iterable[Wish], found: Bits, index: FacetIndex) -> tuple[Bits, Bits]:
    """Of the therapies found, those that are known to meet every wish, and those that are not known to miss one."""
    meets = may_meet = found
    for wish in wishes:
        meets &= met(wish, index)
        may_meet &= met(wish, index) | ~known(wish, index)
    return meets, may_meet


def met(wish: Wish, index: FacetIndex) -> Bits:
    """The therapies of which it is known that they meet the wish."""
    wanted = _union(index, wish.any_of)
    return wanted if wish.any_of else known(wish, index) & ~_union(index, wish.none_of)


def known(wish: Wish, index: FacetIndex) -> Bits:
    """The therapies of which enough is known to say."""
    found = -1
    for facet in wish.facets:
        found &= known_of(facet, index)
    return found


def known_of(facet: str, index: FacetIndex) -> Bits:
    """The therapies that have an option of the facet."""
    return _union(index, [(facet, option) for option in index.bits[facet] if option])


def _union(index: FacetIndex, choices: Iterable[FacetOption]) -> Bits:
    return bitsets.union(index.bits[facet].get(option, 0) for facet, option in choices)


def by_misses(found: Bits, wishes: Sequence[Bits]) -> list[Bits]:
    """The therapies by how many of the wishes they are not known to meet: none first."""
    levels = [found]
    for wish in wishes:
        kept = [level & wish for level in levels]
        fallen = [level & ~wish for level in levels]
        levels = [a | b for a, b in zip([*kept, 0], [0, *fallen], strict=True)]
    return levels
