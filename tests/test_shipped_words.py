"""The shipped texts, held to the content policy: checked, not hoped."""

import re
import statistics
from datetime import date
from functools import lru_cache

import pytest
from django.conf import settings

from therapies.releases import bundle
from therapies.rules import readability, release, texts

TODAY = date(2026, 11, 22)


@lru_cache(maxsize=1)
def shipped() -> bundle.Bundle:
    return bundle.read_folder(settings.FIXTURES_DIR)


def test_no_entry_owes_its_readers_an_answer() -> None:
    assert [str(problem) for problem in release.missing_answers(shipped())] == []


@pytest.mark.parametrize("rule", ["length", "shared", "source", "link", "abbreviation", "count"])
def test_no_text_breaks_a_rule(rule: str) -> None:
    assert [str(problem) for problem in texts.text_problems(shipped()) if problem.rule == rule] == []


COUNTING = {"about.html", "about_freshness.html"}  # what they say of how much was reviewed is counted


@pytest.mark.parametrize("pattern", ["CHANGELOG.md", "README.md", "templates/**/*.html"])
def test_nothing_else_that_is_written_says_what_a_sign_off_makes_untrue(pattern: str) -> None:
    paths = [path for path in settings.BASE_DIR.glob(pattern) if path.name not in COUNTING]
    assert paths
    written = {
        path.name: re.sub(r"\s+", " ", re.sub(r"\{[%#].*?[%#]\}|<[^>]*>", " ", path.read_text())) for path in paths
    }
    assert {name: found for name, text in written.items() if (found := texts.counting_sentences(text))} == {}


def test_no_text_over_sixty_words_is_harder_than_grade_eight_and_none_uses_words_to_avoid() -> None:
    assert [str(problem) for problem in release.hard_words(shipped())] == []


def test_the_median_text_is_under_grade_seven() -> None:
    names = release.names_of(shipped())
    grades = [readability.grade(item.text, names) for item in texts.reader_texts(shipped())]
    assert statistics.median(grades) < 7


def test_summaries_fit_on_a_card() -> None:
    rows = shipped()["therapies"]
    assert [row["slug"] for row in rows if len(readability.words(row["summary"])) > 24] == []


def test_every_therapy_has_three_to_five_questions_to_ask() -> None:
    rows = [row for row in shipped()["therapies"] if row["status"] != "discouraged"]
    assert [row["slug"] for row in rows if not 3 <= len(row["real_thing"]) <= 5] == []
    assert [row["slug"] for row in rows if not all(text.endswith("?") for text in row["real_thing"])] == []


def test_every_condition_has_eight_phrases_that_people_type() -> None:
    assert [row["slug"] for row in shipped()["conditions"] if len(row["phrases"]) < 8] == []


def test_the_card_texts_of_therapies_differ() -> None:
    summaries = [row["summary"] for row in shipped()["therapies"]]
    assert len(set(summaries)) == len(summaries)


def test_nothing_stops_the_shipped_catalogue_from_being_published() -> None:
    assert [str(problem) for problem in release.blocking_problems(shipped(), today=TODAY)] == []
