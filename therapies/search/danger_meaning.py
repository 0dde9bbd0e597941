"""Danger by what a text means: how near its sentences are to what people in danger say, beside the words of danger.py.

The model is in danger_model.json, which `make search-calibrate` writes: no number of it is set by hand. Without the
library of meaning, or with another than it was made with, nothing is said and the grammar stands alone.
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from therapies.domain import meaning
from therapies.domain.meaning import Vectors
from therapies.domain.stemming import APOSTROPHES

MODEL = Path(__file__).with_name("danger_model.json")
IN_DOUBT = "suicide"  # its lines are for anybody in a crisis
MOST_SENTENCES = 30  # of a text that are read, so that no text takes long
END = re.compile(r"[.!?;\n…]+")


@dataclass(frozen=True, slots=True)
class DangerModel:
    """A linear model of each kind of danger, and of danger of any kind, over vectors with a 1 at the end.

    `everyday` are the highest scores of danger among everyday sentences that the model had not seen, of `asked`; a
    text shows help if at most `rate` of them would score as high.
    """

    kinds: tuple[str, ...]
    of_kinds: Vectors  # of shape (513, kinds)
    of_danger: Vectors
    everyday: Vectors
    asked: int
    rate: float

    def found(self, vectors: Vectors) -> set[str]:
        """The kind of the sentence that sounds most like danger, if it does so even for the best of so many."""
        numbers = np.c_[vectors, np.ones(len(vectors), np.float32)]
        scores = numbers @ self.of_danger
        best = int(np.argmax(scores))
        as_high = np.count_nonzero(self.everyday >= scores[best]) / self.asked
        if as_high * len(scores) > self.rate:  # Bonferroni's correction: a long text has many chances to sound so
            return set()
        of_kinds = numbers[best] @ self.of_kinds
        # The models of the kinds score from 0 to 1; under half, danger is sure but none of its kinds is.
        return {self.kinds[int(np.argmax(of_kinds))] if of_kinds.max() > 1 / 2 else IN_DOUBT}


def kinds(text: str) -> set[str]:
    """The kind of danger that the text means, if any."""
    model = _kept.model
    read = sentences(text)
    return model.found(meaning.vectors(read)) if model and read else set()


def sentences(text: str) -> list[str]:
    """The text as a whole and, if it has several, its sentences: in small letters and without apostrophes."""
    plain = " ".join(APOSTROPHES.sub("", text).lower().split(" "))
    parts = [" ".join(part.split()) for part in END.split(plain)]
    parts = [part for part in parts if re.search(r"\w", part)]
    return [" ".join(parts), *parts][:MOST_SENTENCES] if len(parts) > 1 else parts


def read_model(path: Path = MODEL) -> DangerModel | None:
    """The model of the file; None if it was made with other vectors than there are now."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept["encoder"] != meaning.DIGEST:
        return None
    weights = {kind: np.array(numbers, np.float32) for kind, numbers in kept["weights"].items()}
    of_danger = weights.pop("danger")
    return DangerModel(
        kinds=tuple(weights),
        of_kinds=np.stack(list(weights.values()), axis=1),
        of_danger=of_danger,
        everyday=np.array(kept["everyday"], np.float32),
        asked=kept["asked"],
        rate=kept["rate"],
    )


class _KeptModel:
    """The model of the file, read when it is first asked for."""

    @cached_property
    def model(self) -> DangerModel | None:
        return read_model() if meaning.is_available() else None


_kept = _KeptModel()
