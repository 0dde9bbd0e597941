"""How severe a condition is, in the words of a query and of a document. Pure.

NICE calls depression “less severe” where it is subthreshold or mild, and “more severe” where it is moderate or severe.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = ("subthreshold", "mild", "moderate", "severe")
TWO_KINDS = {"less severe": LEVELS[:2], "more severe": LEVELS[2:]}
ORDER = (*LEVELS, "subthreshold to moderate", *TWO_KINDS, "mild to moderate", "moderate to severe")
ASKED = re.compile(
    r"\b(?:(?P<kind>less|more)[ -]severe|(?P<low>mild|moderate|severe)(?:ly)?"
    r"(?:(?: ?- ?| ?/ ?| to | or | and )(?P<high>moderate|severe)(?:ly)?)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Severity:
    """What was asked for: the words, such as “mild to moderate”, and the levels that they mean."""

    words: str

    @property
    def levels(self) -> frozenset[str]:
        return levels(self.words)

    def suits(self, severity: str) -> bool:
        """Whether a statement for this severity is about somebody whom the question is about; “” is for all."""
        return bool(self.levels & levels(severity))


def levels(words: str) -> frozenset[str]:
    """The levels that the words of a document mean; all of them, if it names none or in other words."""
    if words in TWO_KINDS:
        return frozenset(TWO_KINDS[words])
    low, _, high = words.partition(" to ")
    if low not in LEVELS or (high or low) not in LEVELS:
        return frozenset(LEVELS)
    return frozenset(LEVELS[LEVELS.index(low) : LEVELS.index(high or low) + 1])


def read(text: str) -> Severity | None:
    """The severity that a query names first; None if it names none."""
    found = ASKED.search(text)
    if not found:
        return None
    if found["kind"]:
        return Severity(f"{found['kind'].lower()} severe")
    low, high = found["low"].lower(), (found["high"] or "").lower()
    return Severity(f"{low} to {high}" if high and LEVELS.index(high) > LEVELS.index(low) else low)


def without(text: str) -> str:
    """A query without the words for how severe it is."""
    return " ".join(ASKED.sub(" ", text).split())


def listed(severities: Iterable[str]) -> str:
    """Several severities in words, the mildest first: “mild, moderate, severe”; empty if one of them is for all."""
    named = set(severities)
    if "" in named:
        return ""
    return ", ".join(sorted(named, key=lambda words: (ORDER.index(words) if words in ORDER else len(ORDER), words)))
