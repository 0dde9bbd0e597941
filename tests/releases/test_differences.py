"""What differs between two releases, in plain words."""

from tests.builders import catalogue, recommendation, therapy
from therapies.domain.diff import word_difference
from therapies.releases.differences import as_data, differences, from_data


def test_a_changed_text_is_shown_word_by_word() -> None:
    assert word_difference("Ten to 20 weekly sessions.", "Ten to 16 weekly sessions.") == [
        ("same", "Ten to "),
        ("gone", "20"),
        ("new", "16"),
        ("same", " weekly sessions."),
    ]


def test_a_very_long_text_is_shown_as_replaced_whole() -> None:
    assert [state for state, _ in word_difference("a " * 9_000, "b " * 9_000)] == ["gone", "new"]


def test_references_are_shown_by_name_and_choices_by_label() -> None:
    old = catalogue(therapies=[therapy(structure="high")])
    new = catalogue(therapies=[therapy(structure="low", commonly_used_for=["worry"])])
    (change,) = differences(old, new)
    assert {(field.label, field.before, field.after) for field in change.fields} == {
        ("Structure", "Planned step by step", "Open, follows you"),
        ("Commonly used for", "", "Worry"),
    }


def test_a_recommendation_is_named_by_whom_for_what_and_by_which_body() -> None:
    old = catalogue(therapies=[therapy()])
    new = catalogue(therapies=[therapy()], recommendations=[recommendation()])
    (change,) = differences(old, new)
    assert (change.what, change.name) == ("added", "Worry therapy for Worry, National Body 2020")


def test_differences_survive_being_kept_with_a_release() -> None:
    changes = differences(catalogue(therapies=[therapy()]), catalogue(therapies=[therapy(summary="Words.")]))
    assert from_data(as_data(changes)) == changes
