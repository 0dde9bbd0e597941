"""A letter while it is read: its words with their places, and what has been read of them so far. Decides nothing."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from therapies.letters import sentences
from therapies.letters.quantities import CLAIMED, Quantity
from therapies.letters.terms import Explained

NO_PAUSE, AMOUNT, BRACKET, COMMA, SENTENCE = range(5)  # what parts a word from the one before it


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the letter. `pause` is what stands before it."""

    text: str
    start: int
    end: int
    pause: int


@dataclass(slots=True)
class Letter:
    """A letter while it is read; `rest` is what no code and no amount has claimed, at the same places."""

    text: str
    rest: str = ""
    billing: list[Explained] = field(default_factory=list)
    diagnoses: list[Explained] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    explained: list[Explained] = field(default_factory=list)
    unknown_words: list[Token] = field(default_factory=list)  # without a meaning; some of them explain themselves
    unknown: list[str] = field(default_factory=list)
    denied: list[tuple[int, int]] = field(default_factory=list)  # where it says what there is not
    unread: list[tuple[int, int]] = field(default_factory=list)  # where it says no to what we do not know
    taken_back: list[tuple[int, int]] = field(default_factory=list)  # what the letter says there is no danger of

    def __post_init__(self) -> None:
        self.rest = self.text

    def take(self, codes: Iterable[Explained]) -> list[Explained]:
        """Takes codes out of the letter, and those of them that have no meaning to what is unknown."""
        codes = list(codes)
        self.claim(*((code.start, code.end) for code in codes))
        self.unknown += [code.written for code in codes if not code.cards and not code.notes]
        return [code for code in codes if code.cards or code.notes]

    def claim(self, *spans: tuple[int, int]) -> None:
        for start, end in spans:
            self.rest = self.rest[:start] + CLAIMED * (end - start) + self.rest[end:]


WORD = re.compile(r"w/(?=\s|[A-Z]{2})|\d+(?:[.:]\d+)+|[\w’']+|[&+/:-]", re.IGNORECASE)
BRACKETS = re.compile(r"[()\[\]]")
PAUSE = re.compile(r"[,\"“”–—•*=|]|\s-\s")
JOINING = "&+/:-"  # stand between words of a name, and never at its ends


def tokens(text: str) -> Iterator[Token]:
    starts, end = sentences.starts(text), 0
    for match in WORD.finditer(text):
        between = text[end : match.start()]
        if not (match.group() == "-" and text[match.start() - 1 : match.end() + 1] == " - "):
            is_new = bisect_right(starts, match.start()) > bisect_right(starts, end - 1)
            yield Token(match.group(), match.start(), match.end(), SENTENCE if is_new else _pause(between))
            end = match.end()


def _pause(between: str) -> int:
    if PAUSE.search(f"{between} "):
        return COMMA
    if BRACKETS.search(between):
        return BRACKET
    return AMOUNT if CLAIMED in between else NO_PAUSE
