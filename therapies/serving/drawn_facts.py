"""What the facts of a therapy can draw: who is in the room, where, tasks, the course of meetings, its family. Pure.

A picture always stands beside its words, and what is not known is not drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from therapies.domain import questions
from therapies.domain.questions import Question
from therapies.models import Format, Therapy
from therapies.serving import describe

WHO = {
    "individual": "w-one",
    "couple": "w-couple",
    "family": "w-family",
    "multi-family-group": "w-family",
    "group": "w-group",
    "closed-group": "w-group",
    "slow-open-group": "w-group",
    "class-or-course": "w-group",
}
WHERE = {
    "in-person": "i-room",
    "video": "i-video",
    "phone": "i-phone",
    "text-or-chat": "i-text",
    "online-guided": "i-online",
    "self-guided": "i-book",
}
TASKS = {"yes": "i-task", "some": "i-task-some", "no": "i-task-none"}
FOCUS = {"past": "t-past", "both": "t-both", "present": "t-present"}
PLAN = {"high": "o-high", "medium": "o-medium", "low": "o-low"}
PICTURES = {"participants": WHO, "delivery": WHERE, "homework": TASKS, "focus": FOCUS, "structure": PLAN}  # by field
# Weeks from one meeting to the next, least and most; a frequency that is not here gives no weeks.
WEEKS = {
    "weekly": (1.0, 1.0),
    "weekly both": (1.0, 1.0),
    "weekly or every two weeks": (1.0, 2.0),
    "every two weeks": (2.0, 2.0),
    "once or twice a week": (0.5, 1.0),
    "weekly or twice weekly": (0.5, 1.0),
    "twice a week": (0.5, 0.5),
}
MOST_DOTS, ACROSS, STEP = 30, 20, 16
MOST_WEEKS = 12  # a course that takes longer at least is told in months
WEEKS_IN_A_MONTH = 52 / 12
BAR = 320  # width of the bar of a long course, in units of its picture


@dataclass(frozen=True, slots=True)
class Fact:
    """What answers a question in a few words, with its pictures. `links` are the formats that the first words name."""

    question: Question
    words: tuple[str, ...]
    notes: tuple[str, ...]
    pictures: tuple[str, ...]
    links: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class ShortFact:
    """One fact of a card, with its one picture."""

    name: str
    words: str
    picture: str


@dataclass(frozen=True, slots=True)
class Dot:
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Course:
    """The meetings from the first to the last: a dot each, or a bar if they are many. `weeks` is worked out."""

    words: str
    each: str  # how long one is, and how often
    weeks: str
    dots: tuple[Dot, ...] = ()
    sure: int = 0  # of a bar: up to the least number of meetings
    height: int = 0

    @property
    def legend(self) -> str:
        if not self.dots:
            return "The filled part is the least number."
        dashed = self.dots[-1].name == "dot-maybe"
        return "A dot is one meeting; dashed ones are not always needed." if dashed else "A dot is one meeting."


@dataclass(frozen=True, slots=True)
class FamilyStrip:
    """Where it comes from in three rows: parents, itself, what is best known of what grew out of it."""

    parents: tuple[Therapy, ...]
    known: tuple[Therapy, ...]
    more: int
    above: tuple[str, ...]
    below: tuple[str, ...]


def facts(therapy: Therapy) -> list[Fact]:
    """In the order of the questions. A fact that is not known stays: readers look for it."""
    return [_fact(therapy, question) for question in questions.questions() if question.shown == questions.FACT]


def in_short(therapy: Therapy) -> list[ShortFact]:
    """Three facts for a card, each with one picture; what is not known is left out."""
    who = next((WHO[one.slug] for one in therapy.participants.all() if one.slug in WHO), "")
    every = [
        ShortFact("How many meetings", describe.sessions(therapy), "i-cal" if course(therapy) else ""),
        ShortFact("Who takes part", describe.participants(therapy), who),
        ShortFact("Tasks at home", describe.homework(therapy), TASKS.get(therapy.homework, "")),
    ]
    return [fact for fact in every if fact.picture]


def _fact(therapy: Therapy, question: Question) -> Fact:
    words, notes = (tuple(describe.described(therapy, names)) for names in (question.facts, question.notes))
    drawn = [(PICTURES[name], getattr(therapy, name)) for name in question.every_field if name in PICTURES]
    links = [entry for _, value in drawn if not isinstance(value, str) for entry in value.all()]
    values = [entry.slug for entry in links] + [value for _, value in drawn if isinstance(value, str)]
    pictures = {names[value]: None for names, _ in drawn for value in values if value in names}
    return Fact(question, words, notes, tuple(pictures), tuple(links))


def course(therapy: Therapy) -> Course | None:
    """None where the numbers are not known or only illustrate."""
    low, high = therapy.sessions_min, therapy.sessions_max
    low, high = low or high, high or low
    if not low or not high or describe.is_open_ended(therapy):
        return None
    words, lasting = describe.sessions(therapy), _weeks(therapy)
    each = describe.length_and_frequency(therapy)
    if high > MOST_DOTS:
        return Course(words, each, lasting, sure=round(BAR * low / high), height=16)
    dots = tuple(
        Dot("dot-on" if number < low else "dot-maybe", STEP * (number % ACROSS), STEP * (number // ACROSS))
        for number in range(high)
    )
    return Course(words, each, lasting, dots, height=STEP * (1 + (high - 1) // ACROSS))


def weeks(therapy: Therapy) -> tuple[int, int] | None:
    """How long the meetings go on for, by their number and how often they are; None where that is not known."""
    low, high = therapy.sessions_min or therapy.sessions_max, therapy.sessions_max or therapy.sessions_min
    if not low or not high or high == 1 or therapy.frequency not in WEEKS or describe.is_open_ended(therapy):
        return None
    least, most = WEEKS[therapy.frequency]
    return max(round(low * least), 1), max(round(high * most), 1)


def _weeks(therapy: Therapy) -> str:
    """The same in words, such as “6 to 20 weeks”; a long course in months."""
    span = weeks(therapy)
    if not span:
        return ""
    least, most = span
    if least <= MOST_WEEKS:
        return _span(least, most, "week")
    return _span(least / WEEKS_IN_A_MONTH, most / WEEKS_IN_A_MONTH, "month")


def _span(least: float, most: float, unit: str) -> str:
    low, high = max(round(least), 1), max(round(most), 1)
    return f"{low} {unit}{'' if low == 1 else 's'}" if low == high else f"{low} to {high} {unit}s"


def family(therapy: Therapy, offspring: Sequence[Therapy], known_by: dict[int, int]) -> FamilyStrip | None:
    """The best known are those with most statements on file; `known_by` counts them by row number."""
    parents = tuple(therapy.parents.all())[:4]
    children = [child for child in offspring if not child.is_discouraged]
    if not parents and not children:
        return None
    best = sorted(children, key=lambda child: (-known_by.get(child.pk, 0), child.name))
    shown = best if len(best) <= 4 else best[:3]
    more = len(offspring) - len(shown)
    return FamilyStrip(parents, tuple(shown), more, _places(len(parents)), _places(len(shown) + bool(more)))


def _places(count: int) -> tuple[str, ...]:
    """Where the lines of a row of two columns meet it."""
    return () if not count else ("50%",) if count == 1 else ("25%", "75%")
