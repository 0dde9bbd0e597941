"""The guide's questions as data: each answer is a wish, and a wish names facets. Decides nothing and ranks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

Choice = tuple[str, str]  # facet and option


@dataclass(frozen=True, slots=True)
class Answer:
    """A wish. It is met by having one of `any_of`, or by having none of `none_of`."""

    value: str
    label: str
    wish: str  # as it stands beside a therapy
    any_of: tuple[Choice, ...] = ()
    none_of: tuple[Choice, ...] = ()

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that must be known of a therapy to say whether it meets the wish."""
        return tuple(dict.fromkeys(facet for facet, _ in (*self.any_of, *self.none_of)))


@dataclass(frozen=True, slots=True)
class Question:
    slug: str
    text: str
    answers: tuple[Answer, ...]
    help: str = ""


def _any(facet: str, *options: str) -> tuple[Choice, ...]:
    return tuple((facet, option) for option in options)


# Techniques in which painful memories are gone over in detail.
IN_DETAIL = _any(
    "technique",
    "imaginal-exposure",
    "trauma-narrative",
    "written-exposure",
    "imagery-rescripting",
    "bilateral-stimulation",
)

QUESTIONS = (
    Question(
        "with",
        "Who would you like to take part?",
        (
            Answer("one", "Just me and a therapist", "one to one", _any("participants", "individual")),
            Answer(
                "group",
                "A group of people",
                "in a group",
                _any(
                    "participants",
                    "group",
                    "closed-group",
                    "slow-open-group",
                    "multi-family-group",
                    "class-or-course",
                    "combined-individual-and-group",
                ),
            ),
            Answer("couple", "Me and my partner", "as a couple", _any("participants", "couple")),
            Answer(
                "family",
                "My family, or I as a parent",
                "with family or parents",
                _any("participants", "family", "parent-or-carer-work", "multi-family-group"),
            ),
        ),
    ),
    Question(
        "time",
        "Would you rather look at the past or the present?",
        (
            Answer("present", "The present", "looks at the present", _any("focus", "present", "both")),
            Answer("past", "The past", "looks at the past", _any("focus", "past", "both")),
        ),
    ),
    Question(
        "detail",
        "How do you feel about going over painful memories in detail?",
        (
            Answer("no", "I would rather not", "without going over memories in detail", none_of=IN_DETAIL),
            Answer("yes", "I would like to", "goes over memories in detail", any_of=IN_DETAIL),
        ),
        "Judged by the techniques that we list for each therapy.",
    ),
    Question(
        "plan",
        "How planned should the meetings be?",
        (
            Answer("planned", "Planned, step by step", "planned", _any("structure", "high", "medium")),
            Answer("open", "Open, following what I bring", "open", _any("structure", "low", "medium")),
        ),
    ),
    Question(
        "tasks",
        "How do you feel about tasks between meetings?",
        (
            Answer("yes", "I would like tasks", "with tasks between meetings", _any("homework", "yes", "some")),
            Answer("few", "A few are fine", "with few tasks", _any("homework", "some", "no")),
            Answer("no", "I would rather have none", "without tasks", _any("homework", "no")),
        ),
    ),
    Question(
        "place",
        "How would you like to meet?",
        (
            Answer("in-person", "In person", "in person", _any("delivery", "in-person")),
            Answer("remote", "By video or phone", "by video or phone", _any("delivery", "video", "phone")),
            Answer(
                "program",
                "An online course or book, with or without a helper",
                "as an online course or book",
                _any("delivery", "online-guided", "self-guided", "text-or-chat", "blended"),
            ),
        ),
    ),
    Question(
        "length",
        "How long would you like it to last?",
        (
            Answer("brief", "Up to about 8 meetings", "up to 8 meetings", _any("length", "brief")),
            Answer("short", "A few months", "a few months", _any("length", "brief", "short")),
            Answer("long", "As long as it takes", "over many months", _any("length", "medium", "long")),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Misread:
    """A value that is none of the answers to its question."""

    question: Question
    written: str


def wishes(written: Mapping[str, str]) -> tuple[dict[str, Answer], list[Misread]]:
    """The wish for each answered question, by its slug, and what was not understood."""
    found: dict[str, Answer] = {}
    misread: list[Misread] = []
    for question in QUESTIONS:
        value = written.get(question.slug, "").strip()[:80]
        answer = next((answer for answer in question.answers if answer.value == value), None)
        if answer:
            found[question.slug] = answer
        elif value:
            misread.append(Misread(question, value))
    return found, misread
