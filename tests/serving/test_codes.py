"""Diagnosis codes: every one has its title, and the concern that holds it or the word that we have no page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import builders
from tests.conftest import Site
from therapies.domain.codes import dotted
from therapies.models import CodeRange
from therapies.models.search_words import DangerPhrase
from therapies.releases import code_titles
from therapies.serving import codes, resolve

TITLES = {
    code: title
    for titles in code_titles.icd10cm().values()
    for code, title in titles.items()
    if code != code_titles.GROUP
}
OF_SELF_HARM = ("suicid", "self-harm", "self harm")


def meaning(text: str) -> codes.CodeMeaning:
    (only,) = codes.read(text).meanings
    return only


def held(text: str) -> list[str]:
    return [one.condition for one in meaning(text).held]


def test_the_whole_book_is_read() -> None:
    assert len(TITLES) > 98_000
    assert TITLES["F411"] == "Generalized anxiety disorder"
    assert TITLES["T1491XA"] == "Suicide attempt, initial encounter"


def test_every_code_of_chapter_f_has_its_title_and_a_range(site: Site) -> None:
    chapter = [code for code in TITLES if code.startswith("F")]
    assert len(chapter) > 1_100
    for code in chapter:
        found = meaning(dotted("icd10cm", code))
        assert (found.exists, found.title) == (True, TITLES[code])
        assert found.held or "We have no page for this." in found.sentences
        assert codes.ranges().of("icd10cm", code), code


def test_every_code_titled_suicide_or_self_harm_shows_help(site: Site) -> None:
    of_harm = [code for code, title in TITLES.items() if any(word in title.lower() for word in OF_SELF_HARM)]
    assert len(of_harm) > 300
    assert {code: TITLES[code] for code in of_harm if not meaning(code).danger} == {}


def test_every_code_of_the_book_answers_with_its_own_title(site: Site) -> None:
    for code in list(TITLES)[::97]:
        found = meaning(code.lower())
        assert (found.exists, found.title, bool(found.group)) == (True, TITLES[code], True)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("f411", "F41.1"),
        ("F41,1", "F41.1"),
        ("F32.x", "F32"),
        ("F32.-", "F32"),
        ("t1491xa", "T14.91XA"),
        ("T14.91A", "T14.91XA"),
        ("T42.4X2A", "T42.4X2A"),
        ("6a70", "6A70"),
    ],
)
def test_a_code_may_be_written_in_many_ways(site: Site, written: str, code: str) -> None:
    found = meaning(written)
    assert (found.exists, found.code) == (True, code)
    assert found.title


def test_y_and_z_and_what_is_below_a_code_of_icd_11_belong_to_its_group(site: Site) -> None:
    for written in ("6A70.Y", "6A70.Z", "6A701"):
        assert held(written) == ["depression"]
        assert "in the group 6A70: Single episode depressive disorder" in meaning(written).sentences


def test_a_code_that_does_not_exist_names_the_nearest_above_it(site: Site) -> None:
    found = meaning("F32.77")
    assert not found.exists
    assert found.sentences.startswith("ICD-10-CM has no code “F32.77”; the nearest above it is ICD-10-CM F32: ")
    assert held("F32.77") == ["depression"]
    assert meaning("F42.77").held[0].why.startswith("ICD-10-CM has no code")
    assert meaning("9Z99").sentences == "We know no code “9Z99”. Please check how it is written."


def test_a_code_without_a_page_says_so_with_its_group(site: Site) -> None:
    found = meaning("S72.0")
    assert found.sentences == (
        "ICD-10-CM S72.0: Fracture of head and neck of femur. We have no page for this. "
        "Its group is “Injuries to the hip and thigh (S70-S79)”."
    )


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("T74.01XA", "sexual-assault"),
        ("Z91.14", "trauma"),
        ("F34.81", "persistent-depression"),
        ("F48.2", "dissociation"),
        ("F60.5", "borderline-personality-disorder"),
        ("F43.20", "cancer-and-serious-illness"),
        ("F32.1", "premenstrual-dysphoric-disorder"),
        ("Z73.1", "child-sleep-problems"),
    ],
)
def test_a_neighbor_is_no_match(site: Site, written: str, wrong: str) -> None:
    assert wrong not in held(written)


def test_a_category_also_leads_to_the_concerns_that_are_one_of_its_codes(site: Site) -> None:
    assert held("F41") == ["anxiety", "panic-attacks-and-panic-disorder", "generalized-anxiety"]
    assert meaning("F41").held[1].why.startswith("ICD-10-CM F41.0: Panic disorder")


def test_only_codes_that_exist_are_read_in_a_text(site: Site) -> None:
    found = codes.read("Room B12, dx F33.1 and anxiety")
    assert [one.code for one in found.meanings] == ["F33.1"]
    assert "B12" in found.rest
    assert "F33" not in found.rest
    assert codes.read("no codes here").rest == "no codes here"


def test_the_longest_prefix_wins_and_a_question_mark_stands_for_any_character(serve: Callable[..., Site]) -> None:
    ranges = [("T36", None), ("T36.??2", "worry"), ("T36.0", None), ("F41", "worry"), ("F41.1", None)]
    rows = [
        {"slug": f"range-{n}", "system": "icd10cm", "prefix": p, "condition": c, "relation": "exact" if c else "none"}
        for n, (p, c) in enumerate(ranges)
    ]
    serve(builders.catalogue(code_ranges=rows))
    assert [held(code) for code in ("T36.0X2A", "T36.0X1A", "F41.0", "F41.1")] == [["worry"], [], ["worry"], []]


def test_an_address_may_name_a_concern_by_a_code(site: Site, client: Any) -> None:
    assert codes.concern("F32.1") == "depression"
    assert codes.concern("F32.1 or so") == codes.concern("S72.0") == ""
    names = resolve.resolve("conditions", ["F32.1", "f33", "S72.0"])
    assert [name.slug for name in names] == ["depression", "depression", None]
    assert "Depression" in client.get("/therapies/", {"for": "F32.1"}).content.decode()


def test_a_text_full_of_codes_asks_little_of_the_catalogue(site: Site, most_queries: Any) -> None:
    codes.ranges()
    with most_queries(2):  # the release, the titles
        assert len(codes.read("F32.1 F33.1 F41.1 F42 F43.10 T14.91XA 6A70 6B20 " * 9).meanings) == codes.MOST_READ


@pytest.mark.parametrize(("relation", "wrong"), [("none", False), ("exact", True)])
def test_a_curator_names_a_concern_or_says_that_there_is_none(relation: str, wrong: bool) -> None:
    row = CodeRange(slug="f00", system="icd10cm", prefix="F00", relation=relation)
    if wrong:
        with pytest.raises(ValidationError):
            row.clean()
    else:
        row.clean()


def test_the_kinds_of_danger_are_those_of_phrases(site: Site) -> None:
    assert {row["danger"] for row in site.content["code_ranges"]} <= {"", *DangerPhrase.KINDS}
