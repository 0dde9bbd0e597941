"""Statements to one honest label for (therapy, condition, ages). Pure; the only place that knows the rule.

Bodies disagree, and merging their grades hides it: the label serves sorting and filtering, and a page always shows
each body's own words beside it. Which statements count is decided in `models/evidence.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """In the order in which a list shows them; each with the words for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Label":
        made = str.__new__(cls, value)
        made._value_, made.label = value, label
        return made

    RECOMMENDED = "recommended", "Recommended"
    OPTION = "option", "Listed as an option"
    DIFFER = "guidelines-differ", "Guidelines differ"
    RESEARCH = "research-only", "Research only"
    USED = "commonly-used", "Commonly used"
    AGAINST = "advised-against", "Advised against"


MEANINGS = {
    Label.RECOMMENDED: "At least one guideline recommends it and none advises against it.",
    Label.OPTION: "At least one guideline lists it as an option and none advises against it.",
    Label.DIFFER: "Some guidelines are for it and some against it.",
    Label.RESEARCH: "There are research findings. No guideline we found has come down for or against it.",
    Label.USED: "It is in use. No guideline or research rating was found.",
    Label.AGAINST: "At least one guideline or professional body advises against it and none is for it.",
}


class Spoken(NamedTuple):
    """What the rule reads of one statement that counts."""

    body: str
    source_kind: str
    stance: str
    ages: Sequence[str]


class Voice(StrEnum):
    """What a statement says, as far as the label is concerned."""

    FOR = "for"
    OPTION = "option"
    AGAINST = "against"
    RESEARCH = "research"


RESEARCH_KINDS = {"guideline", "rating-list", "systematic-review", "study"}
AGAINST_STANCES = {"not-usually", "do-not"}


def voice(stance: str, source_kind: str) -> Voice | None:
    """What a statement of this stance from this kind of source says; None if it does not bear on the label.

    A professional body's warning counts as advice against; its endorsement does not make a therapy "recommended".
    A guideline that looked and could not decide is research only.
    """
    if stance in AGAINST_STANCES and source_kind in {"guideline", "professional-statement"}:
        return Voice.AGAINST
    if source_kind == "guideline" and stance in {"recommended", "option"}:
        return Voice.FOR if stance == "recommended" else Voice.OPTION
    if stance in {"finding", "insufficient"} and source_kind in RESEARCH_KINDS:
        return Voice.RESEARCH
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """The label, and how many of the bodies that speak of the pair say so: `agree` of `bodies`."""

    label: Label
    agree: int = 0
    bodies: int = 0

    @property
    def slug(self) -> str:
        return self.label.value

    @property
    def name(self) -> str:
        return self.label.label

    @property
    def rank(self) -> int:
        return list(Label).index(self.label)

    @property
    def meaning(self) -> str:
        return MEANINGS[self.label]

    @property
    def count(self) -> str:
        """Such as “2 of 3 bodies”; empty where no body speaks."""
        if not self.bodies:
            return ""
        if self.label is Label.DIFFER:
            return f"{self.agree} of {self.bodies} bodies for it"
        return f"{self.agree} of {self.bodies} {'body' if self.bodies == 1 else 'bodies'}"


def heard_at(ages: Iterable[str]) -> set[str]:
    """The ages whose statements matter to readers of these ages: in guidelines “adults” means everyone from 18 up."""
    wanted = set(ages)
    return wanted | {"adult"} if "older" in wanted else wanted


SAYING = {
    Label.RECOMMENDED: {Voice.FOR},
    Label.OPTION: {Voice.OPTION},
    Label.DIFFER: {Voice.FOR, Voice.OPTION},
    Label.RESEARCH: {Voice.RESEARCH},
    Label.AGAINST: {Voice.AGAINST},
}


def derive(statements: Iterable[Spoken], *, used: bool, ages: Iterable[str] = ()) -> Standing | None:
    """The standing that the counting statements on one (therapy, condition) pair give.

    `ages` narrows to statements about at least one of them; empty means all. `used` tells whether the therapy is
    commonly used for the condition. None if nothing is known.
    """
    wanted = heard_at(ages)
    voices: list[tuple[str, Voice]] = []
    for statement in statements:
        says = voice(statement.stance, statement.source_kind)
        if says and (not wanted or wanted & set(statement.ages)):
            voices.append((statement.body, says))
    label = label_of({says for _, says in voices}, used=used)
    if label is None:
        return None
    heard = {Voice.RESEARCH} if label is Label.RESEARCH else set(Voice) - {Voice.RESEARCH}
    bodies = {body for body, says in voices if says in heard}
    agree = {body for body, says in voices if says in SAYING.get(label, set())}
    return Standing(label, len(agree), len(bodies))


def label_of(voices: set[Voice], *, used: bool) -> Label | None:
    """The table of the content policy, read from the top."""
    positive = voices & {Voice.FOR, Voice.OPTION}
    if Voice.AGAINST in voices:
        return Label.DIFFER if positive else Label.AGAINST
    if Voice.FOR in voices:
        return Label.RECOMMENDED
    if Voice.OPTION in voices:
        return Label.OPTION
    if Voice.RESEARCH in voices:
        return Label.RESEARCH
    return Label.USED if used else None
