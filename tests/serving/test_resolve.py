from collections.abc import Callable
from typing import Any

import pytest

from tests import builders
from tests.conftest import Site
from therapies.models import KINDS
from therapies.models.base import name_key
from therapies.serving import resolve


@pytest.mark.parametrize(
    ("kind", "written", "slug"),
    [
        ("therapies", "cognitive-behavioral-therapy", "cognitive-behavioral-therapy"),
        ("therapies", "cbt", "cognitive-behavioral-therapy"),
        ("therapies", "CBT", "cognitive-behavioral-therapy"),
        ("therapies", "Cognitive behavioural therapy", "cognitive-behavioral-therapy"),
        ("therapies", "act", "acceptance-and-commitment-therapy"),
        ("therapies", "EMDR", "eye-movement-desensitization-and-reprocessing"),
        ("conditions", "gad", "generalized-anxiety"),
        ("conditions", "PTSD", "ptsd"),
    ],
)
def test_abbreviations_aliases_and_spellings_of_the_shipped_catalogue_mean_one_entry(
    site: Site, kind: str, written: str, slug: str
) -> None:
    (name,) = resolve.resolve(kind, [written])
    assert name.slug == slug


def test_every_slug_and_every_unambiguous_name_of_every_entry_is_found(site: Site) -> None:
    for kind in (slug for slug, kind in KINDS.items() if kind.route and kind.route != "topic"):
        rows = site.content[kind]
        found = resolve.resolve(kind, [row["slug"] for row in rows[:50]])
        assert [name.slug for name in found] == [row["slug"] for row in rows[:50]]


def test_an_ambiguous_name_has_all_its_meanings_and_no_slug(serve: Callable[..., Site]) -> None:
    serve(
        builders.catalogue(
            therapies=[
                builders.therapy("art-therapy", abbreviation="AT"),
                builders.therapy("attachment-therapy", abbreviation="AT"),
            ]
        )
    )
    (name,) = resolve.resolve("therapies", ["at"])
    assert (name.slug, name.slugs) == (None, ["art-therapy", "attachment-therapy"])


def test_an_abbreviation_comes_before_a_name_and_an_approach_before_a_program(
    serve: Callable[..., Site],
) -> None:
    serve(
        builders.catalogue(
            therapies=[
                builders.therapy("acceptance", abbreviation="ACT"),
                builders.therapy("action-program", abbreviation="ACT", status="technique-level programme"),
                builders.therapy("drama", aliases=["act"]),
            ]
        )
    )
    (name,) = resolve.resolve("therapies", ["ACT"])
    assert name.slug == "acceptance"


@pytest.mark.parametrize("written", ["nothing-of-this-name", "", "  ", "'; DROP TABLE", "🙂", "a" * 5000, "\x00"])
def test_an_unknown_name_means_nothing(site: Site, written: str) -> None:
    (name,) = resolve.resolve("therapies", [written])
    assert name.slugs == []


def test_however_many_names_there_are_few_queries_are_asked(site: Site, most_queries: Callable[[int], Any]) -> None:
    with most_queries(3):
        found = resolve.resolve("therapies", [f"name {number}" for number in range(400)])
    assert len(found) == 50, "more than anybody means is cut off"


def test_a_slip_of_the_pen_brings_the_nearest_spellings(site: Site) -> None:
    assert "cognitive-behavioral-therapy" in resolve.suggestions("therapies", "cognative behavioral therapy")
    assert resolve.suggestions("therapies", "qqqqqqqqqqqq") == []


@pytest.mark.parametrize(
    ("written", "slug"),
    [("panic", "panic-attacks-and-panic-disorder"), ("suicidal", "suicidal-thoughts"), ("bulimic", "bulimia-nervosa")],
)
def test_a_word_of_a_name_brings_that_name_first(site: Site, written: str, slug: str) -> None:
    assert resolve.suggestions("conditions", written)[0] == slug


@pytest.mark.parametrize(
    ("text", "key"),
    [("CBT-I", "cbt-i"), ("Person-centred  therapy", "person-centred-therapy"), ("Beck’s", "becks"), ("--", "")],
)
def test_names_are_compared_without_case_and_punctuation(text: str, key: str) -> None:
    assert name_key(text) == key


def test_an_abbreviation_of_several_approaches_lists_its_programs_too(site: Site) -> None:
    (eft,) = resolve.resolve("therapies", ["EFT"])
    assert "emotional-freedom-techniques" in eft.slugs
    assert len(eft.slugs) == 3
