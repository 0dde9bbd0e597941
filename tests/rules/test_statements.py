"""One name for one body, the body's own words and nothing else as its words, and ages that its own words bear out."""

import pytest
from django.core.exceptions import ValidationError

from tests.builders import catalogue, recommendation, source, therapy
from tests.rules.test_release import TODAY, messages
from therapies.models import Source
from therapies.models.evidence import Recommendation
from therapies.releases import bundle
from therapies.rules.release import blocking_problems

SPELLINGS = [source("a-2022", body_short="SIO-ASCO"), source("b-2024", body_short="ASCO-SIO")]
REMARKS = [
    "recommended (as reported)",
    "reported as effective",
    "a main recommended treatment (grade not read)",
    "grade not seen",
    "recommended (as Mind reports); issued verb 'consider'",
    "first-line option (no level is printed)",
    "recommended (grade not in the abstract)",
    "should be offered; strong (grade to check)",
    "strong [for adults]",
]
OWN_WORDS = [
    "",
    "offer (group)",
    "A (should)",
    "strong for (GRADE)",
    "consider",
    "patient-reported outcomes should be read",
    "Recommended option as the guideline’s first choice",
]


def test_one_body_under_two_names_stops_a_release() -> None:
    assert messages(catalogue(sources=SPELLINGS), "body") == [
        "“ASCO-SIO” is the body that is written “SIO-ASCO” elsewhere. Write it in one way."
    ]
    assert blocking_problems(catalogue(sources=SPELLINGS), today=TODAY)
    other = [source("a-2022", body_short="NICE"), source("b-2024", body_short="NICE CKS")]
    assert messages(catalogue(sources=other), "body") == []


@pytest.mark.parametrize("words", REMARKS)
def test_a_remark_of_ours_as_the_words_of_a_body_stops_a_release(words: str) -> None:
    content = catalogue(therapies=[therapy()], recommendations=[recommendation(strength_as_issued=words)])
    assert len(messages(content, "issued")) == 1
    assert blocking_problems(content, today=TODAY)
    assert Recommendation(strength_as_issued=words).in_their_words == ""


@pytest.mark.parametrize("words", OWN_WORDS)
def test_the_words_of_a_body_are_let_stand(words: str) -> None:
    content = catalogue(therapies=[therapy()], recommendations=[recommendation(strength_as_issued=words)])
    assert messages(content, "issued") == []
    assert Recommendation(strength_as_issued=words).in_their_words == words


@pytest.mark.parametrize(
    ("ages", "note", "right"),
    [
        (["child", "adolescent"], "ages 10 to 17 with little support", False),
        (["adolescent"], "ages 10 to 17 with little support", True),
        (["child", "adolescent"], "adolescents 10-13", False),
        (["child", "adolescent"], "youth 10-14", True),
        (["child", "adolescent"], "7 to 17 years", True),
        (["child", "adolescent"], "5 to 11, mild", False),
        (["child", "adolescent"], "children and adolescents", True),
        (["child", "adolescent"], "after 4 to 6 weeks", True),
        (["child", "adolescent"], "ages 2 to 5: may; 6 and over: should", True),
        (["adult"], "18 to 65", True),
    ],
)
def test_ages_that_the_note_of_a_row_does_not_speak_of_are_named(ages: list[str], note: str, right: bool) -> None:
    rows = [recommendation(ages=ages, population_note=note)]
    assert (messages(catalogue(therapies=[therapy()], recommendations=rows), "ages") == []) is right


def test_the_screen_of_a_source_takes_one_name_for_a_body(db: None) -> None:
    bundle.load(catalogue(sources=[source("first", body_short="ASCO-SIO")]))
    with pytest.raises(ValidationError, match="This body is written “ASCO-SIO” elsewhere"):
        Source(slug="second", body="Both", body_short="SIO-ASCO", title="T", kind="guideline").full_clean()
    Source(slug="second", body="Both", body_short="ASCO-SIO", title="T", kind="guideline").full_clean()


def test_where_a_body_has_two_names_already_either_can_be_mended(db: None) -> None:
    bundle.load(catalogue(sources=[*SPELLINGS, source("c-2025", body_short="SIO-ASCO")]))
    row = Source.objects.get(slug="a-2022")
    row.body_short = "ASCO-SIO"
    row.full_clean()


def test_the_screen_of_a_statement_takes_no_remark_as_the_words_of_a_body() -> None:
    with pytest.raises(ValidationError, match="“not read” is a remark of ours"):
        Recommendation(strength_as_issued="offer (grade not read)").clean()
