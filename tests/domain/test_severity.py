"""How severe something is: the words of a query against those of a document."""

import pytest

from therapies.domain import severity
from therapies.domain.severity import Severity


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mild depression", "mild"),
        ("severely depressed", "severe"),
        ("less severe depression", "less severe"),
        ("depression, more severe", "more severe"),
        ("moderate-severe OCD", "moderate to severe"),
        ("moderate to severe OCD", "moderate to severe"),
    ],
)
def test_a_query_is_read(text: str, words: str) -> None:
    assert severity.read(text) == Severity(words)


@pytest.mark.parametrize("text", ["depression", "persevere", "F41.1"])
def test_a_query_without_a_severity_has_none(text: str) -> None:
    assert severity.read(text) is None


@pytest.mark.parametrize(
    ("asked", "suits", "not_for"),
    [
        ("mild", ["", "mild", "less severe", "mild to moderate", "subthreshold to moderate"], ["severe"]),
        ("severe", ["", "severe", "more severe", "moderate to severe"], ["mild", "less severe", "mild to moderate"]),
        ("moderate", ["mild to moderate", "more severe", "in words of its own"], ["mild", "less severe", "severe"]),
        ("less severe", ["subthreshold", "mild"], ["moderate", "more severe"]),
    ],
)
def test_a_statement_suits_a_severity(asked: str, suits: list[str], not_for: list[str]) -> None:
    assert [words for words in suits if not Severity(asked).suits(words)] == []
    assert [words for words in not_for if Severity(asked).suits(words)] == []


def test_severities_are_listed_from_the_mildest() -> None:
    assert severity.listed(["severe", "mild", "moderate"]) == "mild, moderate, severe"
    assert severity.listed(["mild", ""]) == ""


def test_the_words_for_it_are_left_out() -> None:
    assert severity.without("moderate to severe OCD") == "OCD"
