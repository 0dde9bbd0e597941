"""Two texts, word by word. Pure; shared by the publish screen and the public change log."""

import difflib
import re
from collections.abc import Iterator
from typing import Any

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TEXT = 20_000  # a longer text is shown as replaced whole: comparing words takes quadratic time
Piece = tuple[str, str]  # "same" | "gone" | "new", and the words


def word_difference(before: str, after: str) -> list[Piece]:
    """The two texts as pieces that are the same, gone or new, in reading order."""
    if len(before) + len(after) > MOST_TEXT:
        return [piece for piece in (("gone", before), ("new", after)) if piece[1]]
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return list(_pieces(matcher.get_opcodes(), old, new))


def _pieces(steps: Any, old: list[str], new: list[str]) -> Iterator[Piece]:
    for step, a, b, c, d in steps:
        if step == "equal":
            yield "same", "".join(old[a:b])
            continue
        if a < b:
            yield "gone", "".join(old[a:b])
        if c < d:
            yield "new", "".join(new[c:d])
