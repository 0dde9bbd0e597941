"""The words of a clinician's line: where something stands in it, what only joins, and the line without some. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.domain.stemming import ASKING, STOP, split

SHORTHAND = re.compile(r"\b(?:[cshm]/o|w/|s/p|r/o|k/c/o|c/w|b/g)(?![\w])", re.IGNORECASE)
DENYING = frozenset(
    ["no", "not", "non", "without", "denies", "denied", "nil", "never", "isnt", "wont", "doesnt", "cant"]
)
SAYS_NOTHING = frozenset(
    """pt pts patient patients client case w wi hx history pmh pmhx known previous previously prev prior presents
    presenting presented presentation complains complaining complaint dx diagnosis diagnosed query queried possible
    possibly likely probable suspected prefers prefer preferred preferring preference want wants wanted wanting wish
    wishes wishing request requests requested requesting asks asked only please pls comorbid plus gp seen ref
    referral referred refer old yo age aged suffers suffering suffer icd icd10 icd11 mesh dsm code codes coded cm
    current currently new recent recently vs versus c o s p""".split()  # noqa: SIM905
)


PART_OF_A_NAME = frozenset(  # after a concern: “alcohol dependence”
    "dependence dependency misuse use abuse syndrome episode episodes personality condition illness type".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Found:
    """What words of a line mean, and where they stand in it."""

    value: str
    start: int
    end: int

    def overlaps(self, others: Iterable["Found"]) -> bool:
        return any(self.start < other.end and other.start < self.end for other in others)


HANGING = re.compile(r"\b(?:in|for|of|with|an?|the|who|and|her|his|their)\s*(?=[,;+])", re.IGNORECASE)
JOIN = r"(?:[+,;&/|.:–-]+|\b(?:and|with|plus|comorbid|w/|but|also|in|for|of|aged?|an?|who)(?!\w))"
AT_THE_ENDS = re.compile(rf"(?:\s*{JOIN}\s*)+$|^(?:\s*{JOIN}\s*)+", re.IGNORECASE)
DOUBLED = re.compile(r"(\s*(?:[+,;&/]|\b(?:and|with|plus)\b))(?:\s*(?:[+,;&/]|\b(?:and|with|plus)\b))+", re.IGNORECASE)


def without(text: str, places: Sequence[Found]) -> str:
    """The line without what stands in these places, and without what joined it to the rest."""
    for one in sorted(places, key=lambda one: -one.start):
        text = f"{text[: one.start]} {text[one.end :]}"
    for _ in range(3):
        text = DOUBLED.sub(r"\1", HANGING.sub("", " ".join(text.split())))
    return re.sub(r"\s+([,;])", r"\1", AT_THE_ENDS.sub("", text)).strip()


def says_nothing(word: str) -> bool:
    """Whether a word only holds others together. One that denies never does."""
    folded = "".join(split(word))
    if len(folded) < sum(letter.isalnum() for letter in word):  # a letter was lost: “AƀL” is not “al”
        return False
    return folded not in DENYING and (folded in STOP or folded in ASKING or folded in SAYS_NOTHING)
