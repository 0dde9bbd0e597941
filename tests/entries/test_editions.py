"""What changed between two editions, from their statements alone."""

from datetime import date
from typing import Any

import pytest

from therapies.entries.editions import EditionChanges, compare
from therapies.models import Condition, Recommendation, Source, Therapy

OLD, NEW = Source(pk=1, slug="old", year="2009"), Source(pk=2, slug="new", year="2022")
WORRY, SLEEP = Condition(pk=1, name="Worry"), Condition(pk=2, name="Sleep")
TALK, BREATH = Therapy(pk=1, name="Talk"), Therapy(pk=2, name="Breath")


def row(source: Source, stance: str = "recommended", **fields: Any) -> Recommendation:
    dull = {"therapy": TALK, "condition": WORRY, "ages": ["adult"], "basis": "read"}
    return Recommendation(source=source, stance=stance, **{**dull, **fields})


def told(changes: EditionChanges) -> dict[str, list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]]:
    """The changes of each list: therapy, ages, before and after."""
    return {
        part.title: [(each.therapy.name, each.ages, each.before, each.after) for each in part.changes]
        for part in changes.lists
    }


def compared(*rows: Recommendation) -> EditionChanges:
    return compare([OLD], NEW, rows)


def test_what_both_say_alike_is_no_change() -> None:
    changes = compared(row(OLD), row(NEW))
    assert told(changes) == {}
    assert changes.same == 1


def test_another_stance_is_a_change() -> None:
    found = told(compared(row(OLD), row(NEW, "do-not")))
    assert found == {"Changed": [("Talk", "Adults", ("Recommended",), ("Advised against",))]}


def test_a_severity_is_shown_and_makes_no_change() -> None:
    changes = compared(row(OLD), row(NEW, severity="mild"), row(NEW, severity="severe"))
    assert changes.same == 1
    changed = told(compared(row(OLD), row(NEW, "option", severity="mild"), row(NEW)))["Changed"]
    assert changed[0][3] == ("Listed as an option (mild)", "Recommended")


def test_silence_is_no_change_until_somebody_went_through_the_other_edition() -> None:
    rows = [row(OLD), row(NEW, therapy=BREATH)]
    assert list(told(compared(*rows))) == ["Found only in the newer one", "Found only in the older one"]
    assert all("may say this too" in part.caution for part in compared(*rows).lists)
    through = date(2026, 11, 2)
    old, new = Source(pk=1, slug="old", gone_through_on=through), Source(pk=2, slug="new", gone_through_on=through)
    changes = compare([old], new, [row(old), row(new, therapy=BREATH)])
    assert list(told(changes)) == ["New", "Dropped"]
    assert [part.caution for part in changes.lists] == ["", ""]


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [
        (["adult", "older"], ["adult"], True),  # “adults” means everyone from 18 up
        (["adult"], ["adult", "older"], True),
        (["child"], ["child", "adolescent"], False),
    ],
)
def test_ages_are_compared_one_by_one(before: list[str], after: list[str], alike: bool) -> None:
    changes = compared(row(OLD, ages=before), row(NEW, ages=after))
    assert changes.same == 1
    assert (changes.lists == []) == alike
    if not alike:
        assert told(changes) == {"Found only in the newer one": [("Talk", "Teenagers", (), ("Recommended",))]}


def test_another_purpose_is_a_change() -> None:
    found = told(compared(row(OLD), row(NEW, purpose="relapse-prevention")))
    assert found == {"Changed": [("Talk", "Adults", ("Recommended",), ("Recommended (to prevent relapse)",))]}


def test_what_rests_on_a_recalled_statement_is_to_be_checked() -> None:
    (part,) = compared(row(OLD, basis="recalled"), row(NEW, "option")).lists
    assert not part.changes[0].is_checked


def test_a_concern_of_the_newer_one_alone_is_named_without_its_statements() -> None:
    changes = compared(row(OLD), row(NEW), row(NEW, condition=SLEEP))
    assert changes.only_newer == [SLEEP]
    assert changes.lists == []


def test_an_edition_of_which_nothing_is_on_file_is_not_compared() -> None:
    changes = compared(row(NEW))
    assert changes.unknown == [OLD]
    assert changes.lists == []
    assert changes.only_newer == []


def test_several_older_documents_are_compared_as_one() -> None:
    other = Source(pk=3, slug="other", year="2010")
    changes = compare([OLD, other], NEW, [row(OLD), row(other, therapy=BREATH), row(NEW), row(NEW, therapy=BREATH)])
    assert changes.same == 2
    assert changes.lists == []
