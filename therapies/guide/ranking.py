"""What the guide shows for a reader's answers: every therapy, with the wishes it meets and those it does not.

Answers narrow (by concern and age) and reorder. Nothing is scored and nothing is hidden: what the concern leaves out is
counted and one link away.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.http import QueryDict
from django.urls import reverse

from therapies.browse import bitsets
from therapies.browse.facets import FacetIndex, Option
from therapies.browse.index import index as facet_index
from therapies.domain.standing import Standing
from therapies.evidence import verdicts
from therapies.guide.questions import QUESTIONS, FacetOption, GuideQuestion, Wish
from therapies.models import Therapy
from therapies.models.vocabulary import AGES
from therapies.serving import catalogue, concerns
from therapies.serving.concerns import ConcernNames
from therapies.serving.query import NotUnderstood, OneOf, PageNumber, Paging, QueryForm, Switch

PER_PAGE = 24
HEADINGS = ("Meets every wish you named", "Meets all but one", "Meets all but two")
FEWER = "Meets fewer of them"


class Met(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class JudgedWish:
    wish: Wish
    met: Met

    @property
    def words(self) -> str:
        return {"yes": "Meets", "no": "Does not meet", "unknown": "Not known"}[self.met.value]


@dataclass(frozen=True, slots=True)
class GuidedTherapy:
    therapy: Therapy
    heading: str
    wishes: list[JudgedWish]
    standing: Standing | None


class GuideForm(QueryForm):
    """The answers, one field a question; `safe` says that nobody is in danger."""

    concern = ConcernNames()
    safe = OneOf({"yes"}, message="“{}” is no answer to whether somebody is in danger now.")
    age = OneOf(AGES, message="“{}” is no age group.")
    everything = Switch()
    page = PageNumber()

    def __init__(self, query: QueryDict) -> None:
        answers = {
            question.slug: OneOf(
                [wish.value for wish in question.answers], message=f"“{{}}” is no answer to “{question.text}”"
            )
            for question in QUESTIONS
        }
        super().__init__(query, answers)


@dataclass(slots=True)
class GuideQuery:
    """The answers, as far as they were understood."""

    wishes: dict[str, Wish]
    safe: bool = False
    concern: str = ""
    age: str = ""
    everything: bool = False
    messages: list[str] = field(default_factory=list)
    problems: list[NotUnderstood] = field(default_factory=list)
    page: int = 1

    def url(self, **changed: str) -> str:
        pairs = {"safe": "yes", "for": self.concern, "age": self.age}
        pairs |= {slug: wish.value for slug, wish in self.wishes.items()}
        pairs |= {"everything": "1" if self.everything else ""} | changed
        return reverse("guide", query={name: value for name, value in pairs.items() if value})

    @property
    def is_answered(self) -> bool:
        return bool(self.wishes or self.concern or self.age)

    @property
    def is_started(self) -> bool:
        """Whether the question about safety is behind the reader."""
        return self.safe or self.is_answered

    @property
    def narrowing(self) -> dict[str, list[str]]:
        """What narrows the list, by facet."""
        return {"condition": [self.concern] if self.concern else [], "age": [self.age] if self.age else []}


@dataclass(slots=True)
class Guided:
    """Everything the page shows. `therapies` stay empty until a question was answered."""

    asked: GuideQuery
    concerns: Sequence[Option]
    ages: dict[str, str]
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
    def show_everything(self) -> str:
        return self.asked.url(everything="1")

    @property
    def questions(self) -> list[tuple[GuideQuestion, str]]:
        """Each question with the value that was chosen."""
        chosen = {slug: wish.value for slug, wish in self.asked.wishes.items()}
        return [(question, chosen.get(question.slug, "")) for question in QUESTIONS]


def guided(query: QueryDict) -> Guided:
    index = facet_index()
    asked = read(query)
    status = 400 if asked.messages or asked.problems else 200
    page = Guided(asked, index.options["condition"], AGES, status=status)
    if not asked.is_answered:
        return page
    listed = index.listed(programs=False)
    matching = listed if asked.everything else index.matching(asked.narrowing)
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


def met(wish: Wish, index: FacetIndex) -> int:
    """The therapies of which it is known that they meet the wish."""
    wanted = _union(index, wish.any_of)
    return wanted if wish.any_of else known(wish, index) & ~_union(index, wish.none_of)


def known(wish: Wish, index: FacetIndex) -> int:
    """The therapies of which enough is known to say."""
    found = -1
    for facet in wish.facets:
        found &= _union(index, [(facet, option) for option in index.bits[facet] if option])
    return found


def _union(index: FacetIndex, choices: Iterable[FacetOption]) -> int:
    return bitsets.union(index.bits[facet].get(option, 0) for facet, option in choices)


def by_misses(found: int, wishes: Sequence[int]) -> list[int]:
    """The therapies by how many of the wishes they are not known to meet: none first."""
    levels = [found]
    for wish in wishes:
        kept = [level & wish for level in levels]
        fallen = [level & ~wish for level in levels]
        levels = [a | b for a, b in zip([*kept, 0], [0, *fallen], strict=True)]
    return levels


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
    return [
        GuidedTherapy(
            therapies[index.ids[row]],
            _heading(level, len(wishes)),
            [_judged(wish, row, index) for wish in wishes],
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


def _judged(wish: Wish, row: int, index: FacetIndex) -> JudgedWish:
    bit = 1 << row
    if met(wish, index) & bit:
        return JudgedWish(wish, Met.YES)
    return JudgedWish(wish, Met.NO if known(wish, index) & bit else Met.UNKNOWN)


# ── Reading the answers ──


def read(query: QueryDict) -> GuideQuery:
    """The answers of the address; what is not understood becomes a sentence and is left out."""
    form = GuideForm(query)
    concern = concerns.read(form.value("concern"))
    wishes = {question.slug: question.wish(form.value(question.slug)) for question in QUESTIONS}
    asked = GuideQuery(
        {slug: wish for slug, wish in wishes.items() if wish},
        bool(form.value("safe")),
        concern.slug,
        form.value("age"),
        form.value("everything"),
        [*form.messages(), *concern.messages],
        page=form.value("page"),
    )
    asked.problems = concern.problems(lambda slug: asked.url(**{"for": slug}))
    if not asked.is_started:  # no link leads past the question about safety
        asked.problems = [NotUnderstood(problem.label, problem.written) for problem in asked.problems]
    return asked
