"""What one statement says, as far as a label is concerned. Pure."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Spoken(NamedTuple):
    """What the rule reads of one statement. `body` is one voice, whatever it wrote.

    What a document says that is not in force makes no label, but it is on file. `only_for` names the people whom it is
    about, if they are a part of those who have the concern, such as “women after violence by a partner”.
    """

    body: str
    source_kind: str
    year: int
    in_force: bool
    ages: Sequence[str]
    stance: str
    level: str = ""
    line: str = ""
    purpose: str = "treatment"
    basis: str = "read"
    only_for: str = ""


def year_of(written: str) -> int:
    """The last year that is written, such as 2024 of “2018, updated 2024”; 0 if none is."""
    return max(map(int, re.findall(r"\b(?:19|20)\d\d\b", written)), default=0)


class Voice(StrEnum):
    """What a statement says, as far as the label is concerned."""

    FOR = "for"
    OPTION = "option"
    SECOND = "second"
    AGAINST = "against"
    RESEARCH = "research"


PRAISE = (Voice.FOR, Voice.OPTION, Voice.SECOND)
OF_STANCE = {"recommended": Voice.FOR, "option": Voice.OPTION, "second-choice": Voice.SECOND}
AGAINST_STANCES = {"not-usually", "do-not"}
BEST_BASED = ("systematic-review", "guideline", "rating-list", "professional-statement", "study")


def voice(stance: str, source_kind: str) -> Voice | None:
    """What a statement of this stance from this kind of source says; None if it does not bear on the label.

    A professional body's warning counts as advice against; its endorsement does not make a therapy "recommended".
    A guideline that looked and could not decide is research.
    """
    if stance in AGAINST_STANCES and source_kind in {"guideline", "professional-statement"}:
        return Voice.AGAINST
    if source_kind == "guideline" and stance in OF_STANCE:
        return OF_STANCE[stance]
    if stance in {"finding", "insufficient"} and source_kind in BEST_BASED:
        return Voice.RESEARCH
    return None
