"""What is due, in order of risk."""

from datetime import date, timedelta
from typing import Any

from tests.builders import catalogue, recommendation, source, therapy
from therapies.curate.queue import DueContext, LastCheck, due_piles
from therapies.releases.bundle import Bundle, entry_digest
from therapies.releases.merge import Review

TODAY = date(2026, 11, 22)
ROW = ("unchecked", "recommendations", "row-1")


def context(**fields: Any) -> DueContext:
    nothing: dict[str, Any] = {"today": TODAY, "reviews": {}, "waiting": [], "checks": {}, "broken": {}}
    return DueContext(**nothing | fields)


def unchecked(**fields: Any) -> Bundle:
    return catalogue(therapies=[therapy()], recommendations=[recommendation(basis="recalled", **fields)])


def checked(content: Bundle, verdict: str, days_ago: int) -> dict[tuple[str, str, str, str], LastCheck]:
    digest = entry_digest(content["recommendations"][0])
    return {(*ROW, digest): LastCheck(verdict, "Which table?", TODAY - timedelta(days=days_ago))}


def slugs(content: Bundle, reason: str, **fields: Any) -> list[str]:
    return [card.slug for card in due_piles(content, context(**fields))[reason]]


def test_crisis_lines_come_first_and_those_of_the_united_states_before_the_rest() -> None:
    dull = {"line_name": "A line", "kind": "helpline", "country": "Somewhere"}
    lines = [{"slug": "a", "iso2": "CA", **dull}, {"slug": "b", "iso2": "US", **dull}]
    piles = due_piles(catalogue(crisis_lines=lines), context())
    assert next(iter(piles)) == "crisis"
    assert [card.slug for card in piles["crisis"]] == ["b", "a"]


def test_a_line_checked_this_year_is_not_due_piles() -> None:
    line = {"slug": "a", "line_name": "A", "kind": "helpline", "country": "US", "checked": True}
    assert slugs(catalogue(crisis_lines=[line | {"checked_on": "2026-06-01"}]), "crisis") == []
    assert slugs(catalogue(crisis_lines=[line | {"checked_on": "2025-06-01"}]), "crisis") == ["a"]


def test_rows_of_the_most_used_entries_come_first() -> None:
    rows = [
        recommendation("rare", therapy="rare-one", basis="recalled"),
        recommendation("used", basis="recalled"),
        recommendation("other"),
    ]
    content = catalogue(therapies=[therapy(), therapy("rare-one")], recommendations=rows)
    assert slugs(content, "unchecked") == ["used", "rare"]


def test_a_statement_is_named_by_whom_it_is_about_and_who_says_so() -> None:
    (card,) = due_piles(unchecked(), context())["unchecked"]
    assert card.name == "Worry therapy for Worry, National Body 2020"


def test_a_card_found_right_is_left_out_for_a_year() -> None:
    content = unchecked()
    assert slugs(content, "unchecked", checks=checked(content, "right", 300)) == []
    assert slugs(content, "unchecked", checks=checked(content, "right", 366)) == ["row-1"]


def test_a_card_comes_back_when_its_entry_changes() -> None:
    assert slugs(unchecked(fact="Changed."), "unchecked", checks=checked(unchecked(), "right", 1)) == ["row-1"]


def test_a_card_that_needs_a_second_look_moves_there_with_the_note() -> None:
    content = unchecked()
    piles = due_piles(content, context(checks=checked(content, "second-look", 1)))
    assert piles["unchecked"] == []
    assert "“Which table?”" in piles["second-look"][0].message


def test_a_review_is_due_on_its_day_and_an_entry_never_reviewed_says_so() -> None:
    content = catalogue(therapies=[therapy()])
    key = ("therapies", "worry-therapy", entry_digest(content["therapies"][0]))
    assert "worry-therapy" in slugs(content, "unreviewed")
    assert slugs(content, "review-due", reviews={key: Review(date(2024, 11, 22), TODAY)}) == ["worry-therapy"]
    later = {key: Review(date(2024, 11, 22), TODAY + timedelta(days=1))}
    assert slugs(content, "review-due", reviews=later) == []
    assert "worry-therapy" not in slugs(content, "unreviewed", reviews=later)


def test_a_broken_link_is_due_wherever_it_is_used() -> None:
    content = catalogue(sources=[source(url="https://gone.example/doc")])
    (card,) = due_piles(content, context(broken={"https://gone.example/doc": "Not there any more (404)"}))["link"]
    assert (card.slug, card.message) == ("guideline-2020", "https://gone.example/doc: Not there any more (404)")


def test_only_the_reasons_asked_for_are_looked_into() -> None:
    piles = due_piles(unchecked(), context(), only=["missing"])
    assert piles["missing"]
    assert not piles["unchecked"]
