"""What an amount in a letter is of, and how much: six to eight sessions, a wait of 6 weeks. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class AmountKind(StrEnum):
    SESSIONS = "sessions"
    PART = "some of the sessions"
    MORE = "sessions beside those that there were"
    FEWER = "sessions that are taken away"
    WHICH = "which sessions or weeks, by their numbers"
    VAGUE = "an amount without a number"
    MISSED = "sessions that somebody missed"
    TIMES = "times"  # “x 12”: of what, the words beside it say
    LENGTH = "length of a session"
    COURSE = "length of a treatment"
    WAIT = "wait"
    SPAN = "another stretch of time"
    RATE = "how often"
    BLOCKS = "blocks of a bill, parts of a program"
    PEOPLE = "people"
    DATE = "date"
    TIME = "time of day"
    SCORE = "score"
    AGE = "age"
    MONEY = "money"
    DOSE = "dose of a medicine"
    LONG = "long number"
    UNSET = "not yet decided"
    WITH = "who else comes"
    DONE = "sessions that are over"
    RETURN = "when to come back"
    POINTS = "several points in time"
    PLACE = "address"
    BARE = "number without a unit"
    PERHAPS = "number without a unit beside a treatment"
    UNSURE = "date or stretch of time"


FIXED = {  # what is said of the kinds whose number says nothing more than the letter itself
    AmountKind.PART: "Some of the sessions",
    AmountKind.WHICH: "Which ones, by their numbers",
    AmountKind.MISSED: "Missed or canceled",
    AmountKind.DATE: "A date",
    AmountKind.TIME: "A time of day",
    AmountKind.SCORE: "A score on a list of questions",
    AmountKind.AGE: "An age",
    AmountKind.UNSET: "Not yet decided",
    AmountKind.WITH: "Who else comes",
    AmountKind.MONEY: "Money, or a share of a sum",
    AmountKind.DOSE: "A dose of a medicine",
    AmountKind.LONG: "A phone number, or the number of a record",
    AmountKind.POINTS: "Several points in time",
    AmountKind.PLACE: "An address",
    AmountKind.BARE: "A number without a unit. Ask what it counts",
    AmountKind.UNSURE: "A date, or a number of months or days. Ask which",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """From `low` to `high`, which are the same for a single number. `bound` is such as “up to”."""

    low: float
    high: float
    bound: str = ""

    def __str__(self) -> str:
        many = f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        return f"{self.bound} {many}".strip()

    def of(self, unit: str) -> str:
        """Such as “6 to 8 sessions”."""
        one = self.low == self.high == 1
        return f"{self} {unit if one else PLURALS.get(unit, f'{unit}s')}".strip()


BEFORE = {
    AmountKind.COURSE: "over ",
    AmountKind.WAIT: "a wait of ",
    AmountKind.RETURN: "return to the clinic in ",
}
PLURALS = {
    "": "",
    "in all": "in all",
    "person": "people",
    "of each": "of each",
    "week of pregnancy": "weeks of pregnancy",
}
