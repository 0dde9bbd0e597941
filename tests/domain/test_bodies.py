"""One body is one voice, however its name is written and whoever it writes with."""

import pytest

from tests.domain.test_standing import derived, spoken
from therapies.domain import bodies


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ASCO-SIO", "SIO-ASCO"),
        ("ASCO/SIO", "SIO-ASCO"),
        ("CANMAT/ISBD", "ISBD / CANMAT"),
        ("VA/DoD", "VA-DOD"),
        ("Merck", "Merck Manual"),
        ("APA (psychological)", "American Psychological Assoc."),
    ],
)
def test_two_spellings_of_one_body_are_the_same(one: str, other: str) -> None:
    assert bodies.body_key(one) == bodies.body_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("NICE", "NICE CKS"), ("German S3", "AWMF S3"), ("American Psychiatric Assoc.", "American Psychological Assoc.")],
)
def test_bodies_that_share_a_word_are_different(one: str, other: str) -> None:
    assert bodies.body_key(one) != bodies.body_key(other)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("ASCO-SIO", "SIO-ASCO"), 1),
        (("ASCO", "ASCO-SIO"), 1),
        (("AUA", "AUA/SMSNA"), 1),
        (("AAN", "AAN/AHS", "AHS"), 1),
        (("AAO-HNS", "HNS"), 2),
        (("NICE", "APA"), 2),
    ],
)
def test_a_body_is_counted_once_alone_and_with_others(names: tuple[str, ...], count: int) -> None:
    standing = derived(*(spoken(body=name) for name in names))
    assert (standing.agree, standing.bodies) == (count, count)


def test_those_who_agree_are_never_more_than_those_who_speak() -> None:
    joined = spoken("option", body="AAN/AHS")
    standing = derived(spoken(body="AAN"), spoken(body="AHS"), joined)
    assert (standing.agree, standing.bodies) == (1, 1)


def test_two_documents_of_a_body_are_one_voice_whatever_the_order_of_its_names() -> None:
    standing = derived(spoken(body="SIO-ASCO"), spoken("option", body="ASCO-SIO", year=2024))
    assert (standing.label, standing.bodies) == ("recommended", 1)
