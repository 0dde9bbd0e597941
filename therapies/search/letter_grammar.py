"""Reads letter_grammar.txt: its sections, as lines, as lists and as named classes of words. Nothing else."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

GRAMMAR = Path(__file__).with_name("letter_grammar.txt")


@cache
def sections() -> dict[str, list[str]]:
    """The lines of each section, without comments."""
    found: dict[str, list[str]] = {}
    for line in GRAMMAR.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[(.+)\]", line):
            found[heading[1]] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


@lru_cache(maxsize=64)  # more than there are sections
def listed(section: str) -> list[str]:
    """The words of a section that lists them with commas between."""
    return [word.strip() for line in sections()[section] for word in line.split(",") if word.strip()]


@lru_cache(maxsize=64)
def classes(section: str) -> dict[str, list[str]]:
    """The words of a section that names classes: {name: words}."""
    pairs = (line.split(" = ") for line in sections()[section])
    return {name: words.split("|") for name, words in pairs}


def either(words: Iterable[str]) -> str:
    """Any of these as a regular expression, the longest first; a space stands for any white space."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"
