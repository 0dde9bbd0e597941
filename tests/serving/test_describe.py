"""Facts in words."""

from typing import Any

import pytest

from therapies.models import Therapy
from therapies.serving import describe


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
    assert describe.in_a_sentence(name) == within


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Not known"),
        ({"sessions_min": 1}, "1 meeting"),
        ({"sessions_min": 0}, "0 meetings"),
        ({"sessions_max": 12}, "12 meetings"),
        ({"sessions_min": 8, "sessions_max": 8}, "8 meetings"),
        ({"sessions_min": 8, "sessions_max": 12}, "8 to 12 meetings"),
        ({"sessions_min": 8, "sessions_max": 12, "sessions_basis": "illustration only"}, "Open-ended"),
        (
            {"sessions_min": 8, "session_minutes": "50-60", "frequency": "weekly"},
            "8 meetings, 50 to 60 minutes each, weekly",
        ),
        ({"frequency": "weekly"}, "Number of meetings not known; weekly"),
    ],
)
def test_sessions_are_a_number_a_length_and_how_often(fields: dict[str, Any], words: str) -> None:
    assert describe.sessions_in_full(Therapy(**fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"sessions_min": 8, "sessions_basis": "seen"}, "How we know: seen in a source."),
        ({"sessions_min": 8, "sessions_basis": "recalled"}, "Not yet checked against a source."),
        ({"sessions_basis": "illustration"}, "It goes on for as long as you and the therapist agree."),
    ],
)
def test_a_number_of_sessions_says_how_it_is_known(fields: dict[str, Any], words: str) -> None:
    assert describe.sessions_basis(Therapy(**fields)) == words


def test_ages_are_one_sentence() -> None:
    assert describe.age_names(["child"]) == "Children"
    assert describe.age_names(["child", "adolescent", "adult"]) == "Children, teenagers and adults"
    assert describe.ages(Therapy(ages=[])) == describe.NOT_KNOWN


def test_facts_that_say_nothing_are_left_out() -> None:
    assert describe.described(Therapy(structure="high"), ("structure", "stance")) == ["Planned step by step"]
