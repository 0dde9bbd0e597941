"""The twenty questions that every therapy answers, in order: the ONE list. Pages, comparison, rules, search and the
curators' screen follow it; `checks.py` refuses a question that names what a therapy does not have.

To add a question: give the model a field, make the migration, and add the question here. If it has several texts, or if
it should look different from a plain text or its facts, add a fragment of its name to
templates/therapies/entries/answers/; an open one needs a place in templates/therapies/entries/therapy.html too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Who owes readers a text: therapies in the lists, specific programs, practices that are warned against.
LISTED, PROGRAM, WARNING = "listed", "program", "warning"
# How the page of a therapy shows a question: under “More questions”; beside its picture among the facts, with its text,
# if there is one, under “More questions”; or open in a section of its own.
FOLDED, FACT, OPEN = "folded", "fact", "open"


@dataclass(frozen=True, slots=True)
class AnswerText:
    """A text field of a therapy. `title` gives it a row of its own in a comparison, `searched` lets search read it."""

    field: str
    owed_by: tuple[str, ...] = (LISTED,)
    title: str = ""
    searched: bool = True

    @property
    def slug(self) -> str:
        return self.field.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what answers it: texts, facts, or links to other entries.

    `fields` are a therapy's other fields that belong to it, as the curators' screen shows them (a tuple shares a line);
    `facts` and `notes` name functions of serving/describe.py; `links` names a many-to-many field. `alike` is how a
    comparison names it in “they differ in …”, `brief` how it is asked where there is little room: on paper, beside a
    picture. `shown` is how the page of a therapy shows it.
    """

    slug: str
    text: str
    texts: tuple[AnswerText, ...] = ()
    fields: tuple[str | tuple[str, ...], ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    links: str = ""
    alike: str = ""
    brief: str = ""
    shown: str = FOLDED

    @property
    def is_owed(self) -> bool:
        """Whether somebody owes readers a text; what is not owed is known or it is not."""
        return any(text.owed_by for text in self.texts)

    @property
    def every_field(self) -> list[str]:
        """All fields of a therapy that belong to the question, one by one."""
        others = (name for part in self.fields for name in ([part] if isinstance(part, str) else part))
        return [*others, *(text.field for text in self.texts)]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions under one heading."""

    slug: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What stands by itself on a sheet or in a comparison: a question, or one of its two halves."""

    question: Question
    slug: str
    title: str
    text: AnswerText | None


# Search must not find a therapy by the words on who should take care with it, on cost, or on what else there is.
def _not_searched(field: str, *owed_by: str, title: str = "") -> AnswerText:
    return AnswerText(field, owed_by, title, searched=False)


GROUPS: Sequence[QuestionGroup] = (
    QuestionGroup(
        "what-it-is",
        "What it is",
        (
            Question("idea", "What is the idea?", (AnswerText("idea", (LISTED, PROGRAM, WARNING)),)),
            Question(
                "used-for",
                "What is it commonly used for?",
                fields=("commonly_used_for",),
                links="commonly_used_for",
            ),
            Question("ages", "Who is it for?", fields=("ages",), facts=("ages",), alike="who it is for", shown=FACT),
        ),
    ),
    QuestionGroup(
        "what-happens",
        "What happens",
        (
            Question(
                "session",
                "What happens in a meeting?",
                (AnswerText("session", (LISTED, PROGRAM)),),
                fields=("frames",),
                shown=OPEN,
            ),
            Question(
                "between-sessions",
                "What will I be asked to do between meetings?",
                (_not_searched("between_sessions", LISTED),),
                fields=("homework",),
                facts=("homework",),
                alike="tasks between meetings",
                brief="What will I do between meetings?",
                shown=FACT,
            ),
            Question(
                "length",
                "How many meetings, how long, how often?",
                fields=(
                    ("sessions_min", "sessions_max"),
                    "sessions_basis",
                    "length",
                    ("session_minutes", "frequency"),
                ),
                facts=("sessions_in_full",),
                notes=("sessions_basis",),
                alike="how long it takes",
                brief="How many meetings?",
                shown=OPEN,
            ),
            Question(
                "participants",
                "Who takes part?",
                fields=("participants",),
                facts=("participants",),
                alike="who takes part",
                shown=FACT,
            ),
            Question(
                "delivery",
                "Where can it happen?",
                fields=("delivery", "settings"),
                facts=("delivery",),
                notes=("places",),
                alike="where it can happen",
                shown=FACT,
            ),
            Question(
                "focus",
                "Does it look at the past or the present?",
                fields=("focus",),
                facts=("focus",),
                alike="past or present",
                shown=FACT,
            ),
            Question(
                "structure",
                "How structured is it, and who leads?",
                fields=("structure", "stance"),
                facts=("structure", "stance"),
                alike="how planned it is and who leads",
                shown=FACT,
            ),
            Question("techniques", "Which techniques does it use?", fields=("techniques",), links="techniques"),
        ),
    ),
    QuestionGroup(
        "evidence",
        "What is known about it",
        (
            Question("evidence", "What do guidelines and research say?", shown=OPEN),
            Question("outcomes", "How many people get better?", (_not_searched("outcomes"),), shown=OPEN),
        ),
    ),
    QuestionGroup(
        "good-and-hard",
        "Good points, hard points and care",
        (
            Question(
                "hard-parts",
                "What may be good, and what may be hard about it?",
                (
                    AnswerText("good_points", title="What may be good about it?"),
                    _not_searched("hard_parts", LISTED, title="What may be hard about it?"),
                ),
                shown=OPEN,
            ),
            Question(
                "care",
                "Who should take care with it?",
                (_not_searched("care", LISTED, WARNING),),
                fields=("cautions",),
            ),
            Question("not-helping", "What if it is not helping?", (_not_searched("not_helping", LISTED),)),
            Question(
                "with-medication",
                "Can it go with medication or other therapies?",
                (_not_searched("with_medication", LISTED),),
                brief="With medication or other therapies?",
            ),
        ),
    ),
    QuestionGroup(
        "choosing",
        "Choosing and getting it",
        (
            Question(
                "real-thing",
                "Who provides it, and how do I know it is the real thing?",
                (_not_searched("provided_by", LISTED), _not_searched("real_thing", LISTED)),
            ),
            Question(
                "nearest",
                "How is it unlike the nearest alternative?",
                (_not_searched("difference", LISTED, PROGRAM),),
                fields=("nearest", "nearest_fact"),
            ),
            Question(
                "cost-access", "What should I know about cost and access?", (_not_searched("cost_access", LISTED),)
            ),
        ),
    ),
)
# Texts beside the questions: the card, and what a practice that is warned against needs.
OTHER_TEXTS = (
    AnswerText("summary", (LISTED, PROGRAM, WARNING)),
    _not_searched("who_warns", WARNING),
    _not_searched("look_instead", WARNING),
)
QUESTIONS_TO_ASK = "real_thing"  # a list of questions to a provider, not a text


def questions() -> list[Question]:
    return [question for group in GROUPS for question in group.questions]


def numbered() -> Iterator[tuple[int, Question]]:
    """Each question with its number, from 1."""
    return enumerate(questions(), start=1)


def words_on_paper() -> dict[str, str]:
    """How a sheet asks each question, and heads each text that has a title of its own, by slug."""
    words = {question.slug: question.brief or question.text for question in questions()}
    return words | {text.slug: text.title for question in questions() for text in question.texts if text.title}


def question_rows(question: Question) -> list[QuestionRow]:
    """One row for each of its texts that has a title, else one."""
    halves = [text for text in question.texts if text.title]
    if halves:
        return [QuestionRow(question, text.slug, text.title, text) for text in halves]
    return [QuestionRow(question, question.slug, question.text, question.texts[0] if question.texts else None)]


def rows() -> dict[str, QuestionRow]:
    """The rows of all questions, by slug."""
    return {row.slug: row for question in questions() for row in question_rows(question)}


def texts_by_row() -> dict[str, AnswerText]:
    return {slug: row.text for slug, row in rows().items() if row.text}


def answer_texts() -> list[AnswerText]:
    """Every text of a therapy, the card's first, then in the order of its page."""
    card, *warnings = OTHER_TEXTS
    return [card, *(text for question in questions() for text in question.texts), *warnings]


def marked_fields() -> list[str]:
    """The fields of a therapy that are Markdown with citation marks."""
    return [text.field for text in answer_texts() if text.field not in ("summary", QUESTIONS_TO_ASK)]


def owed(by: str) -> list[str]:
    """The fields that such a therapy owes its readers."""
    return [text.field for text in answer_texts() if by in text.owed_by]


def searched_fields() -> list[str]:
    """The fields of a therapy's answers that search reads beside its names and summary."""
    return [text.field for text in answer_texts() if text.searched and text.field != "summary"]
