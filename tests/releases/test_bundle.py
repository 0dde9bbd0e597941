import copy
import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from therapies.models import KINDS, Condition, Recommendation, Therapy
from therapies.releases import bundle
from therapies.releases.bundle import Bundle, BundleError


@pytest.mark.django_db
def test_the_shipped_catalogue_comes_back_from_a_database_unchanged(shipped: Bundle) -> None:
    bundle.load(shipped)
    assert bundle.to_text(bundle.dump()) == bundle.to_text(shipped)


@pytest.mark.django_db
def test_loading_twice_changes_nothing_not_even_row_numbers(shipped: Bundle) -> None:
    bundle.load(shipped)
    numbers = dict(Therapy.objects.values_list("slug", "pk"))
    bundle.load(shipped)
    assert dict(Therapy.objects.values_list("slug", "pk")) == numbers


@pytest.mark.django_db
def test_loading_makes_the_database_equal_to_the_bundle_and_removes_what_is_not_in_it() -> None:
    bundle.load(builders.catalogue(therapies=[builders.therapy("one"), builders.therapy("two", parents=["one"])]))
    after = builders.catalogue(therapies=[builders.therapy("two", name="Another name")])
    bundle.load(after)
    assert bundle.dump() == after


@pytest.mark.django_db
def test_a_failed_load_leaves_everything_as_it_was() -> None:
    before = builders.catalogue(therapies=[builders.therapy("one")])
    bundle.load(before)
    broken = builders.catalogue(therapies=[builders.therapy("two", nearest="nowhere")])
    with pytest.raises(BundleError):
        bundle.load(broken)
    assert bundle.dump() == before


def test_the_text_is_the_same_whatever_order_rows_and_fields_come_in(shipped: Bundle) -> None:
    def shuffle(things: Any) -> list[Any]:
        return random.sample(list(things), len(things))

    shuffled = {kind: [dict(shuffle(row.items())) for row in shuffle(shipped[kind])] for kind in shuffle(KINDS)}
    assert bundle.to_text(bundle.normalize(shuffled)) == bundle.to_text(shipped)


def test_the_text_is_read_back_as_it_was_written(shipped: Bundle) -> None:
    text = bundle.to_text(shipped)
    assert bundle.to_text(bundle.parse(text)) == text
    assert bundle.digest(text) == hashlib.sha256(text.encode()).hexdigest()


def test_a_change_of_one_letter_changes_the_digest(shipped: Bundle) -> None:
    changed = copy.deepcopy(shipped)
    changed["therapies"][0]["name"] += "s"
    assert bundle.digest(bundle.to_text(changed)) != bundle.digest(bundle.to_text(shipped))


def write_folder(content: Bundle, folder: Path) -> None:
    """As the folder fixtures/ is written: a file a kind."""
    for kind in KINDS:
        (folder / f"{kind}.json").write_text(json.dumps(content[kind]))


def test_a_folder_of_files_is_a_bundle(shipped: Bundle, tmp_path: Path) -> None:
    write_folder(shipped, tmp_path)
    assert bundle.read_folder(tmp_path) == shipped


def test_a_kind_without_a_file_is_refused_by_the_name_of_both(shipped: Bundle, tmp_path: Path) -> None:
    write_folder(shipped, tmp_path)
    (tmp_path / "look_alikes.json").unlink()
    with pytest.raises(BundleError, match=r"look-alikes have no file: .*look_alikes\.json is expected"):
        bundle.read_folder(tmp_path)


def test_an_entry_keeps_its_digest_while_others_change() -> None:
    row = builders.catalogue(therapies=[builders.therapy()])["therapies"][0]
    same = builders.catalogue(therapies=[builders.therapy(), builders.therapy("other")])["therapies"][1]
    assert bundle.entry_digest(row) == bundle.entry_digest(same)
    assert bundle.entry_digest(row) != bundle.entry_digest({**row, "idea": "Something new."})


# ── Bundles of older and newer code ──


def test_an_old_bundle_gets_the_defaults_of_fields_that_came_later() -> None:
    old = {"slug": "cbt", "name": "CBT", "family": "cbt-family"}
    row = bundle.normalize({"therapies": [old]})["therapies"][0]
    assert set(row) == {field.name for field in bundle.fields_of(Therapy)}
    assert (row["aliases"], row["parents"], row["nearest"]) == ([], [], None)
    assert (row["status"], row["seen"], row["idea"]) == ("approach", False, "")


def test_what_a_model_has_lost_is_dropped() -> None:
    row = bundle.normalize({"therapies": [builders.therapy(forgotten="x")], "planets": [{"slug": "mars"}]})
    assert "forgotten" not in row["therapies"][0]
    assert set(row) == {"format", *KINDS}


def test_a_default_list_is_not_shared_between_rows() -> None:
    first, second = bundle.normalize({"therapies": [builders.therapy("a"), builders.therapy("b")]})["therapies"]
    first["aliases"].append("x")
    assert second["aliases"] == []


def test_a_bundle_holds_every_field_of_every_model_but_row_numbers() -> None:
    for model in (Therapy, Condition, Recommendation):
        held = {field.name for field in bundle.fields_of(model)}
        every = {field.name for field in model._meta.get_fields() if field.concrete}
        assert every - held == {"id"}


# ── What cannot be read ──


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "{}", json.dumps({"format": 99})])
def test_text_that_is_no_bundle_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(BundleError, match=r"not JSON|not a catalogue bundle of format 1"):
        bundle.parse(text)


def test_a_row_without_a_slug_names_its_kind() -> None:
    with pytest.raises(BundleError, match="look-alikes has no slug"):
        bundle.normalize({"look_alikes": [{"name": "Nameless"}]})


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"therapies": {"act": 1}}, "The therapies are not a list of entries."),
        ({"therapies": ["act"]}, "The therapies are not a list of entries."),
        ({"therapies": [{"slug": 5}]}, "A row of therapies has no slug."),
        ({"therapies": [{"slug": "act"}, {"slug": "act"}]}, "“act” appears twice among the therapies."),
        ({"therapies": [{"slug": "act", "name": None}]}, "The therapy “act” cannot have null under “name”."),
        ({"therapies": [{"slug": "act", "name": "x" * 500}]}, "The therapy “act” cannot have"),
        ({"therapies": [{"slug": "act", "ages": "adult"}]}, 'The therapy “act” cannot have "adult" under “ages”.'),
        ({"therapies": [{"slug": "act", "parents": [1]}]}, "The therapy “act” cannot have [1] under “parents”."),
        ({"therapies": [{"slug": "act", "sessions_min": "8"}]}, "under “sessions_min”."),
        ({"therapies": [{"slug": "act", "seen": 1}]}, "under “seen”."),
        ({"crisis_lines": [{"slug": "a", "checked_on": "soon"}]}, "under “checked_on”."),
        ({"crisis_lines": [{"slug": "a", "checked_on": "2026-02-30"}]}, "under “checked_on”."),
    ],
)
def test_what_a_field_cannot_hold_names_the_kind_the_entry_and_the_field(rows: dict, message: str) -> None:
    with pytest.raises(BundleError) as refused:
        bundle.normalize(rows)
    assert message in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ({"therapies": [builders.therapy("act", family="nowhere")]}, ["therapy", "act", "nowhere", "family"]),
        ({"therapies": [builders.therapy("act", techniques=["lost"])]}, ["therapy", "act", "lost", "techniques"]),
        (
            {"therapies": [builders.therapy()], "recommendations": [builders.recommendation("r-9", source="gone")]},
            ["recommendation", "r-9", "gone", "source"],
        ),
    ],
)
def test_a_reference_to_nothing_names_the_kind_the_entry_and_the_field(rows: dict, named: list[str]) -> None:
    with pytest.raises(BundleError) as refused:
        bundle.load(builders.catalogue(**rows))
    assert all(word in str(refused.value) for word in named)


# ── What changed ──


def test_the_difference_lists_what_was_added_changed_and_removed() -> None:
    old = builders.catalogue(therapies=[builders.therapy("a"), builders.therapy("b")])
    new = builders.catalogue(therapies=[builders.therapy("b", name="Bee", idea="New."), builders.therapy("c")])
    assert bundle.diff(old, new) == [
        ("therapies", "a", "removed", []),
        ("therapies", "b", "changed", ["idea", "name"]),
        ("therapies", "c", "added", []),
    ]
    assert bundle.diff(new, new) == []
