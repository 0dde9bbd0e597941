"""What stops a release, and what only warns."""

from datetime import date
from typing import Any

import pytest

from tests.builders import catalogue, recommendation, source, therapy
from therapies.releases.bundle import Bundle
from therapies.rules import release

TODAY = date(2026, 11, 22)


def line(**fields: Any) -> Bundle:
    dull = {"slug": "line", "line_name": "A line", "country": "United States", "kind": "helpline"}
    return catalogue(crisis_lines=[dull | fields])


def messages(content: Bundle, rule: str) -> list[str]:
    return [problem.message for problem in release.all_problems(content, today=TODAY) if problem.rule == rule]


def test_a_reference_to_nothing_stops_a_release() -> None:
    (problem,) = release.blocking_problems(catalogue(recommendations=[recommendation(therapy="gone")]), today=TODAY)
    assert (problem.field, problem.message) == ("therapy", "“gone” does not exist.")


@pytest.mark.parametrize(
    ("checked", "checked_on", "stops"),
    [
        (False, None, False),
        (True, "2026-11-01", False),
        (True, "2025-11-23", False),
        (True, "2025-11-22", True),
        (True, None, True),
        (True, "2027-01-01", False),  # the clock went back
    ],
)
def test_a_checked_crisis_line_that_nobody_looked_at_for_a_year_stops_a_release(
    checked: bool, checked_on: str | None, stops: bool
) -> None:
    assert bool(release.blocking_problems(line(checked=checked, checked_on=checked_on), today=TODAY)) is stops


def test_a_row_that_was_not_checked_warns() -> None:
    content = catalogue(therapies=[therapy()], recommendations=[recommendation(basis="recalled")])
    assert messages(content, "unchecked") == ["It is recalled: nobody has opened the document for it yet."]


def test_a_superseded_source_warns_only_while_something_rests_on_it() -> None:
    old = source("old", status="superseded", superseded_by="guideline-2020")
    assert messages(catalogue(sources=[source(), old]), "superseded") == []
    content = catalogue(sources=[source(), old], therapies=[therapy()], recommendations=[recommendation(source="old")])
    assert messages(content, "superseded") == [
        "It is superseded, and 1 entry rests on it. The newer one is “guideline-2020”."
    ]


def test_what_was_replaced_is_not_in_force() -> None:
    old = source("old", status="current", superseded_by="guideline-2020")
    problems = release.blocking_problems(catalogue(sources=[source(), old]), today=TODAY)
    assert [problem.message for problem in problems] == ["“guideline-2020” replaced it, so its status is superseded."]


def test_what_is_superseded_names_its_successor_or_says_which_it_is() -> None:
    def stops(**fields: Any) -> bool:
        old = source("old", status="superseded", **fields)
        problems = release.blocking_problems(catalogue(sources=[source(), old]), today=TODAY)
        return [problem.slug for problem in problems] == ["old"]

    assert stops()
    assert not stops(superseded_by="guideline-2020")
    assert not stops(note="The report of 2012 replaced it.")


def test_answers_not_written_yet_are_named_once_an_entry() -> None:
    program = therapy(summary="Words.", status="technique-level programme")
    problems = release.missing_answers(catalogue(therapies=[program]))
    assert [problem.message for problem in problems if problem.kind == "therapies"] == [
        "Not written yet: idea, session, difference."
    ]


def test_hard_texts_warn_and_long_names_are_set_aside() -> None:
    hard = "Psychotherapeutic interventions necessitate considerable metacognitive deliberation. " * 11
    assert messages(catalogue(therapies=[therapy(idea=hard)]), "words")[0].startswith("Reading grade")
    named = "Psychotherapeutic interventions can help you a lot. " * 10
    content = catalogue(therapies=[therapy(name="Psychotherapeutic interventions", idea=named)])
    assert messages(content, "words") == []


def test_words_that_readers_should_not_meet_warn_with_what_to_write_instead() -> None:
    (message,) = messages(catalogue(therapies=[therapy(idea="People who suffer from worry.")]), "words")
    assert message == "“suffer from”: say “have” or “live with”."


def test_two_entries_of_one_name_warn() -> None:
    content = catalogue(therapies=[therapy("a", name="Talking cure"), therapy("b", name="Talking Cure")])
    assert messages(content, "name") == ["“a” has the same name. Is one a copy of the other?"]
    formats = [{"slug": slug, "name": "In a group", "kind": "participants"} for slug in ("group", "in-a-group")]
    assert messages(catalogue(formats=formats), "name") == ["“group” has the same name. Is one a copy of the other?"]


def question(slug: str = "a-question", **fields: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": "Title",
        "line": "A line.",
        "leads_to": "/guide/",
        "phrases": ["which one"],
        **fields,
    }


def test_a_question_that_leads_nowhere_stops_a_release() -> None:
    content = catalogue(search_intents=[question(leads_to="/therapies/gone/")])
    (problem,) = release.blocking_problems(content, today=TODAY)
    assert (problem.field, problem.message) == ("leads_to", "There is no therapy “gone”.")


def test_two_questions_that_lead_to_one_page_warn() -> None:
    content = catalogue(search_intents=[question("a"), question("b")])
    assert messages(content, "name") == ["“a” leads to the same page. Make one question of the two."]
