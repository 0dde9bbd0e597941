"""What is due, in order of risk."""

from datetime import date, timedelta
from typing import Any

from tests.builders import catalogue, condition, recommendation, source, therapy
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
    assert list(piles)[:2] == ["leads", "crisis"]
    assert [card.slug for card in piles["crisis"]] == ["b", "a"]


def test_a_line_checked_this_year_is_not_due_piles() -> None:
    line = {"slug": "a", "line_name": "A", "kind": "helpline", "country": "US", "checked": True}
    assert slugs(catalogue(crisis_lines=[line | {"checked_on": "2026-06-01"}]), "crisis") == []
    assert slugs(catalogue(crisis_lines=[line | {"checked_on": "2025-06-01"}]), "crisis") == ["a"]


def test_rows_of_the_most_used_entries_come_first() -> None:
    rows = [
        recommendation("rare", therapy="rare-one", basis="recalled"),
        recommendation("used", basis="recalled"),
        recommendation("other", condition="fear"),
    ]
    content = catalogue(
        therapies=[therapy(), therapy("rare-one")], conditions=[condition("fear")], recommendations=rows
    )
    assert slugs(content, "unchecked") == ["used", "rare"]


# ── Statements that nobody has checked: what changes a label first, and document by document ──


def two_documents(**fields: Any) -> dict[str, Any]:
    """A second document, of another body, and a therapy for each."""
    return {"therapies": [therapy(), therapy("other")], "sources": [source("list-2021", body="Other Body", **fields)]}


def test_what_changes_a_label_comes_before_a_warning_and_that_before_an_edition_that_is_not_complete() -> None:
    rows = [
        recommendation("edition", basis="recalled"),
        recommendation("agrees"),
        recommendation("label", basis="recalled", therapy="other", source="list-2021"),
        recommendation("warning", basis="recalled", stance="do-not", purpose="prevention", source="note-2021"),
        recommendation("warns-too", stance="do-not", source="note-2022"),
        recommendation("old", basis="recalled", stance="do-not", source="gone-1999"),
    ]
    content = two_documents()
    content["sources"] += [source("note-2021", body="A"), source("note-2022", body="B")]
    content["sources"] += [source("gone-1999", body="C", status="superseded")]
    assert slugs(catalogue(recommendations=rows, **content), "unchecked") == ["label", "warning", "edition", "old"]


def test_an_edition_that_somebody_went_through_has_nothing_to_hide() -> None:
    rows = [
        recommendation("a", basis="recalled"),
        recommendation("b", basis="recalled", source="list-2021"),
        recommendation("c"),
    ]
    whole = [source(gone_through_on="2026-01-01"), *two_documents()["sources"]]
    assert slugs(catalogue(therapies=[therapy()], sources=whole, recommendations=rows), "unchecked") == ["b", "a"]


def test_cards_of_one_document_stand_together_where_its_most_important_one_is() -> None:
    rows = [
        recommendation("a-label", basis="recalled", therapy="other", source="list-2021"),
        recommendation("b-dull", basis="recalled"),
        recommendation("c-agrees"),
        recommendation("d-dull", basis="recalled", source="list-2021"),
        recommendation("e-label", basis="recalled", therapy="third", stance="option"),
    ]
    content = two_documents()
    content["therapies"].append(therapy("third"))
    piles = due_piles(catalogue(recommendations=rows, **content), context())
    documents = [card.document for card in piles["unchecked"]]
    assert [card.slug for card in piles["unchecked"]] == ["a-label", "d-dull", "e-label", "b-dull"]
    assert documents == ["list-2021", "list-2021", "guideline-2020", "guideline-2020"]


def message(content: Bundle) -> str:
    return due_piles(content, context())["unchecked"][0].message


def test_a_card_says_what_becomes_of_the_label() -> None:
    assert (
        "If this is right, the label of Worry therapy for Worry becomes checked. If it is wrong, it goes away."
    ) in message(unchecked())
    used = catalogue(
        therapies=[therapy(abbreviation="WT", commonly_used_for=["worry"])],
        recommendations=[recommendation(basis="recalled")],
    )
    assert "the label of WT for Worry becomes checked. If it is wrong, it becomes “In use, not rated”." in message(used)


def test_a_label_that_holds_for_everybody_may_hang_on_the_statement_at_one_age() -> None:
    rows = [recommendation("adults"), recommendation("children", ages=["child"], basis="recalled", source="list-2021")]
    content = catalogue(recommendations=rows, **two_documents())
    assert "the label of Worry therapy for Worry (children) becomes checked" in message(content)


def test_a_label_for_preventing_a_relapse_can_hang_on_it_too() -> None:
    rows = [recommendation("row"), recommendation("relapse", purpose="relapse-prevention", basis="recalled")]
    content = catalogue(therapies=[therapy()], recommendations=rows)
    assert "the label of Worry therapy for Worry (to prevent a relapse) becomes checked" in message(content)


def test_editions_that_nobody_confirmed_come_first_and_then_those_not_gone_through() -> None:
    kinds = [
        source("a-known"),
        source("b-unknown", kind="rating-list", status="unknown"),
        source("c-study", kind="study", status="unknown"),
        source("d-whole", gone_through_on="2026-01-01"),
        source("e-old", status="superseded"),
    ]
    content = catalogue(sources=kinds)
    content["sources"] = [row for row in content["sources"] if row["slug"] != "guideline-2020"]
    assert slugs(content, "editions") == ["b-unknown", "a-known"]


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
