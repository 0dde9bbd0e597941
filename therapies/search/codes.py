"""Diagnosis codes in what people type: ICD-10-CM with or without the dot, ICD-11, MeSH. Pure."""

import re
from dataclasses import dataclass

from therapies.domain.stemming import split

ICD10 = r"[A-TV-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?"
ICD11 = r"(?:[0-9][A-HJ-NP-Z][0-9][0-9A-Z]|[A-HJ-NP-Z]{2}[0-9]{2})(?:\.[0-9A-Z]{1,2})?"
MESH = r"D[0-9]{6,9}"
WRITTEN = re.compile(rf"(?<![\w.])(?:{MESH}|{ICD11}|{ICD10}|[0-9][A-HJ-NP-Z][0-9])(?![\w])", re.IGNORECASE)
PREFIX = re.compile(r"\b(icd|icd-?1[01](-?cm)?|mesh|dsm(-?5)?|codes?|dx|diagnosis)\b[\s:#-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Near:
    """How a known code stands to the one that was asked for: 0 it is the same, 1 a child, 2 a parent, 3 a neighbor."""

    distance: int
    shared: int


def written(text: str) -> list[str]:
    """The codes in a text, as they are compared: lower case without dot. Something in them must be a digit."""
    return ["".join(split(found)) for found in WRITTEN.findall(text)]


def without(text: str) -> str:
    """The text without its codes and the words that only announce one."""
    return " ".join(PREFIX.sub(" ", WRITTEN.sub(" ", text)).split())


def near(asked: str, known: str) -> Near | None:
    """How near a known code is; None where the two have nothing to do with each other."""
    if asked == known:
        return Near(0, len(known))
    if known.startswith(asked) and len(asked) >= 3:
        return Near(1, len(asked))
    if asked.startswith(known) and len(known) >= 3:
        return Near(2, len(known))
    shared = _shared(asked, known)
    return Near(3, shared) if shared >= (4 if asked[0].isdigit() or asked[:2].isalpha() else 3) else None


def _shared(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def is_unspecified(code: str) -> bool:
    """The code of a group that says nothing nearer, such as F33.9."""
    return code.endswith(("9", "z"))
