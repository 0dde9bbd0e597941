"""Diagnosis codes as people write them: ICD-10 with or without its dot, ICD-11, MeSH. Pure; it knows no table."""

import re
from dataclasses import dataclass

ICD10, ICD11, MESH = "icd10cm", "icd11", "mesh"
SHAPES = {  # the second character tells the two ICDs apart
    MESH: r"D[0-9]{6,9}",
    ICD11: r"(?:[0-9][A-HJ-NP-Z]|[A-HJ-NP-Z]{2})[0-9][0-9A-Z](?:\.?[0-9A-Z]{1,2})?|[0-9][A-HJ-NP-Z][0-9]",
    ICD10: r"[A-Z][0-9][0-9A-Z](?:(?:\.|,(?=[0-9])(?![0-9][A-Z][0-9]))?[0-9A-Z]{1,4})?",
}
POSTCODE = r"\s[0-9][A-Z]{2}\b"  # “N16 8AA” is an address in London
WRITTEN = re.compile(
    rf"(?<![\w.])(?:{'|'.join(f'(?P<{system}>{shape})' for system, shape in SHAPES.items())})(?!\w|\.\w|{POSTCODE})",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(
    r"\b(?:icd(?:[- ]?1[01](?:-?cm)?)?|mesh|dsm(?:-?(?:5|iv|v))?|codes?|coded|dx|diagnosis)\b[\s:#-]*", re.IGNORECASE
)
BEFORE_DOT = {ICD10: 3, ICD11: 4}


@dataclass(frozen=True, slots=True)
class WrittenCode:
    """What has the shape of a code, and where in the text it stands. `key` is the form in which codes are compared."""

    system: str
    written: str
    start: int
    end: int
    is_announced: bool

    @property
    def key(self) -> str:
        return key(self.written)


def find(text: str) -> list[WrittenCode]:
    """Everything in a text that has the shape of a code, in order; whether there is such a code is another question."""
    announced = {match.end() for match in ANNOUNCED.finditer(text)}
    return [
        WrittenCode(str(match.lastgroup), match.group(), match.start(), match.end(), match.start() in announced)
        for match in WRITTEN.finditer(text)
    ]


def key(written: str) -> str:
    """The form in which codes are compared: F411 for “f41.1” and “F41,1”."""
    return re.sub(r"[^0-9A-Z?]", "", written.upper())


def dotted(system: str, key: str) -> str:
    """The code as its book prints it: F41.1."""
    place = BEFORE_DOT.get(system, len(key))
    return f"{key[:place]}.{key[place:]}" if key[place:] else key


def unannounced(text: str) -> str:
    """The text without the words that only announce a code."""
    return " ".join(ANNOUNCED.sub(" ", text).split())
