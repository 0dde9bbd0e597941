"""One question on a page: its answers, each with the number of therapies it would leave, and the ways back and on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from therapies.browse.bitsets import Bits
from therapies.browse.facets import FacetIndex
from therapies.browse.index import index as facet_index
from therapies.entries import condition as conditions_of
from therapies.guide import sets
from therapies.guide.answers import LIST, GuideQuery
from therapies.guide.questions import AGE, ASKED, CONCERN, GuideQuestion
from therapies.guide.sets import DotField
from therapies.models import Condition
from therapies.models.vocabulary import AGE_WORDS, AGES
from therapies.serving import concerns
from therapies.serving.concerns import OFTEN_LOOKED_FOR
from therapies.serving.describe import in_a_sentence
from therapies.serving.once import once_a_release
from therapies.serving.query import Link

ABOVE = 6  # concerns that stand above the folded ones


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose, and how many therapies would meet it with every wish so far."""

    value: str
    label: str
    left: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    name: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered so far: chips that can be taken back, and questions that were not answered."""

    chips: Sequence[Link]
    open: Sequence[Link]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    asked: GuideQuery
    question: GuideQuestion
    choices: Sequence[Choice]
    groups: Sequence[ChoiceGroup]
    unknown: int
    left: DotField
    given: Given

    @property
    def number(self) -> int:
        return ASKED.index(self.question) + 1

    @property
    def bar(self) -> list[bool]:
        """A part for each question, and whether it was reached."""
        return [place < self.number for place in range(len(ASKED))]

    @property
    def skipped(self) -> int:
        return sum(question.slug not in self.asked.values for question in ASKED[: self.number - 1])

    @property
    def next(self) -> str:
        return ASKED[self.number].slug if self.number < len(ASKED) else LIST

    @property
    def hidden(self) -> dict[str, str]:
        """What the form carries along: the other answers, and the question that comes next."""
        others = {slug: value for slug, value in self.asked.values.items() if slug != self.question.slug}
        return {"safe": "yes"} | others | {"step": self.next}

    @property
    def back_url(self) -> str:
        """The question before; before the first, the one about safety, which has no answers."""
        return self._step(ASKED[self.number - 2].slug) if self.number > 1 else ""

    @property
    def skip_url(self) -> str:
        return self._step(self.next, **{self.question.slug: ""})

    def _step(self, step: str, **changed: str) -> str:
        return self.asked.url(everything="", step=step, **changed)

    @property
    def typed(self) -> str:
        """What was typed as a concern and not understood."""
        return self.asked.problems[0].written if self.asked.problems else ""

    @property
    def names(self) -> list[str]:
        """What the box goes on from: every concern by its everyday name and its clinical one."""
        every = concerns.every().values() if self.question is CONCERN else ()
        return list(dict.fromkeys(name for concern in every for name in (concern.everyday_name, concern.name)))


def question_page(asked: GuideQuery, question: GuideQuestion) -> QuestionPage:
    index = facet_index()
    choices, groups, unknown = _choices(asked, question, index)
    left = sets.field_of(index.matching(asked.narrowing), asked.wishes.values(), index)
    return QuestionPage(asked, question, choices, groups, unknown, left, given(asked))


# ── Answers to choose ──


def _choices(
    asked: GuideQuery, question: GuideQuestion, index: FacetIndex
) -> tuple[list[Choice], list[ChoiceGroup], int]:
    """The answers, those that are folded in groups, and of how many therapies there is no answer on file."""
    narrowing = {facet: [] if facet == _facet(question) else values for facet, values in asked.narrowing.items()}
    wishes = [wish for slug, wish in asked.wishes.items() if slug != question.slug]
    base, _ = sets.met_by(wishes, index.matching(narrowing), index)
    chosen = asked.values.get(question.slug, "")
    choice = partial(_choice, chosen=chosen, base=base)
    if question is CONCERN:
        leaves = index.bits["condition"]
        above = [slug for slug in dict.fromkeys([chosen, *_often()]) if slug in concerns.every()]
        groups = [
            ChoiceGroup(name, [choice(slug, label, leaves.get(slug, 0)) for slug, label in listed if slug not in above])
            for name, listed in _groups()
        ]
        return [choice(slug, _shown_names()[slug], leaves.get(slug, 0)) for slug in above], groups, 0
    if question is AGE:
        unknown = base & ~sets.known_of("age", index)
        ages = index.bits["age"]
        return [choice(age, name, ages.get(age, 0)) for age, name in AGES.items()], [], unknown.bit_count()
    unknown = base & ~sets.known(question.answers[0], index)
    answers = [choice(wish.value, wish.label, sets.met(wish, index)) for wish in question.answers]
    return answers, [], unknown.bit_count()


def _choice(value: str, label: str, leaves: Bits, *, chosen: str, base: Bits) -> Choice:
    return Choice(value, label, (base & leaves).bit_count(), is_chosen=value == chosen)


def _facet(question: GuideQuestion) -> str:
    return "condition" if question is CONCERN else question.slug


def _often() -> Iterable[str]:
    return list(OFTEN_LOOKED_FOR)[:ABOVE]


@once_a_release()
def _shown_names() -> dict[str, str]:
    """Concerns by the name of every day, with the short name behind it where that is what people say."""
    return {slug: _shown_name(concern) for slug, concern in concerns.every().items()}


def _shown_name(concern: Condition) -> str:
    plain = concern.everyday_name
    says_it_short = concern.name in concern.abbreviations and concern.name != plain
    return f"{plain} ({concern.name})" if says_it_short else plain


@once_a_release()
def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every concern by its slug and name, in groups that are looked for most first."""
    names = _shown_names()
    return [
        (group.plain_name or group.name, [(item.slug, names[item.slug]) for item in items])
        for group, items in conditions_of.groups(list(OFTEN_LOOKED_FOR))
    ]


# ── What was answered ──


def given(asked: GuideQuery) -> Given:
    """The answers as chips, each with the address without it, and the questions that have no answer."""
    words = {slug: wish.words for slug, wish in asked.wishes.items()}
    if asked.concern:
        words[CONCERN.slug] = in_a_sentence(_shown_names()[asked.concern])
    if asked.age:
        words[AGE.slug] = AGE_WORDS[asked.age]
    chips = [Link(words[q.slug], asked.url(**{q.slug: ""})) for q in ASKED if q.slug in words]
    unanswered = [Link(q.short, asked.url(everything="", step=q.slug)) for q in ASKED if q.slug not in words]
    return Given(chips, unanswered)
