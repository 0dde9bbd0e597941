"""Entries that share words with a query: how much of the query a name holds, and how much of the name the query."""

from collections.abc import Sequence
from dataclasses import dataclass

from therapies.domain.stemming import ASKING, STOP, stem
from therapies.search.lexicon import Lexicon
from therapies.serving import catalogue

MOST_TEXTS = 12
MOST_NAMES = 220  # names that are compared, the best by bm25; this bounds the time of a search
NAMES = "SELECT entry, how, text, stems FROM search_line WHERE search_line MATCH %s ORDER BY bm25(search_line) LIMIT %s"
TEXTS = "SELECT entry FROM search_text WHERE search_text MATCH %s ORDER BY bm25(search_text) LIMIT %s"


@dataclass(frozen=True, slots=True)
class SharedWords:
    """A name that shares words with a query. Both shares are of the weight of words, from 0 to 1."""

    text: str
    how: str
    of_query: float
    of_name: float

    @property
    def alike(self) -> float:
        return self.of_query * self.of_name


def telling(words: Sequence[str]) -> list[str]:
    """The stems of the words that narrow a query down, each once."""
    return list(dict.fromkeys(stem(word) for word in words if word not in STOP and word not in ASKING))


def by_names(stems: Sequence[str], lexicon: Lexicon, without: str = "") -> dict[int, SharedWords]:
    """For each entry the name that is most like the query, passing over `without`; one database query."""
    if not stems:
        return {}
    weights = {stem: lexicon.weight(stem) for stem in stems}
    total = sum(weights.values())
    any_of_them = " OR ".join(f'"{stem}"' for stem in stems)
    best: dict[int, SharedWords] = {}
    for entry, how, text, line in catalogue.rows(NAMES, [any_of_them, MOST_NAMES]):
        shared = sum(weights.get(stem, 0.0) for stem in line.split())
        found = SharedWords(text, how, shared / total, shared / sum(map(lexicon.weight, line.split())))
        if text != without and (entry not in best or found.alike > best[entry].alike):
            best[entry] = found
    return best


def by_texts(stems: Sequence[str]) -> list[int]:
    """Entries whose text holds all of the words, the best first: a last resort. One word says too little for it."""
    every = " AND ".join(f'"{stem}"' for stem in stems)
    return [entry for (entry,) in catalogue.rows(TEXTS, [every, MOST_TEXTS])] if len(stems) > 1 else []
