"""The grammar of amounts: any number with any unit reads back right, whatever is around, and nothing is invented."""

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from therapies.letters.amounts import AmountKind
from therapies.letters.quantities import Quantity, read
from therapies.letters.quantity_shapes import NUMBER_WORDS

SCALES = ("PHQ-9", "GAD-7", "WSAS", "CORE-10", "ACE-III")
WORDS = {number: word for word, number in NUMBER_WORDS.items()}
numbers = st.integers(2, 99)
ways = st.sampled_from([str, WORDS.__getitem__])  # in figures, in words
# No x, which counts, no “wl” (a wait), and a pause on each side: what stands around is no part of the amount.
around = st.text("abcdefghijklmnopqrstuvwyz ", max_size=30).filter(lambda text: "wl" not in text.split())


def meanings(text: str) -> list[str]:
    return [quantity.meaning for quantity in read(text, SCALES)]


def only(text: str) -> Quantity:
    (quantity,) = read(text, SCALES)
    return quantity


@pytest.mark.parametrize(
    "shape",
    [
        "{} sessions",
        "{} weekly sessions",
        "{} group CBT sessions",
        "{}-session course",
        "{} x sessions",
        "sessions: {}",
        "number of sessions: {}",
        "sessions x {}",
        "{} appointments",
        "an initial {} sessions",
    ],
)
@given(number=numbers, way=ways, before=around, after=around)
def test_sessions_read_back(shape: str, number: int, way: Callable[[int], str], before: str, after: str) -> None:
    written = way(number)
    found = read(f"{before}; {shape.format(written)}; {after}", SCALES)
    assert [str(quantity.amount) for quantity in found if quantity.kind is AmountKind.SESSIONS] == [str(number)]


@pytest.mark.parametrize(
    "shape", ["{}-{} sessions", "{} to {} sessions", "{} or {} sessions", "between {} and {} sessions"]
)
@given(low=numbers, more=st.integers(1, 20), way=ways)
def test_ranges_read_back(shape: str, low: int, more: int, way: Callable[[int], str]) -> None:
    high = min(low + more, 99)
    if low < high:
        written = shape.format(way(low), way(high))
        assert meanings(written) == [f"{low} to {high} sessions"]


@pytest.mark.parametrize(
    "shape",
    [
        "{} x {} min",
        "{}x{}min",
        "{} × {} minute telephone appointments",
        "{} sessions of {} minutes",
        "{} weekly {}-minute sessions",
    ],
)
@given(number=numbers, minutes=numbers)
def test_sessions_with_a_length_keep_both(shape: str, number: int, minutes: int) -> None:
    found = meanings(shape.format(number, minutes))
    assert f"{number} sessions" in found
    assert f"{minutes} minutes each" in found
    assert number == minutes or f"{minutes} sessions" not in found


STATED = {
    "{} minutes": (AmountKind.LENGTH, "{} minutes"),
    "{} minute sessions": (AmountKind.LENGTH, "{} minutes each"),
    "{} weeks": (AmountKind.COURSE, "over {} weeks"),
    "x {} days": (AmountKind.COURSE, "over {} days"),
    "{}-month program": (AmountKind.COURSE, "over {} months"),
    "{}/52": (AmountKind.COURSE, "over {} weeks"),
    "wait {} weeks": (AmountKind.WAIT, "a wait of {} weeks"),
    "waiting list is about {} weeks": (AmountKind.WAIT, "a wait of about {} weeks"),
    "{}/52 wait": (AmountKind.WAIT, "a wait of {} weeks"),
    "{} month waiting list": (AmountKind.WAIT, "a wait of {} months"),
    "within {} weeks": (AmountKind.SPAN, "{} weeks"),
    "{} weeks pregnant": (AmountKind.SPAN, "{} weeks"),
    "{} hours per week": (AmountKind.RATE, "{} hours a week"),
    "{} days/week": (AmountKind.RATE, "{} days a week"),
    "{}x/week": (AmountKind.RATE, "{} times a week"),
    "{} sessions a month": (AmountKind.RATE, "{} sessions a month"),
    "{} missed appointments": (AmountKind.MISSED, "Missed or canceled"),
    "missed {} sessions": (AmountKind.MISSED, "Missed or canceled"),
    "DNA x{}": (AmountKind.MISSED, "Missed or canceled"),
    "PHQ-9 {}": (AmountKind.SCORE, "A score on a list of questions"),
    "GAD7: {}": (AmountKind.SCORE, "A score on a list of questions"),
    "WSAS score of {}": (AmountKind.SCORE, "A score on a list of questions"),
    "CORE-10 fell from {} to 0": (AmountKind.SCORE, "A score on a list of questions, from {} to 0"),
    "aged {}": (AmountKind.AGE, "An age"),
    "{} year old": (AmountKind.AGE, "An age"),
    "{}yo": (AmountKind.AGE, "An age"),
    "{} units": (AmountKind.BLOCKS, "{} units"),
    "group of {}": (AmountKind.PEOPLE, "{} people"),
    "${}": (AmountKind.MONEY, "Money, or a share of a sum"),
    "{}%": (AmountKind.MONEY, "Money, or a share of a sum"),
    "{}mg": (AmountKind.DOSE, "A dose of a medicine"),
    "session {} of 99": (AmountKind.PART, "Some of the sessions, 99 in all"),
    "{} of 99 sessions": (AmountKind.PART, "Some of the sessions"),
    "attended {} sessions": (AmountKind.PART, "Some of the sessions, {} in all"),
    "x {}": (AmountKind.TIMES, "{} times"),
}


@pytest.mark.parametrize("shape", STATED)
@given(number=numbers, before=around, after=around)
def test_every_other_amount_keeps_its_own_unit(shape: str, number: int, before: str, after: str) -> None:
    kind, meaning = STATED[shape]
    assume(not read(before, SCALES) and not read(after, SCALES))
    found = only(f"{before}; {shape.format(number)}; {after}")
    assert (found.kind, found.meaning) == (kind, meaning.format(number))


@pytest.mark.parametrize(
    ("said", "read_as"), [("every two weeks", "two"), ("every 2 weeks", "two"), ("every 12 weeks", "12")]
)
def test_every_so_many_weeks_is_a_rate(said: str, read_as: str) -> None:
    found = only(said)
    assert (found.kind, found.meaning) == (AmountKind.RATE, f"every {read_as} weeks")


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), day=st.integers(1, 31))
def test_dates_and_times_are_never_sessions(hour: int, minute: int, day: int) -> None:
    found = read(f"Your sessions are at {hour}:{minute:02} on {day} March, from {day}/03/2026 sessions")
    assert {quantity.kind for quantity in found} == {AmountKind.TIME, AmountKind.DATE}


pieces = st.sampled_from(
    [
        "sessions",
        "session",
        "x",
        "12",
        "8",
        "min",
        "minutes",
        "weeks",
        "wait",
        "of",
        "for",
        "to",
        "-",
        "/",
        ":",
        ".",
        ",",
        "CBT",
        "six",
        "twenty",
        "step",
        "PHQ-9",
        "DNA",
        "missed",
        "week",
        "£",
        "%",
        "at",
        "10:30",
        "F32.1",
        "90837",
        "up",
        "between",
        "and",
        "6/52",
        "1:1",
        "12-step",
        "March",
        "every",
        "per",
        "3x",
        "one",
        "each",
        "group",
        "aged",
        "old",
    ]
)


@given(st.lists(pieces, max_size=12), st.sampled_from(["", " "]))
def test_no_number_is_invented_and_none_is_read_twice(parts: list[str], between: str) -> None:
    text = between.join(parts)
    in_text = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)} | {6.0, 20.0, 1.0, 26.0}
    places: list[int] = []
    for quantity in read(text, SCALES):
        places += [place for start, end in quantity.spans for place in range(start, end)]
        if quantity.amount:
            assert {quantity.amount.low, quantity.amount.high} <= in_text
    assert len(places) == len(set(places))


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert all(quantity.meaning for quantity in read(text, SCALES))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("12 x 60 mins weekly", ["12 sessions", "60 minutes each", "every week"]),
        ("1 x 45 mins weekly", ["1 session every week", "45 minutes each"]),
        ("step 3 sessions", []),
        ("1:1 sessions", []),
        ("12-step meetings", []),
        ("PHP 5 days/week x 10 days", ["5 days a week", "over 10 days"]),
        ("at least 6 sessions", ["at least 6 sessions"]),
        ("12+ sessions", ["at least 12 sessions"]),
        ("no more than eight visits", ["up to 8 sessions"]),
        ("review in 3/12", ["3 months"]),
        ("starting 3/12", ["A date, or a number of months or days. Ask which"]),
        ("half an hour", ["half an hour"]),
        ("1.5 hour sessions", ["1.5 hours each"]),
        ("99999 sessions", []),
        ("F32.1, 8 sessions", ["8 sessions"]),
        ("8 (eight) sessions", ["8 sessions"]),
        ("8 x 2h", ["8 sessions", "2 hours each"]),
        ("2h x 14", ["2 hours each", "14 sessions"]),
        ("2.5 h", ["2.5 hours"]),
        ("8 x 90'", ["8 sessions", "90 minutes each"]),
        ("10 x 100", ["10 times", "A number without a unit. Ask what it counts"]),
        ("an hour and a half", ["an hour and a half"]),
        ("appt 08/07", ["A date"]),
        ("intake 8/14", ["A date"]),
        ("on 5/6 at 11.30", ["A date", "A time of day"]),
        ("1-3:30pm", ["A time of day", "150 minutes each"]),
        ("Thursdays at 11", ["every week", "A time of day"]),
        ("RTC 2/52", ["return to the clinic in 2 weeks"]),
        ("ID 834 5567 9912", ["A phone number, or the number of a record"]),
        ("23 High Street, W2 1NY", ["An address", "An address"]),
        ("50 mg x 2 daily for 4 weeks", ["A dose of a medicine"]),
        ("boosters at 1, 3, 6/12", ["Several points in time"]),
        ("up to 6 weeks wait", ["a wait of up to 6 weeks"]),
        ("54M, 28 F", ["An age", "An age"]),
        ("12 people meeting", ["12 people"]),
        ("4x wkly", ["4 times a week"]),
        ("min 16, with a nurse", ["at least 16"]),
        ("45 min 6 sessions", ["45 minutes", "6 sessions"]),
        ("17 on the PHQ-9 and 13 on the GAD-7", ["A score on a list of questions"] * 2),
        ("over a year", ["over a year"]),
        ("increase from 6 to 10 sessions", ["10 sessions in place of 6"]),
        ("sessions reduced from 20 to 10", ["10 sessions in place of 20"]),
        ("from 6 to 10 sessions", ["6 to 10 sessions"]),
        ("extended by 4 sessions", ["4 more sessions"]),
        ("a further 6 after the first 8", ["6 more sessions", "Some of the sessions"]),
        ("Sessions 1-4 assessment", ["Which ones, by their numbers"]),
        ("Min 6 max 12 sessions", ["6 to 12 sessions"]),
        ("at least 6, no more than 12 sessions", ["6 to 12 sessions"]),
        ("12 sessions maximum", ["up to 12 sessions"]),
        ("8 sessions or more", ["at least 8 sessions"]),
        ("reduced from 60 to 45 minutes", ["45 minutes in place of 60"]),
        ("maximum 12, minimum 4 sessions", ["4 to 12 sessions"]),
        ("18 months to 2 years", ["18 months to 2 years"]),
        ("12/12 sessions", ["Some of the sessions"]),
        ("every other Tuesday", ["every other Tuesday"]),
        ("no more than 16 in all", ["up to 16 in all"]),
        ("a block of 6", ["Perhaps 6 sessions: the letter does not say what it counts. Ask"]),
        ("PHQ-9", []),
        ("6 monthly review", ["every six months"]),
        ("6 monthly sessions", ["6 sessions", "every month"]),
        ("for half a year", ["for half a year"]),
        ("a couple of months", ["a couple of months"]),
        ("a dozen sessions", ["12 sessions"]),
    ],
)
def test_amounts_that_are_easily_misread(text: str, meaning: list[str]) -> None:
    assert meanings(text) == meaning
