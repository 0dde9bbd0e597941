"""Facts in words."""

import pytest

from therapies.serving.describe import in_a_sentence


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Suicidal thoughts", "suicidal thoughts"),
        ("PTSD", "PTSD"),
        ("A birth", "a birth"),
        ("I hurt", "I hurt"),
    ],
)
def test_a_name_within_a_sentence_has_no_capital_of_its_own(name: str, within: str) -> None:
    assert in_a_sentence(name) == within
