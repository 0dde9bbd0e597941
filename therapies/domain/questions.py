"""The twenty questions every entry answers, in order: the one list that entry pages, comparison and checks share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `field` is the text field that answers it ("" where facts answer it alone)."""

    number: int
    slug: str
    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together, under one heading."""

    slug: str
    title: str
    questions: tuple[Question, ...]


GROUPS = (
    Group(
        "what-it-is",
        "What it is",
        (
            Question(1, "idea", "What is the idea?", "idea"),
            Question(2, "used-for", "What is it commonly used for?"),
            Question(3, "ages", "Who is it for?"),
        ),
    ),
    Group(
        "what-happens",
        "What happens",
        (
            Question(4, "session", "What happens in a session?", "session"),
            Question(5, "between-sessions", "What will I be asked to do between sessions?", "between_sessions"),
            Question(6, "length", "How many sessions, how long, how often?"),
            Question(7, "participants", "Who takes part?"),
            Question(8, "delivery", "Where can it happen?"),
            Question(9, "focus", "Does it look at the past or the present?"),
            Question(10, "structure", "How structured is it, and who leads?"),
            Question(11, "techniques", "Which techniques does it use?"),
        ),
    ),
    Group(
        "evidence",
        "What is known about it",
        (
            Question(12, "evidence", "What do guidelines and research say?"),
            Question(13, "outcomes", "How many people get better?", "outcomes"),
        ),
    ),
    Group(
        "good-and-hard",
        "Good points, hard points and care",
        (
            Question(14, "hard-parts", "What may be good, and what may be hard about it?", "hard_parts"),
            Question(15, "care", "Who should take care with it?", "care"),
            Question(16, "not-helping", "What if it is not helping?", "not_helping"),
            Question(17, "with-medication", "Can it go with medication or other therapies?", "with_medication"),
        ),
    ),
    Group(
        "choosing",
        "Choosing and getting it",
        (
            Question(18, "real-thing", "Who provides it, and how do I know it is the real thing?", "provided_by"),
            Question(19, "nearest", "How is it unlike the nearest alternative?", "difference"),
            Question(20, "cost-access", "What should I know about cost and access?", "cost_access"),
        ),
    ),
)
QUESTIONS = tuple(question for group in GROUPS for question in group.questions)
