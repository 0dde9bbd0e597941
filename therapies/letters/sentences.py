"""Where the sentences of a letter begin. Pure."""

import re

from therapies.letters.grammar import either, listed

STOP_HERE = re.compile(r"[;!¶]|[.?](?=\s|$)")
SHORTENED = re.compile(rf"(?<!\w){either(listed('shortened'))}$", re.IGNORECASE)  # a point after it ends no sentence
ITEM = re.compile(r"(?<!\S)\d{1,2}\)(?=\s)")  # the number of a point in a list: “1) CBT 2) review”
LONGEST_SHORTENED = 12  # characters


def starts(text: str) -> list[int]:
    """The places where sentences begin."""
    found = [0]
    for stop in STOP_HERE.finditer(text):
        if stop.group() != "." or not SHORTENED.search(text, max(0, stop.start() - LONGEST_SHORTENED), stop.start()):
            found.append(stop.end())
    return sorted([*found, *(item.start() for item in ITEM.finditer(text))])
