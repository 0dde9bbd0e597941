"""Of what age somebody is, in the words of a query: “8 year old anxiety”, “teen”, “70 y/o”. Pure."""

import re
from dataclasses import dataclass

FROM = (("child", 0), ("teen", 12), ("adult", 18), ("older", 65))  # the least years of each age group
YEARS = re.compile(
    r"\b(?:aged? (?P<aged>\d{1,3})|(?P<years>\d{1,3})[ -]?(?:(?:years?|yrs?)(?:[ -]olds?)?|y/?o))\b",
    re.IGNORECASE,
)
NAMED = {
    "child": r"child(?:ren)?|kids?|toddlers?|preschoolers?|primary school",
    "teen": r"teen(?:s|agers?|age)?|adolescents?|adolescence|cyp",
    "adult": r"adults?",
    "older": r"older (?:adults?|people|person)|elderly|old age",
}
WORDS = re.compile("|".join(rf"\b(?P<{age}>{words})\b" for age, words in reversed(NAMED.items())), re.IGNORECASE)
OLDEST = 120


@dataclass(frozen=True, slots=True)
class AskedAge:
    """The age group that was asked for, and the words that said so."""

    age: str
    words: str


def read(text: str) -> AskedAge | None:
    """The age that a query names, in years before in words; None if it names none."""
    found = YEARS.search(text)
    years = int(found["aged"] or found["years"]) if found else OLDEST + 1
    if found and years <= OLDEST:
        return AskedAge([age for age, least in FROM if years >= least][-1], found.group())
    named = WORDS.search(text)
    return AskedAge(named.lastgroup or "", named.group()) if named else None


def without(text: str, asked: AskedAge) -> str:
    """A query without the words for the age."""
    return " ".join(text.replace(asked.words, " ").split())
