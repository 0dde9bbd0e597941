"""The comparison as a picture: a line for each thing that people decide by, and on it a lane for each therapy. Pure.

What is not known is not drawn, and no picture stands without its words.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.safestring import SafeString

from therapies.compare.columns import Column
from therapies.domain import pooled_words
from therapies.domain.standing import Label, Mark, Standing
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Outcome, PooledEffect, Source, Therapy
from therapies.serving import describe, drawn_facts, markdown, pooled

# The questions that the picture draws, by their slugs, and how it asks them.
LENGTH, FOCUS, STRUCTURE, TASKS = "length", "focus", "structure", "between-sessions"
WHO, EVIDENCE, OUTCOMES, HARD = "participants", "evidence", "outcomes", "hard-parts"
ASKED = {
    LENGTH: "How many meetings and weeks?",
    FOCUS: "Past or present?",
    STRUCTURE: "How planned is it?",
    TASKS: "Tasks between meetings?",
    WHO: "Who is in the room?",
    EVIDENCE: "How many guidelines recommend it?",
    OUTCOMES: "How many people in 100 get better?",
    HARD: "What may be hard?",
}
TEXTS = IDEA, SESSION = "idea", "session"  # texts of other questions that two of the lines open to
NOT_KNOWN, OPEN_ENDED = "not known", "open-ended"
MOST_MEETINGS, MOST_WEEKS = 30, 52  # where the rails end; what goes on is said in words
MARGIN, REACH = 3, 94  # percent of a rail before its first place, and from there to its last
PLACES = {"low": 0.11, "middle": 0.5, "high": 0.89}
SPOTS = {  # the value in words, and where its dot stands
    "focus": {"past": ("past", "low"), "both": ("both", "middle"), "present": ("present", "high")},
    "structure": {"low": ("follows you", "low"), "medium": ("some plan", "middle"), "high": ("planned", "high")},
    "homework": {"no": ("none", "low"), "some": ("some", "middle"), "yes": ("most weeks", "high")},
}
ROOM = {"w-one": "1 to 1", "w-group": "group", "w-couple": "couple", "w-family": "family"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is drawn on a rail, in percent of it: a bar, or a dot where it starts and ends at one place."""

    start: str
    end: str
    is_open: bool = False

    @property
    def is_dot(self) -> bool:
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Seat:
    """Whether it is given in one kind of company: one to one, in a group, as a couple, with the family."""

    symbol: str
    words: str
    is_given: bool


@dataclass(frozen=True, slots=True)
class SaidInDocument:
    """What one document says, whatever the number of its statements that say so."""

    source: Source
    words: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One therapy on one line. `place` gives its color; `opened` is what the line opens to."""

    name: str
    place: int
    words: str = NOT_KNOWN
    drawn: Stretch | None = None
    seats: tuple[Seat, ...] = ()
    marks: tuple[Mark, ...] = ()
    verdict: Verdict | None = None
    figure: Outcome | None = None
    effect: PooledEffect | None = None
    opened: SafeString = field(default_factory=SafeString)
    said: str = ""  # what it opens to, in plain words

    @property
    def sayings(self) -> list[SaidInDocument]:
        rows = self.verdict.rows if self.verdict else []
        return list(dict.fromkeys(SaidInDocument(row.source, row.stance_words, row.is_checked) for row in rows))

    @property
    def key(self) -> Hashable:
        """What has to be equal for two to be the same; None if nothing is known."""
        return None if self.words == NOT_KNOWN else (self.words, self.drawn, self.marks)


@dataclass(frozen=True, slots=True)
class PictureLine:
    """`question` is the one of the twenty that it draws; a line without lanes says in `silent` why it has none."""

    slug: str
    question: str
    title: str
    kind: str  # rail, room, marks, people, words
    lanes: tuple[Lane, ...] = ()
    ends: tuple[str, str] = ("", "")
    note: str = ""
    silent: str = ""
    concern: Condition | None = None

    @property
    def same(self) -> bool:
        keys = {lane.key for lane in self.lanes}
        return self.kind not in ("words", "people") and len(keys) == 1 and None not in keys


def lines(columns: Sequence[Column], concern: Condition | None = None) -> list[PictureLine]:
    """The lines in their usual order. The columns say what is said at the age that is asked for."""
    return [
        _meetings(columns),
        _weeks(columns),
        _on_rail(columns, "focus", FOCUS, ("past", "present"), IDEA),
        _on_rail(columns, "structure", STRUCTURE, ("follows you", "planned"), SESSION),
        _on_rail(columns, "homework", TASKS, ("none", "most weeks"), TASKS),
        PictureLine("room", WHO, ASKED[WHO], "room", _lanes(columns, _room)),
        _guidelines(columns, concern),
        *_people(columns, concern),
        PictureLine("hard", HARD, ASKED[HARD], "words", _lanes(columns, _hard)),
    ]


def _lanes(columns: Sequence[Column], make: Callable[[Column, int], Lane]) -> tuple[Lane, ...]:
    return tuple(make(column, place) for place, column in enumerate(columns, start=1))


def _at(share: float) -> str:
    return f"{MARGIN + REACH * min(share, 1):.4g}%"


# ── Meetings and weeks ──


def _meetings(columns: Sequence[Column]) -> PictureLine:
    def lane(column: Column, place: int) -> Lane:
        therapy = column.therapy
        said = f"{_length(column)}. {describe.sessions_basis(therapy)}"
        return _long(column, place, column.sessions, MOST_MEETINGS, said)

    most = max((column.sessions[1] for column in columns if column.sessions), default=0)
    end = f"{MOST_MEETINGS} or more" if most > MOST_MEETINGS else f"{MOST_MEETINGS}"
    return PictureLine("meetings", LENGTH, "How many meetings?", "rail", _lanes(columns, lane), ("0", end))


def _weeks(columns: Sequence[Column]) -> PictureLine:
    def lane(column: Column, place: int) -> Lane:
        if column.sessions and column.sessions[1] == 1:
            return Lane(column.therapy.short_name, place, "one meeting", said="It is one meeting.")
        weeks = drawn_facts.weeks(column.therapy)
        said = f"{_count(weeks, 'week')}, if you meet {column.therapy.frequency}." if weeks else ""
        return _long(column, place, weeks, MOST_WEEKS, said)

    known = [drawn_facts.weeks(column.therapy) for column in columns]
    end = "a year or more" if any(weeks and weeks[1] > MOST_WEEKS for weeks in known) else "a year"
    note = "worked out" if any(known) else ""
    return PictureLine("weeks", LENGTH, "How many weeks?", "rail", _lanes(columns, lane), ("0", end), note)


def _long(column: Column, place: int, span: tuple[int, int] | None, most: int, said: str) -> Lane:
    name = column.therapy.short_name
    if describe.is_open_ended(column.therapy):
        goes_on = "It goes on for as long as you and the therapist agree."
        return Lane(name, place, OPEN_ENDED, Stretch(_at(0), _at(1), is_open=True), said=goes_on)
    if not span:
        return Lane(name, place, said=describe.NOT_KNOWN + ".")
    low, high = span
    words = f"{low}" if low == high else f"{low} to {high}"
    return Lane(name, place, words, Stretch(_at(low / most), _at(high / most)), said=said)


def _length(column: Column) -> str:
    rest = describe.length_and_frequency(column.therapy)
    return f"{_count(column.sessions, 'meeting')}{f', {rest}' if rest else ''}"


def _count(span: tuple[int, int] | None, unit: str) -> str:
    """Such as “6 to 20 meetings”."""
    if not span:
        return f"Number of {unit}s not known"
    low, high = span
    return f"{low if low == high else f'{low} to {high}'} {unit}{'' if high == 1 else 's'}"


# ── What is one of three ──


def _on_rail(columns: Sequence[Column], fact: str, question: str, ends: tuple[str, str], text: str) -> PictureLine:
    def lane(column: Column, place: int) -> Lane:
        words, spot = SPOTS[fact].get(getattr(column.therapy, fact), (NOT_KNOWN, ""))
        drawn = Stretch(_at(PLACES[spot]), _at(PLACES[spot])) if spot else None
        opened = column.answers[text].text
        said = f"{describe.described(column.therapy, [fact])[0]}."
        return Lane(column.therapy.short_name, place, words, drawn, opened=opened, said=said)

    return PictureLine(fact, question, ASKED[question], "rail", _lanes(columns, lane), ends)


# ── Who is in the room, and what may be hard ──


def _room(column: Column, place: int) -> Lane:
    formats = tuple(column.therapy.participants.all())
    drawn = {drawn_facts.WHO[one.slug] for one in formats if one.slug in drawn_facts.WHO}
    seats = tuple(Seat(symbol, words, symbol in drawn) for symbol, words in ROOM.items())
    words = describe.participants(column.therapy)
    said = f"{words}."
    if not drawn:
        return Lane(column.therapy.short_name, place, words if formats else NOT_KNOWN, said=said)
    return Lane(
        column.therapy.short_name, place, ", ".join(s.words for s in seats if s.is_given), seats=seats, said=said
    )


def _hard(column: Column, place: int) -> Lane:
    text = column.therapy.hard_parts
    words = markdown.first_sentence(text) if text else NOT_KNOWN
    opened = column.answers[HARD].text
    return Lane(column.therapy.short_name, place, words, opened=opened, said="" if opened else f"{describe.NOT_KNOWN}.")


# ── What guidelines say, and people out of 100 ──


def _guidelines(columns: Sequence[Column], concern: Condition | None) -> PictureLine:
    title = ASKED[EVIDENCE]
    if concern is None:
        return PictureLine("guidelines", EVIDENCE, title, "marks", silent="That depends on the concern.")
    pk = concern.pk
    lanes = _lanes(columns, lambda column, place: _marks(column.therapy, place, column.verdicts.get(pk)))
    return PictureLine("guidelines", EVIDENCE, title, "marks", lanes, concern=concern)


def _marks(therapy: Therapy, place: int, verdict: Verdict | None) -> Lane:
    """The therapy's own marks; those of its best form, if guidelines speak of a form alone."""
    shown = verdict
    if verdict and not verdict.marks:
        shown = next((form for form in verdict.forms if form.marks), verdict)
    marks = tuple(shown.marks) if shown else ()
    words = _how_many(marks, shown.standing if shown else None)
    if shown and shown is not verdict:
        words += f", as {shown.therapy.short_name}"
    if shown and shown.ages_alone:
        words += f" ({shown.ages_alone} alone)"
    return Lane(therapy.short_name, place, words, marks=marks, verdict=shown)


def _how_many(marks: Sequence[Mark], standing: Standing | None) -> str:
    """Such as “5 of 8, 2 to be checked”: how many of the guidelines that speak of it recommend it."""
    if not marks:
        return "none on file" if standing is None or standing.label is Label.USED else f"none; {_found(standing)}"
    count = f"{sum(mark.label is Label.RECOMMENDED for mark in marks)} of {len(marks)}"
    more = [_label(standing)] if standing and standing.label is not Label.RECOMMENDED else []
    unchecked = sum(not mark.is_checked for mark in marks)
    more += [f"{unchecked} to be checked" if unchecked < len(marks) else "to be checked"] if unchecked else []
    return ", ".join([count, *more])


def _found(standing: Standing) -> str:
    """Such as “research: helps, to be checked”."""
    return _label(standing) if standing.is_checked else f"{_label(standing)}, to be checked"


def _label(standing: Standing) -> str:
    return describe.in_a_sentence(standing.name)


def _people(columns: Sequence[Column], concern: Condition | None) -> list[PictureLine]:
    """People of 100 from pooled trials, all with one comparison, else every figure on file; and who has none."""
    if concern is None:
        return []
    age = next((column.age for column in columns if column.age), "")
    ids = [column.therapy.pk for column in columns]
    effects = pooled.side_by_side(pooled.of_condition(concern), ids, age)
    lanes = _pooled(columns, effects) if effects else _figures(columns, concern)
    names = [lane.name for lane in lanes]
    without = [column.therapy.short_name for column in columns if column.therapy.short_name not in names]
    said = [_between(list(effects.values()))] if len(effects) > 1 else []
    said += [f"Not known for {_either(without)}."] if without else []
    note = next((f"{row.measure}, {describe.age_names(row.ages).lower()}" for row in effects.values()), "")
    silent = " ".join(filter(None, said))
    return [PictureLine("people", OUTCOMES, "Of 100 people", "people", lanes, note=note, silent=silent)]


def _pooled(columns: Sequence[Column], effects: Mapping[int, PooledEffect]) -> tuple[Lane, ...]:
    return tuple(
        Lane(column.therapy.short_name, place, effects[column.therapy.pk].measure, effect=effects[column.therapy.pk])
        for place, column in enumerate(columns, start=1)
        if column.therapy.pk in effects
    )


def _figures(columns: Sequence[Column], concern: Condition) -> tuple[Lane, ...]:
    """A lane for each figure of a source, with the group it is held against."""
    return tuple(
        Lane(column.therapy.short_name, place, row.measure, figure=row)
        for place, column in enumerate(columns, start=1)
        for row in column.outcomes
        if row.condition_id == concern.pk
    )


def _between(effects: Sequence[PooledEffect]) -> str:
    """“No clear difference between …” for the therapies whose intervals overlap, two by two."""
    names = []
    for one, other in combinations(effects, 2):
        ends = [(row.treated_low, row.treated_high) for row in (one, other)]
        if pooled_words.between(*ends) and one.therapy and other.therapy:
            names.append(f"{one.therapy.short_name} and {other.therapy.short_name}")
    if len(effects) > 2 and len(names) == len(effects) * (len(effects) - 1) / 2:
        names = ["them"]
    return f"{pooled_words.NO_CLEAR_DIFFERENCE.capitalize()} between {'; '.join(names)}." if names else ""


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
