"""How likely each entry is what a query asks for: what is known of the pair, as numbers, through a logistic model.

The model is in calibration.json, which `make search-calibrate` writes: no number of it is set by hand.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from operator import mul
from pathlib import Path
from typing import Any

from therapies.domain.meaning import Vectors
from therapies.search.fulltext import SharedWords
from therapies.search.hits import SearchCard
from therapies.search.lexicon import EntryName
from therapies.search.nearness import Near

CALIBRATION = Path(__file__).with_name("calibration.json")
# Weights of entries in the order of FEATURES, and those of the subject as in `of_subject`.
NUMBERS: dict[str, Any] = json.loads(CALIBRATION.read_text(encoding="utf-8"))
KINDS = ("therapy", "condition", "topic", "question", "technique", "format", "family", "glossary")
ALL = 0.999  # of the weight of words, which is a sum of fractions
FEATURES = ("any", "nearness", "behind the nearest", "alike", "share of name", "named", "share of query", *KINDS)


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an entry that stands in the query, and the share of the query that it makes up."""

    name: EntryName
    share: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a query: entries by number, with how each fits it in one of three ways, its vector, and whether
    it signals danger."""

    named: Mapping[int, Named] = field(default_factory=dict)
    alike: Mapping[int, SharedWords] = field(default_factory=dict)
    near: Mapping[int, Near] = field(default_factory=dict)
    vector: Vectors | None = None
    in_danger: bool = False

    @property
    def entries(self) -> set[int]:
        return {*self.named, *self.alike, *self.near}

    @property
    def nearest(self) -> float:
        return max((near.nearness for near in self.near.values()), default=0.0)

    def features(self, card: SearchCard) -> list[float]:
        """The numbers of FEATURES for this entry and the query."""
        near, alike, named = self.near.get(card.id), self.alike.get(card.id), self.named.get(card.id)
        nearness = near.nearness if near else self.nearest  # what is warned against has no texts to be near to
        return [
            1.0,
            nearness,
            nearness - self.nearest,
            max(alike.alike if alike else 0.0, named.share if named else 0.0),
            1.0 if named else alike.of_name if alike else 0.0,
            1.0 if named else 0.0,
            named.share if named else 0.0,
            *(1.0 if card.kind == kind else 0.0 for kind in KINDS),
        ]

    def holds_a_name_of(self, entry: int) -> bool:
        """Whether all telling words of a name of the entry are in the query, in any order."""
        return entry in self.alike and self.alike[entry].of_name > ALL

    def reason(self, entry: int) -> tuple[str, str]:
        """How the entry was found, as in `Hit`, and the text that fits: a name in the query before all else."""
        near, alike, named = self.near.get(entry), self.alike.get(entry), self.named.get(entry)
        if named:
            return named.name.how, named.name.text
        if alike and (near is None or alike.alike >= near.nearness):
            return alike.how, alike.text
        return ("near", near.text) if near else ("", "")


def likelihoods(known: Evidence, cards: Mapping[int, SearchCard]) -> dict[int, float]:
    """For each entry that has any evidence, how likely it is meant, from 0 to 1."""
    weights = NUMBERS["by_meaning" if known.near else "by_words"]
    return {entry: likelihood(known.features(cards[entry]), weights) for entry in known.entries}


def is_our_subject(known: Evidence, likely: Mapping[int, float]) -> bool:
    """Whether the query is about anything that the site describes; if not, even the best entries are far-fetched.

    Words alone do not tell, so without a vector it is taken to be.
    """
    if known.vector is None:
        return True
    return likelihood(of_subject(known, likely), NUMBERS["subject"]) >= NUMBERS["least_subject"]


def of_subject(known: Evidence, likely: Mapping[int, float]) -> list[float]:
    """What tells our subject from others: how well the best entries fit, and the query's vector."""
    return [
        1.0,
        max(likely.values(), default=0.0),
        known.nearest,
        max((one.alike for one in known.alike.values()), default=0.0),
        max((one.share for one in known.named.values()), default=0.0),
        *(known.vector.tolist() if known.vector is not None else ()),
    ]


def likelihood(features: Sequence[float], weights: Sequence[float]) -> float:
    return 1 / (1 + exp(-sum(map(mul, features, weights))))
