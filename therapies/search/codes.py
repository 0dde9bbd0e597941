"""Diagnosis codes in what people type: ICD-10-CM with or without the dot, ICD-11, MeSH. Pure."""

import re
from dataclasses import dataclass

from therapies.domain.stemming import split

ICD10 = r"[A-TV-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?"
ICD11 = r"(?:[0-9][A-HJ-NP-Z][0-9][0-9A-Z]|[A-HJ-NP-Z]{2}[0-9]{2})(?:\.[0-9A-Z]{1,2})?"
MESH = r"D[0-9]{6,9}"
WRITTEN = re.compile(rf"(?<![\w.])(?:{MESH}|{ICD11}|{ICD10}|[0-9][A-HJ-NP-Z][0-9])(?![\w])", re.IGNORECASE)
PREFIX = re.compile(r"\b(icd|icd-?1[01](-?cm)?|mesh|dsm(-?5)?|codes?|dx|diagnosis)\b[\s:#-]*", re.IGNORECASE)
SAME, CHILD, PARENT, NEIGHBOR = range(4)


@dataclass(frozen=True, slots=True)
class Near:
    """How near a known code is to another: `distance` is SAME, CHILD, PARENT or NEIGHBOR (of the same group)."""

    distance: int
    shared: int


def written(text: str) -> list[str]:
    """The codes in a text in the form in which they are compared: lower case, without the dot."""
    return ["".join(split(code)) for code in WRITTEN.findall(text)]


def without(text: str) -> str:
    """The text without its codes and the words that only announce one."""
    return " ".join(PREFIX.sub(" ", WRITTEN.sub(" ", text)).split())


def near(code: str, known: str) -> Near | None:
    """How near a known code is to this one; None where they have nothing to do with each other."""
    if code == known:
        return Near(SAME, len(known))
    if known.startswith(code) and len(code) >= 3:
        return Near(CHILD, len(code))
    if code.startswith(known) and len(known) >= 3:
        return Near(PARENT, len(known))
    shared = _shared(code, known)
    return Near(NEIGHBOR, shared) if shared >= (4 if code[0].isdigit() or code[:2].isalpha() else 3) else None


def _shared(first: str, second: str) -> int:
    """How many characters two codes begin with in common."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(first), len(second)))


def is_unspecified(code: str) -> bool:
    """Whether it is the code of a group that says no more, such as F33.9."""
    return code.endswith(("9", "z"))
