"""Danger by what a text means: how near its sentences are to what people in danger say, beside the words of danger.py.

The model is in danger_model.npz, which `make search-calibrate` writes: no number of it is set by hand. Without the
library of meaning, or with another than it was made with, nothing is said and the grammar stands alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from therapies.domain import meaning
from therapies.domain.meaning import Vectors
from therapies.domain.stemming import APOSTROPHES

MODEL = Path(__file__).with_name("danger_model.npz")
IN_DOUBT = "suicide"  # its lines are for anybody in a crisis
MOST_SENTENCES = 30  # of a text that are read, so that no text takes long
END = re.compile(r"[.!?;\n…]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the meaning of a text says: whether it may be danger at all, and the kinds that it surely is."""

    may_be_danger: bool
    kinds: tuple[str, ...] = ()

    def __and__(self, other: "Reading") -> "Reading":
        """What both say, in the kinds of the other."""
        return Reading(self.may_be_danger and other.may_be_danger, other.kinds if self.kinds else ())


@dataclass(frozen=True, slots=True)
class DangerModel:
    """A support vector machine over the meaning of a sentence and its words, and a linear model of each kind of danger.

    A sentence is compared with `examples`, vectors of length 1 of shape (examples, axes): each that is near in meaning
    pulls with its weight towards danger or away from it. Words and pairs of words pull too, by their mean weight.
    `ordinary` are the highest scores among ordinary sentences that the model had not seen, of `asked`; a text shows
    help if at most `rate` of them would score as high. The patterns of the grammar in `doubtful` found too much that is
    ordinary; they count only for a text that scores over `unlikely`, which few sentences of danger do not.
    """

    axes: Vectors  # of shape (512, axes)
    examples: Vectors
    pulls: Vectors
    sharpness: float
    words: dict[str, float]
    bias: float
    kinds: tuple[str, ...]
    of_kinds: Vectors  # of shape (513, kinds), for vectors with a 1 at the end
    ordinary: Vectors
    asked: int
    rate: float
    doubtful: frozenset[str]
    unlikely: float

    def reading(self, read: list[str], vectors: Vectors) -> "Reading":
        """The kind of the sentence that sounds most like danger, if it does so even for the best of so many."""
        scores = self.scores(read, vectors)
        best = int(np.argmax(scores))
        may_be = bool(scores[best] > self.unlikely)
        as_high = np.count_nonzero(self.ordinary >= scores[best]) / self.asked
        if as_high * len(scores) > self.rate:  # Bonferroni's correction: a long text has many chances to sound so
            return Reading(may_be)
        of_kinds = np.append(vectors[best], 1) @ self.of_kinds
        # The models of the kinds score from 0 to 1; under half, danger is sure but none of its kinds is.
        return Reading(may_be, (self.kinds[int(np.argmax(of_kinds))] if of_kinds.max() > 1 / 2 else IN_DOUBT,))

    def scores(self, read: list[str], vectors: Vectors) -> Vectors:
        """How much each sentence sounds like danger: over 0 more than like anything else."""
        near = np.exp(self.sharpness * (on_axes(vectors, self.axes) @ self.examples.T - 1))
        of_words = [sum(self.words.get(part, 0.0) for part in grams(text)) / length(text) for text in read]
        found: Vectors = near @ self.pulls + np.array(of_words, np.float32) + self.bias
        return found


def on_axes(vectors: Vectors, axes: Vectors) -> Vectors:
    """Vectors in fewer dimensions, of length 1 again."""
    found: Vectors = vectors @ axes
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.finfo(np.float32).tiny)


def grams(text: str) -> set[str]:
    """The words of a text and the pairs of words that follow each other."""
    words = re.findall(r"\w+", text)
    return {*words, *(" ".join(pair) for pair in pairwise(words))}


def length(text: str) -> float:
    """Of the vector that has a 1 for each of them."""
    return float(np.sqrt(max(1, len(grams(text)))))


def read(text: str) -> Reading:
    """What the text means. Without a model anything may be danger, so that the words alone decide."""
    model = _kept.model
    parts = sentences(text)
    return model.reading(parts, meaning.vectors(parts)) if model and parts else Reading(may_be_danger=True)


def doubtful_patterns() -> frozenset[str]:
    """The patterns of the grammar that count only where the meaning of a text may be danger."""
    return _kept.model.doubtful if _kept.model else frozenset()


def sentences(text: str) -> list[str]:
    """The text as a whole and, if it has several, its sentences: in small letters and without apostrophes."""
    plain = " ".join(APOSTROPHES.sub("", text).lower().split(" "))
    parts = [" ".join(part.split()) for part in END.split(plain)]
    parts = [part for part in parts if re.search(r"\w", part)]
    return [" ".join(parts), *parts][:MOST_SENTENCES] if len(parts) > 1 else parts


def read_model(path: Path = MODEL) -> DangerModel | None:
    """The model of the file; None if it was made with other vectors than there are now."""
    with np.load(path, allow_pickle=False) as kept:
        if str(kept["encoder"]) != meaning.DIGEST:
            return None
        examples = kept["examples"].astype(np.float32)
        return DangerModel(
            axes=kept["axes"].astype(np.float32),
            examples=examples / np.linalg.norm(examples, axis=1, keepdims=True),
            pulls=kept["pulls"].astype(np.float32),
            sharpness=float(kept["sharpness"]),
            words=dict(zip(_lines(kept["words"]), kept["word_weights"].tolist(), strict=True)),
            bias=float(kept["bias"]),
            kinds=tuple(_lines(kept["kinds"])),
            of_kinds=kept["of_kinds"].astype(np.float32),
            ordinary=kept["ordinary"].astype(np.float32),
            asked=int(kept["asked"]),
            rate=float(kept["rate"]),
            doubtful=frozenset(_lines(kept["doubtful"])),
            unlikely=float(kept["unlikely"]),
        )


def _lines(text: np.ndarray) -> Iterator[str]:
    return iter(text.tobytes().decode().split("\n"))


class _KeptModel:
    """The model of the file, read when it is first asked for."""

    @cached_property
    def model(self) -> DangerModel | None:
        return read_model() if meaning.is_available() else None


_kept = _KeptModel()
