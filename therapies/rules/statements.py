"""What a statement and its document must satisfy beyond their fields. A bundle in, problems out."""

import re
from collections.abc import Iterator
from typing import Any

from therapies.domain.bodies import body_key
from therapies.domain.own_words import remark_message
from therapies.models import ADVICE
from therapies.models.kinds import Row
from therapies.rules.problems import Problem

NOT_YEARS = "days|weeks|months|hours|sessions|meetings"
RANGE = re.compile(rf"(?<![\d.,%-])(\d{{1,2}}) ?(?:to|-|–) ?(\d{{1,2}})(?![\d.,%]*\d)(?! (?:{NOT_YEARS}))")
OPEN = re.compile(r"\b(?:and|or) (?:over|up|older|above|under|younger)\b|\d\+")  # such a note has more than its ranges
TEENAGERS = re.compile(r"(?:^|; )(?:adolescents?|teens?|teenagers?)\b", re.IGNORECASE)
CHILDREN = re.compile(
    r"\b(?:child\w*|kids?|girls|boys|pupils|school|parents|all ages|under 18|years? old)\b", re.IGNORECASE
)
TEENS_FROM, TEENS_TO = 12, 17
FROM_ALMOST, TO_ALMOST = 10, 15  # “10 to 17” is said of teenagers


def bodies_spelled_twice(bundle: dict[str, Any]) -> Iterator[Problem]:
    """One body under two short names: it would stand twice in every list of bodies."""
    first: dict[str, str] = {}
    for row in bundle["sources"]:
        name = row["body_short"] or row["body"]
        known = first.setdefault(body_key(name), name)
        if known != name:
            message = f"“{name}” is the body that is written “{known}” elsewhere. Write it in one way."
            yield Problem("sources", row["slug"], "body_short", message, rule="body")


def remarks_as_their_words(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Remarks of ours that readers would see as the words of a body."""
    for kind in ADVICE:
        for row in bundle[kind]:
            message = remark_message(row["strength_as_issued"])
            if message:
                yield Problem(kind, row["slug"], "strength_as_issued", message, rule="issued")


def ages_against_their_words(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Statements whose own age words, such as “ages 10 to 17”, are of other people than their ages say."""
    for kind in ADVICE:
        for row in bundle[kind]:
            wrong = _wrong_age(row)
            if wrong:
                message = f"“{row['population_note']}” is not about this age: {wrong}."
                yield Problem(kind, row["slug"], "ages", message, False, "ages")


def _wrong_age(row: Row) -> str:
    """An age that a row is filed under and that its note, if it names ages, does not speak of."""
    note, ages = row["population_note"], row["ages"]
    if "child" in ages and TEENAGERS.search(note) and not CHILDREN.search(note):
        return "child"
    ranges = [(int(low), int(high)) for low, high in RANGE.findall(note) if int(low) < int(high)]
    if not ranges or OPEN.search(note):
        return ""
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    if "child" in ages and (low >= TEENS_FROM or (low >= FROM_ALMOST and high >= TO_ALMOST)):
        return "child"
    return "adolescent" if "adolescent" in ages and (high < TEENS_FROM or low > TEENS_TO) else ""
