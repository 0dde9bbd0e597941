"""The words for an age in a clinician's query."""

import pytest

from therapies.domain import age_words


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("8 year old anxiety", "child"),
        ("8-year-old with ocd", "child"),
        ("anxiety aged 15", "teen"),
        ("teen depression", "teen"),
        ("adolescents self-harm", "teen"),
        ("depression 34yo", "adult"),
        ("70 y/o insomnia", "older"),
        ("depression in older adults", "older"),
        ("ptsd children", "child"),
        ("depression", None),
        ("F41.1", None),
        ("12 sessions of CBT", None),
    ],
)
def test_an_age_is_read_from_years_and_from_words(text: str, age: str | None) -> None:
    asked = age_words.read(text)
    assert (asked.age if asked else None) == age
    if asked:
        assert asked.words not in age_words.without(text, asked)
