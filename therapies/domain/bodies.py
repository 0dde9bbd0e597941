"""When two names are one voice: one body spelled in two ways, or a document that several bodies wrote together.

Pure. Who says what must not depend on how a name was typed: a body that is counted twice makes a label look stronger
than it is.
"""

import re
from collections.abc import Collection, Iterable

WORD = re.compile(r"\w+")
SMALL = {"and", "und", "et", "the", "of"}
JOINED = re.compile(r"\s*/\s*")
JOINED_BY_A_HYPHEN = ("ASCO-SIO",)  # elsewhere a hyphen is part of the name of one body, such as AAO-HNS
OTHER_NAMES = (  # the first is the one we write
    ("American Psychological Assoc.", "APA (psychological)", "American Psychological Association"),
    ("American Psychiatric Assoc.", "APA (psychiatric)", "American Psychiatric Association"),
    ("Title IV-E Clearinghouse", "Title IV-E"),
    ("VA/DoD", "VA-DoD", "Department of Veterans Affairs"),
    ("SAP", "Society for the Advancement of Psychotherapy"),
    ("Merck Manual", "Merck"),
)


def spelling(name: str) -> str:
    """The words of a name whatever their case and order and the marks between them: “asco sio” of “SIO-ASCO”."""
    return " ".join(sorted(set(WORD.findall(name.casefold())) - SMALL))


WE_WRITE = {spelling(name): first for first, *others in OTHER_NAMES for name in (first, *others)}
JOINT = {spelling(name): frozenset(map(spelling, name.split("-"))) for name in JOINED_BY_A_HYPHEN}


def body_key(name: str) -> str:
    """The same for every way to write one body."""
    key = spelling(name)
    return spelling(WE_WRITE[key]) if key in WE_WRITE else key


def members(name: str) -> frozenset[str]:
    """The keys of the bodies that speak under this name: of “CANMAT/ISBD” both."""
    return JOINT.get(spelling(name)) or frozenset(body_key(part) for part in JOINED.split(name) if part)


def voices(names: Iterable[str]) -> list[frozenset[str]]:
    """The names as voices, each given by its members: what shares a body, such as AUA and AUA/SMSNA, is one voice."""
    found: list[frozenset[str]] = []
    for name in names:
        own = members(name)
        kin = [one for one in found if one & own]
        found = [one for one in found if one not in kin]
        found.append(own.union(*kin))
    return found


def count(names: Collection[str], among: Collection[str]) -> int:
    """How many of the voices of all these bodies (`among`) speak in these names."""
    if len(among) < 2:
        return len(names)
    said = frozenset().union(*map(members, names))
    return sum(bool(one & said) for one in voices(among))
