"""Reads grammar.txt: its sections, as lines, as lists and as named classes of words. Nothing else."""

import re
from collections.abc import Iterable
from pathlib import Path

GRAMMAR = Path(__file__).with_name("grammar.txt")


def _read() -> dict[str, list[str]]:
    """The lines of each section, without comments."""
    found: dict[str, list[str]] = {}
    for line in GRAMMAR.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[(.+)\]", line):
            found[heading[1]] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


SECTIONS = _read()
LISTED = {
    section: [word.strip() for line in lines for word in line.split(",") if word.strip()]
    for section, lines in SECTIONS.items()
}
CLASSES = {
    section: {name: words.split("|") for name, words in (line.split(" = ") for line in lines)}
    for section, lines in SECTIONS.items()
    if all(line.count(" = ") == 1 for line in lines)
}


def sections() -> dict[str, list[str]]:
    """The lines of each section."""
    return SECTIONS


def listed(section: str) -> list[str]:
    """The words of a section that lists them with commas between."""
    return LISTED[section]


def classes(section: str) -> dict[str, list[str]]:
    """The words of a section that names classes: {name: words}."""
    return CLASSES[section]


def either(words: Iterable[str]) -> str:
    """Any of these as a regular expression, the longest first; a space stands for any white space."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"
