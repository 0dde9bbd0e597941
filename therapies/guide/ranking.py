"""What the guide shows for a reader's answers: every therapy, with the wishes it meets and those it does not.

Answers narrow (by concern and age) and reorder. Nothing is scored and nothing is hidden: what the concern leaves out is
counted and one link away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from therapies.browse import bitsets
from therapies.browse.facets import FacetIndex
from therapies.browse.index import index as facet_index
from therapies.domain.standing import Standing
from therapies.evidence import verdicts
from therapies.guide.answers import GuideQuery
from therapies.guide.asking import Given, given
from therapies.guide.questions import ASKED, Wish
from therapies.guide.sets import DotField, by_misses, field_of, known, met
from therapies.models import Therapy
from therapies.serving import catalogue
from therapies.serving.query import Paging

PER_PAGE = 12
HEADINGS = ("Meets every wish you named", "Meets all but one", "Meets all but two")
FEWER = "Meets fewer of them"


class Met(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class JudgedWishes:
    """Wishes of which the same is to be said."""

    met: Met
    wishes: list[Wish]

    @property
    def words(self) -> str:
        return {"yes": "Meets", "no": "Does not meet", "unknown": "Not known"}[self.met.value]

    @property
    def named(self) -> str:
        return ", ".join(wish.words for wish in self.wishes)


@dataclass(frozen=True, slots=True)
class GuidedTherapy:
    therapy: Therapy
    heading: str
    wishes: list[JudgedWishes]
    standing: Standing | None


@dataclass(slots=True)
class Guided:
    """Everything the list shows."""

    asked: GuideQuery
    left: DotField
    given: Given
    therapies: list[GuidedTherapy] = field(default_factory=list)
    left_out: int = 0
    paging: Paging = field(default_factory=lambda: Paging(1, 0, PER_PAGE))
    status: int = 200

    @property
    def previous(self) -> str:
        return self.asked.url(page=str(self.paging.number - 1)) if self.paging.has_previous else ""

    @property
    def next(self) -> str:
        return self.asked.url(page=str(self.paging.number + 1)) if self.paging.has_next else ""

    @property
    def questions_url(self) -> str:
        """The last question."""
        return self.asked.url(everything="", step=ASKED[-1].slug)

    @property
    def show_everything(self) -> str:
        return self.asked.url(everything="1")


def guided(asked: GuideQuery) -> Guided:
    index = facet_index()
    listed = index.listed(programs=False)
    matching = listed if asked.everything else index.matching(asked.narrowing)
    page = Guided(asked, field_of(matching, asked.wishes.values(), index), given(asked))
    page.left_out = (listed & ~matching).bit_count()
    page.paging = Paging(asked.page, matching.bit_count(), PER_PAGE)
    if page.paging.message:
        asked.messages.append(page.paging.message)
        page.status = 404
    wishes = list(asked.wishes.values())
    levels = by_misses(matching, [met(wish, index) for wish in wishes])
    sets = (bits for level in levels for bits in _by_standing(level, asked.narrowing, index))
    rows = bitsets.taken(sets, page.paging.offset, PER_PAGE)
    page.therapies = _therapies([(_misses(row, levels), row) for row in rows], wishes, asked, index)
    return page


# ── Sets of therapies ──


def _by_standing(bits: int, narrowed: dict[str, list[str]], index: FacetIndex) -> Iterator[int]:
    """Within one level, in the order of the standing for the concern; without a concern, by name."""
    for rank in index.standings(narrowed).in_order.values() if narrowed["condition"] else ():
        yield bits & rank
        bits &= ~rank
    yield bits


def _misses(row: int, levels: Sequence[int]) -> int:
    return next(misses for misses, level in enumerate(levels) if level >> row & 1)


# ── From sets to what is shown ──


def _therapies(
    rows: Sequence[tuple[int, int]], wishes: Sequence[Wish], asked: GuideQuery, index: FacetIndex
) -> list[GuidedTherapy]:
    ids = [index.ids[row] for _, row in rows]
    therapies = {therapy.pk: therapy for therapy in catalogue.therapies().filter(pk__in=ids).select_related("family")}
    standings = verdicts.standings(ids, asked.narrowing["condition"], asked.narrowing["age"])
    order = "By what guidelines say" if asked.concern else "By name"
    return [
        GuidedTherapy(
            therapies[index.ids[row]],
            _heading(level, len(wishes)) or order,
            _judged(wishes, row, index),
            standings.get((index.ids[row], asked.concern)),
        )
        for level, row in rows
    ]


def _heading(misses: int, wishes: int) -> str:
    if not wishes:
        return ""
    if misses == wishes:
        return "Not known to meet any of them" if wishes > 1 else "Not known to meet it"
    return HEADINGS[misses] if misses < len(HEADINGS) else FEWER


def _judged(wishes: Sequence[Wish], row: int, index: FacetIndex) -> list[JudgedWishes]:
    said = {kind: [wish for wish in wishes if _met(wish, row, index) is kind] for kind in Met}
    return [JudgedWishes(kind, found) for kind, found in said.items() if found]


def _met(wish: Wish, row: int, index: FacetIndex) -> Met:
    if met(wish, index) >> row & 1:
        return Met.YES
    return Met.NO if known(wish, index) >> row & 1 else Met.UNKNOWN
