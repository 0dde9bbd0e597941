"""Entries that mean nearly what a query says, whatever its words: the nearest text of each, by a release's vectors."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from therapies.domain import meaning
from therapies.domain.meaning import Vectors
from therapies.serving import catalogue

ROWS = "SELECT entry, text, is_spanish, vector FROM search_vector ORDER BY entry"
BLOCK = 4_096  # vectors that are compared at a time, so that they fit into the processor's memory as floats


@dataclass(frozen=True, slots=True)
class Near:
    """The text of an entry that is nearest to a query; `nearness` is a cosine, 1 for the same."""

    text: str
    nearness: float


@dataclass(frozen=True)
class MeaningIndex:
    """The texts of a release in order of their entries. `starts` says where the texts of each entry begin."""

    entries: list[int]
    starts: NDArray[np.intp]
    texts: list[str]
    spanish: NDArray[np.intp]  # the places of the texts in Spanish
    vectors: NDArray[np.int8]  # of shape (texts, 512)
    lengths: Vectors

    def nearest(
        self, asked: Vectors, most: int, also: Collection[int] = (), without: str = "", *, spanish: bool = True
    ) -> dict[int, Near]:
        """The entries nearest to a query's vector, at most `most`, and those of `also` that have texts.

        A text that is the same as `without` is passed over, and without `spanish` those in Spanish.
        """
        if not self.entries:
            return {}
        blocks = range(0, len(self.texts), BLOCK)
        cosines = np.concatenate([self.vectors[start : start + BLOCK].astype(np.float32) @ asked for start in blocks])
        cosines /= self.lengths
        if without:
            cosines[[place for place, text in enumerate(self.texts) if text == without]] = -1
        if not spanish:
            cosines[self.spanish] = -1
        best = np.maximum.reduceat(cosines, self.starts)
        wanted = [*np.argsort(-best)[:most], *(self.places[entry] for entry in also if entry in self.places)]
        return {self.entries[place]: self._near(place, cosines) for place in dict.fromkeys(wanted)}

    def _near(self, place: int, cosines: Vectors) -> Near:
        start = self.starts[place]
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.texts)
        nearest = start + int(np.argmax(cosines[start:end]))
        return Near(self.texts[nearest], float(cosines[nearest]))

    @cached_property
    def places(self) -> dict[int, int]:
        return {entry: place for place, entry in enumerate(self.entries)}


def of_release() -> MeaningIndex:
    """The index of the installed release; empty without a model, or if it holds no vectors that this model made."""
    made_by = catalogue.rows("SELECT digest FROM search_vector_model")
    rows = catalogue.rows(ROWS) if made_by == [(meaning.DIGEST,)] and meaning.is_available() else []
    of_texts = [entry for entry, *_ in rows]
    entries = list(dict.fromkeys(of_texts))
    vectors = np.frombuffer(b"".join(vector for *_, vector in rows), np.int8).reshape(-1, meaning.DIMENSIONS)
    return MeaningIndex(
        entries,
        np.searchsorted(of_texts, entries),
        [text for _, text, *_ in rows],
        np.flatnonzero([is_spanish for *_, is_spanish, _ in rows]),
        vectors,
        np.array([np.linalg.norm(row.astype(np.float32)) for row in vectors], np.float32),
    )
