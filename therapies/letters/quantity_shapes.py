"""The shapes in which amounts are written, made of the words and patterns of grammar.txt. Reads no letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from therapies.letters.grammar import classes, either, listed, sections

WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
FLAGS = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to write an amount. Its number is in the group n; `unit` is meant where the letter leaves it out."""

    kind: str
    pattern: re.Pattern[str]
    unit: str
    needs_number: bool


@lru_cache(maxsize=2)  # the scales of this release, and of the one before
def shapes(scales: tuple[str, ...]) -> list[Shape]:
    parts = PARTS | {"scale": _either_scale(scales)}
    found = []
    for line in sections()["shapes"]:
        kind, pattern, *unit = line.split(" | ")
        for part, meant in parts.items():
            pattern = pattern.replace(f"<{part}>", meant)
        if kind != "SCORE" or scales:
            needs_number = r"\d" in pattern and kind != "VAGUE"
            found.append(Shape(kind, re.compile(pattern, FLAGS), unit[0] if unit else "", needs_number))
    return found


def _parts() -> dict[str, str]:
    """What the words in <…> stand for, those that hold others first."""
    units = {name: _one_of(name) for name in classes("units")}
    stretch, minute = _one_of("day", "week", "month", "year"), _one_of("minute", "hour")
    never = either([*listed("never in between"), *_words_of("minute", "hour", "day", "week", "month", "year")])
    digits = r"\d{1,3}(?:\.\d{1,2})?(?!\d|[.,:]\d|/\d|(?:st|nd|rd|th)\b)"
    in_figures, in_words = rf"(?<![\w.,:/£$€+#-]){digits}", rf"(?<!\w)(?:{either(NUMBER_WORDS)})\b"
    bound = rf"(?:(?:(?<!\d)(?<!\d )\b{either(_bounds())})\s+(?:a\s+)?)?"
    limit = rf"(?:(?<!\d)(?<!\d )\b{either([*classes('bounds')['up to'], *classes('bounds')['at least']])})\s+(?:a\s+)?"
    return {
        "amount in": rf"{bound}{_range(rf'(?:{digits}|{in_words})')}",
        "amount": rf"{bound}{_range(rf'(?:{in_figures}|{in_words})', rf'(?:{digits}|{in_words})')}",
        "bounded": rf"{limit}{_range(rf'(?:{digits}|{in_words})')}",
        "limit": rf"[\s,(]*(?:{either(_bounds())})\)?(?!\s*[\w(])",
        "changed": rf"\b(?:{'|'.join(listed('changed'))})\w*\s+",
        "weekdays": rf"{either(f'{day}days' for day in WEEKDAYS)}\b",
        "digits": rf"(?:{in_figures})",
        "words": rf"(?:(?!{never}\b)[a-z_][a-z_'’/&+-]*[\s-]+){{0,4}}?",
        "month": either(word for words in classes("months").values() for word in words),
        "counted": _one_of(*classes("units")),
        "one session": either(word for word in classes("units")["session"] if not word.endswith("s")),
        "sessions": either(word for word in classes("units")["session"] if word.endswith("s")),
        "missed": rf"{either(listed('missed'))}\b",
        "before a score": either(listed("before a score")),
        "rhythm": either(word for words in classes("rhythms").values() for word in words) + r"\b",
        "session": units["session"],
        "block": _one_of("unit", "module", "assessment"),
        "extra": _one_of("review", "booster"),
        "person": units["person"],
        "minute": minute,
        "stretch": stretch,
        "to": TO,
        "x": "(?:x|×|[*])",
    }


SHORT = 4  # letters of a name that counts as it is written alone
TO = "(?:-|–|—|to|or)"


def _range(first: str, second: str = "") -> str:
    """“6”, “6+”, “6-8”, “6 to 8”, “between 6 and 8”, “6 (six)”."""
    second = second or first
    first += rf"(?:\s*\(\s*(?:{either(NUMBER_WORDS)}|\d{{1,3}})\s*\))?"
    least, most = (rf"{either(classes('bounds')[bound])}\s*" for bound in ("at least", "up to"))
    between = r"\s*(?:[,/–-]|and|but|to)?\s*"
    both = rf"(?<!\w)(?:{least}{second}{between}{most}{second}|{most}{second}{between}{least}{second})"
    return rf"(?:{both}|between\s+{second}\s+and\s+{second}|{first}(?:\+|\s*{TO}\s*{second})?)"


def _words_of(*units: str) -> list[str]:
    return [word for unit in units for word in classes("units")[unit]]


def _one_of(*units: str) -> str:
    """Any word for these units. A single letter, and ’ for minutes, is one right after its number alone."""
    words = _words_of(*units)
    ways = [either(word for word in words if len(word) > 1) + r"\b"]
    letters = "".join(word for word in words if len(word) == 1)
    ways += [rf"(?<=\d)[{letters}]\b"] if letters else []
    ways += [r"(?<=\d\s)h\b"] if "h" in letters else []
    ways += [r"(?<=\d)['’′](?![\w'’])"] if "minute" in units else []
    return f"(?:{'|'.join(ways)})"


def _bounds() -> list[str]:
    return [word for words in classes("bounds").values() for word in words]


def _number_words() -> dict[str, int]:
    """Every number below a hundred as it is written: “twelve”, “twenty-four”, “twenty four”."""
    small = {word: int(number) for line in sections()["numbers"] for word, number in [line.split(" = ")]}
    tens = {word: number for word, number in small.items() if number >= 20}
    ones = {word: number for word, number in small.items() if 0 < number < 10}
    return small | {
        f"{ten}{between}{one}": tens[ten] + ones[one] for ten in tens for one in ones for between in ("-", " ")
    }


NAMES_WITH_NUMBERS = re.compile(rf"(?<![\w:.]){either(listed('names with numbers'))}(?![\w:])", FLAGS)


def _either_scale(scales: Sequence[str]) -> str:
    """The names of scales, with or without the hyphen: PHQ-9, PHQ9 and PHQ 9."""
    pieces = (re.findall(r"[^\W\d]+|\d+", scale) for scale in sorted(scales, key=len, reverse=True))
    whole = [r"[\s-]?".join(words) for words in pieces]
    whole = [f"(?-i:{name})" if len(name) <= SHORT else name for name in whole]  # “cape” and “des” are words
    return "(?:" + "|".join([*whole, *_without_number(scales)]) + ")"


def _without_number(scales: Sequence[str]) -> list[str]:
    """PHQ, of PHQ-9: in capitals only, so that CORE is no core."""
    stems: dict[str, set[str]] = {}
    for scale in scales:
        if stem := re.fullmatch(r"([A-Z]{3,})[\s-]?(\d+)", scale):
            stems.setdefault(stem[1], set()).add(stem[2])
    own = {stem: "|".join(sorted(numbers)) for stem, numbers in stems.items()}
    return [rf"(?-i:{stem})(?!-?(?:{own[stem]})\b)" for stem in sorted(stems)]  # “PHQ-9” alone is no score of nine


NUMBER_WORDS = _number_words()
PARTS = _parts()
