"""What a release takes from the working copy."""

from datetime import date
from typing import Any

from tests.builders import catalogue, therapy
from therapies.releases.bundle import Bundle, entry_digest
from therapies.releases.merge import Merged, Review, Reviews, merge

KEY = ("therapies", "worry-therapy")


def content(**fields: Any) -> Bundle:
    return catalogue(therapies=[therapy(**fields)])


def signed(working: Bundle) -> Reviews:
    return {(*KEY, entry_digest(working["therapies"][0])): Review(date(2026, 11, 1), date(2028, 11, 1))}


def merged(working: Bundle, last: Bundle | None, reviews: Reviews | None = None, needed: bool = True) -> Merged:
    return merge(working=working, last=last, reviews=reviews or {}, sign_off_needed=needed)


def summary(result: Merged) -> str | None:
    return result.bundle["therapies"][0]["summary"] if result.bundle["therapies"] else None


def test_the_first_release_takes_the_starting_content_as_it_is() -> None:
    assert summary(merged(content(summary="New."), None)) == "New."


def test_an_unchanged_entry_stays_and_says_that_nobody_reviewed_it() -> None:
    result = merged(content(summary="Old."), content(summary="Old."))
    assert summary(result) == "Old."
    assert result.bundle["therapies"][0]["reviewed_on"] is None
    assert not result.goes_in
    assert not result.keeps_last


def test_an_edited_entry_keeps_its_text_of_the_last_release() -> None:
    result = merged(content(summary="New."), content(summary="Old."))
    assert summary(result) == "Old."
    assert result.keeps_last == [KEY]


def test_a_signed_off_entry_goes_in_with_the_date_of_its_review() -> None:
    now = content(summary="New.")
    result = merged(now, content(summary="Old."), signed(now))
    assert summary(result) == "New."
    assert result.goes_in == [KEY]
    assert result.bundle["therapies"][0]["reviewed_on"] == "2026-11-01"
    assert result.bundle["therapies"][0]["review_due"] == "2028-11-01"


def test_a_sign_off_of_other_words_does_not_count() -> None:
    assert (
        summary(merged(content(summary="New."), content(summary="Old."), signed(content(summary="Draft.")))) == "Old."
    )


def test_an_entry_edited_back_keeps_the_sign_off_of_its_old_words() -> None:
    old = content(summary="Old.")
    assert merged(old, old, signed(old)).bundle["therapies"][0]["reviewed_on"] == "2026-11-01"


def test_a_new_entry_that_nobody_signed_off_stays_out() -> None:
    result = merged(content(), catalogue())
    assert summary(result) is None
    assert result.stays_out == [KEY]


def test_a_withdrawn_entry_leaves() -> None:
    result = merged(catalogue(), content())
    assert summary(result) is None
    assert result.leaves == [KEY]


def test_a_site_that_asks_for_no_sign_off_takes_everything() -> None:
    result = merged(content(summary="New."), content(summary="Old."), needed=False)
    assert summary(result) == "New."
    assert result.goes_in == [KEY]


def test_review_dates_do_not_change_what_an_entry_says() -> None:
    row = content()["therapies"][0]
    assert entry_digest(row) == entry_digest(row | {"reviewed_on": "2026-01-01", "review_due": "2028-01-01"})


def test_a_field_that_the_models_gain_later_does_not_undo_a_sign_off() -> None:
    row = content()["therapies"][0]
    assert entry_digest(row) == entry_digest(row | {"gained": "", "also": [], "and": None, "flag": False})
    assert entry_digest(row) != entry_digest(row | {"gained": "words"})
    assert entry_digest(row | {"sessions_min": 0}) != entry_digest(row | {"sessions_min": None})
