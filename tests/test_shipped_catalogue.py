"""The content that comes with the code is under test like the code: nothing dropped, every reference resolved."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from therapies.curate.labels import BundleLabels
from therapies.domain import codes
from therapies.domain.standing import beside, derive
from therapies.domain.statements import AGAINST_STANCES
from therapies.models import KINDS, Source
from therapies.models.base import name_key
from therapies.releases import code_titles
from therapies.releases.bundle import Bundle
from therapies.rules import release
from therapies.rules.problems import Problem
from therapies.rules.release import superseded_by_nothing
from therapies.rules.statements import bodies_spelled_twice, remarks_as_their_words

LEAST = {
    "therapies": 234,
    "techniques": 207,
    "conditions": 132,
    "condition_groups": 18,
    "formats": 52,
    "families": 15,
    "sources": 364,
    "recommendations": 1003,
    "condition_statements": 105,
    "crisis_lines": 260,
    "look_alikes": 13,
    "ambiguous_terms": 37,
}


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_nothing_of_the_collected_data_is_dropped(shipped: Bundle, kind: str) -> None:
    assert len(shipped[kind]) >= LEAST[kind]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_keys_are_unique_and_fit_an_address(shipped: Bundle, kind: str) -> None:
    slugs = Counter(row["slug"] for row in shipped[kind])
    assert [slug for slug, count in slugs.items() if count > 1] == []
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(--?[a-z0-9]+)*", slug)] == []


def test_every_relation_resolves(shipped: Bundle) -> None:
    assert list(release.dangling_references(shipped)) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_choice_is_one_that_the_models_know(shipped: Bundle, kind: str) -> None:
    fields = [
        field for field in KINDS[kind].model._meta.concrete_fields if field.choices or getattr(field, "allowed", None)
    ]
    for field in fields:
        known = set(getattr(field, "allowed", None) or dict(field.flatchoices)) | ({""} if field.blank else set())
        for row in shipped[kind]:
            values = row[field.name] if isinstance(row[field.name], list) else [row[field.name]]
            assert set(values) <= known, (kind, row["slug"], field.name)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_text_fits_its_field(shipped: Bundle, kind: str) -> None:
    for field in KINDS[kind].model._meta.concrete_fields:
        if field.max_length:
            for row in shipped[kind]:
                assert len(row[field.name] or "") <= field.max_length, (kind, row["slug"], field.name)


def test_names_of_therapies_are_different_and_american(shipped: Bundle) -> None:
    names = Counter(name_key(row["name"]) for row in shipped["therapies"])
    assert [name for name, count in names.items() if count > 1] == []
    british = re.compile(r"behaviour|counsell|centred|programme\b", re.IGNORECASE)
    for kind in ("therapies", "conditions", "techniques", "formats", "families"):
        assert [row["name"] for row in shipped[kind] if british.search(row["name"])] == []


def test_the_codes_of_conditions_are_codes_of_icd_10_cm(shipped: Bundle) -> None:
    titles = code_titles.icd10cm()
    for row in shipped["conditions"]:
        for code in map(codes.key, row["icd10cm_codes"]):
            assert code in titles[code[:3]], f"{row['slug']}: {code}"


def test_a_range_of_codes_has_a_concern_or_says_that_there_is_none_and_is_the_only_one(shipped: Bundle) -> None:
    rows = shipped["code_ranges"]
    for row in rows:
        assert (row["condition"] is None) == (row["relation"] == "none"), row["slug"]
        assert row["say"] or row["relation"] == "exact", row["slug"]
        assert row["prefix"] == row["prefix"].upper(), row["slug"]
    keys = Counter((row["system"], codes.key(row["prefix"])) for row in rows)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_code_has_its_title(shipped: Bundle) -> None:
    for row in shipped["conditions"]:
        for system in ("icd10cm", "icd11"):
            codes, titles = row[f"{system}_codes"], row[f"{system}_titles"]
            assert len(codes) == len(titles), f"{row['slug']}: {system}"


def test_a_discouraged_practice_says_who_warns_and_is_recommended_nowhere(shipped: Bundle) -> None:
    discouraged = {row["slug"]: row for row in shipped["therapies"] if row["status"] == "discouraged"}
    assert discouraged
    for row in discouraged.values():
        assert row["who_warns"] or row["cautions"], row["slug"]
    for row in shipped["recommendations"]:
        assert row["therapy"] not in discouraged or row["stance"] in {*AGAINST_STANCES, "finding", "insufficient"}


def test_what_its_own_body_no_longer_takes_to_be_current_is_not_in_force(shipped: Bundle) -> None:
    """AACAP gave its practice parameters up; the American Psychiatric Association marks what it has not renewed."""
    given_up = {row["slug"] for row in shipped["sources"] if row["title"].startswith("Practice parameter: ")}
    given_up |= {
        row["slug"]
        for row in shipped["sources"]
        if row["body_short"] == "American Psychiatric Assoc." and row["kind"] == "guideline" and row["year"] < "2015"
    }
    assert len(given_up) >= 11
    assert [slug for slug in given_up if in_force(shipped, slug)] == []
    assert in_force(shipped, "aacap-anxiety-2020")
    assert in_force(shipped, "aacap-depression-2022")


def test_no_guideline_is_silenced_by_one_that_is_about_something_else(shipped: Bundle) -> None:
    """NICE speaks of depression with an illness in one guideline and of tiredness in a newer one.

    What is said of one illness alone stands beside the label for all of them.
    """
    labels, pair = BundleLabels(shipped), ("cognitive-behavioral-therapy", "living-with-a-long-term-illness")
    assert labels.standings()[pair].sentence == "1 guideline recommends it"
    told = {one.words: one.standing.name for one in beside(labels.spoken[pair].values(), ages=["adult"])}
    assert told["For people after a heart attack or unstable angina"] == "Recommended"
    assert told["For people with multiple sclerosis"] == "An option"


def test_what_is_said_of_a_part_of_the_people_makes_no_label_for_everybody(shipped: Bundle) -> None:
    labels = BundleLabels(shipped)
    standings = {pair: derive(rows.values(), used=False, ages=["adult"]) for pair, rows in labels.spoken.items()}
    for therapy, concern, name in (
        ("cognitive-behavioral-therapy", "ptsd", "An option"),
        ("guided-self-help", "bulimia-nervosa", "An option"),
        ("dialectical-behavior-therapy", "bulimia-nervosa", "Second choice for people of higher weight"),
        ("sex-therapy", "sexual-problems", "Recommended for women"),
    ):
        standing = standings[therapy, concern]
        assert standing
        assert standing.name == name, (therapy, concern)


def test_first_choices_for_anorexia_in_adults_are_those_of_the_guideline_that_names_an_order(shipped: Bundle) -> None:
    labels = BundleLabels(shipped)
    of_adults = {
        therapy: derive(rows.values(), used=False, ages=["adult"])
        for (therapy, concern), rows in labels.spoken.items()
        if concern == "anorexia-nervosa"
    }
    lines = {therapy: standing.line for therapy, standing in of_adults.items() if standing}
    assert {therapy for therapy, line in lines.items() if line == "first"} == {
        "enhanced-cbt-for-eating-disorders",
        "maudsley-anorexia-treatment-for-adults",
        "specialist-supportive-clinical-management",
        "focal-psychodynamic-therapy",  # by the German guideline of 2018, which sets these four beside each other
    }
    rows = labels.spoken["focal-psychodynamic-therapy", "anorexia-nervosa"].values()
    others = derive([row for row in rows if row.body != "AWMF"], used=False, ages=["adult"])
    assert others
    assert others.line == "after-first"


def test_a_document_that_was_gone_through_was_read_in_itself(shipped: Bundle) -> None:
    """A summary, an abstract, a draft or a news page holds less than the document, and so does what is recalled."""
    through = {row["slug"] for row in shipped["sources"] if row["gone_through_on"]}
    rows = [row for kind in ("recommendations", "condition_statements") for row in shipped[kind]]
    told = [row for row in rows if row["source"] in through]
    assert through
    assert through == {row["source"] for row in told}
    assert [row["slug"] for row in told if row["basis"] == "recalled"] == []
    assert [row["slug"] for row in told if re.search(r"abstract|synopsis|draft|pubmed|/news/", row["read_url"])] == []
    assert [row["slug"] for row in told if re.match(r"abstract|summary|synopsis", row["locator"], re.IGNORECASE)] == []


def test_no_survey_of_what_staff_do_is_told_as_harm_found(shipped: Bundle) -> None:
    rows = [row for row in shipped["recommendations"] if row["finding_level"] == "harmful"]
    assert [row["slug"] for row in rows if row["source"] == "suicide-intervention-practices-2023"] == []


def in_force(content: Bundle, slug: str) -> bool:
    (row,) = (row for row in content["sources"] if row["slug"] == slug)
    return row["status"] in Source.IN_FORCE


def test_only_a_documents_own_address_is_linked(shipped: Bundle) -> None:
    for row in shipped["sources"]:
        assert not row["url_is_official"] or row["url"].startswith("https://") or row["url"].startswith("http://")


def test_the_united_states_have_an_emergency_number_and_a_line_to_call_and_text(shipped: Bundle) -> None:
    lines = [row for row in shipped["crisis_lines"] if row["iso2"] == "US"]
    assert any(row["emergency_number"] == "911" for row in lines)
    assert any(row["phone"] == "988" for row in lines)
    assert any("741741" in row["text"] or "988" in row["text"] for row in lines)


def test_nothing_shipped_claims_a_review_or_a_check_that_nobody_made(shipped: Bundle) -> None:
    assert [row["slug"] for row in shipped["therapies"] if row["reviewed_on"]] == []
    assert [row["slug"] for row in shipped["crisis_lines"] if row["checked"] or row["checked_on"]] == []


@pytest.mark.parametrize("rule", [bodies_spelled_twice, remarks_as_their_words, superseded_by_nothing])
def test_statements_name_one_body_in_one_way_and_in_its_own_words(
    shipped: Bundle, rule: Callable[[Bundle], Iterable[Problem]]
) -> None:
    assert [str(problem) for problem in rule(shipped)] == []
