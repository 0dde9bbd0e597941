"""From files to rows of the fixture, and what the command says."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests import builders
from tests.trials.folders import MEASURE, folder, mapping, named, response, trial
from therapies.models import KINDS, PooledEffect, Therapy
from therapies.releases import bundle
from therapies.trials import results
from therapies.trials.metapsy import TrialsError

NAMES = ("Ada, 2001", "Bea, 2002", "Cai, 2003", "Dee, 2004")


def rows(path: Path, *files: list[dict[str, str]], **changes: Any) -> dict[str, dict[str, Any]]:
    every = mapping(**changes)
    return {row["slug"]: row for row in results.pooled_rows(results.read(folder(path, *files), every), every)}


def test_trials_become_a_pooled_effect_that_says_what_it_rests_on(tmp_path: Path) -> None:
    trials = [*named("Ada", "Bea", "Cai"), trial(study="Dee", _g="0,5", rob="low")]
    (row,) = rows(tmp_path, trials).values()
    assert row["slug"] == "worry-worry-therapy-waiting-list-adult"
    assert (row["therapy"], row["condition"], row["comparison"]) == ("worry-therapy", "worry", "waiting-list")
    assert (row["ages"], row["measure"], row["source"]) == (["adult"], MEASURE, "open-worry")
    assert (row["trials"], row["people"], row["low_risk_trials"]) == (4, 320, 1)
    assert row["g"] == pytest.approx((0.40 + 0.45 + 0.50 + 0.5) / 4, abs=0.006)
    assert row["g_low"] < row["g"] < row["g_high"]
    assert (row["counted_trials"], row["counted_by"]) == (4, "worked-out")
    assert (row["treated_per_100"], row["comparison_per_100"]) == (46, 30)
    assert (row["left_per_100"], row["comparison_left_per_100"]) == (20, 10)
    assert (row["database"], row["version"], row["doi"]) == ("open worry", "2025-08-29", "10.5/worry")
    assert row["asymmetry_p"] is None
    assert row["low_risk_g"] is None  # of one trial


def test_a_row_is_one_that_a_bundle_can_hold(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, named(*NAMES)).values()
    fields = {field.name for field in bundle.fields_of(PooledEffect)}
    assert {*row, "pooled_on"} == fields
    dated = row | {"pooled_on": "2026-11-28"}
    assert bundle.normalize({"format": 1, "pooled_effects": [dated]})["pooled_effects"] == [dated]


def test_fewer_than_three_trials_make_no_number(tmp_path: Path) -> None:
    assert rows(tmp_path / "two", named(*NAMES[:2])) == {}
    assert len(rows(tmp_path / "three", named(*NAMES[:3]))) == 1
    twice = [*named(*NAMES[:2]), trial(study=NAMES[0], multi_arm1="another arm")]
    assert rows(tmp_path / "two with three arms", twice) == {}


def test_a_waiting_list_and_usual_care_are_never_pooled_together(tmp_path: Path) -> None:
    trials = named(*NAMES[:3]) + [row | {"condition_arm2": "cau", ".g": "0,1"} for row in named(*NAMES)]
    found = rows(tmp_path, trials)
    assert set(found) == {"worry-worry-therapy-usual-care-adult", "worry-worry-therapy-waiting-list-adult"}
    assert found["worry-worry-therapy-usual-care-adult"]["g"] == 0.1


def test_the_smaller_of_two_groups_is_not_saved_by_the_larger(tmp_path: Path) -> None:
    trials = named(*NAMES) + [row | {"condition_arm2": "cau"} for row in named(*NAMES[:2])]
    assert set(rows(tmp_path, trials)) == {"worry-worry-therapy-waiting-list-adult"}


def test_children_and_teenagers_are_together_and_apart_from_adults(tmp_path: Path) -> None:
    trials = [row | {"age_group": age} for row, age in zip(named(*NAMES[:3]), ("child", "adol", "adol"), strict=True)]
    found = rows(tmp_path, trials + named(*NAMES))
    assert found["worry-worry-therapy-waiting-list-young"]["ages"] == ["adolescent", "child"]
    assert found["worry-worry-therapy-waiting-list-adult"]["trials"] == 4


def test_low_risk_trials_and_all_but_outliers_are_pooled_again(tmp_path: Path) -> None:
    trials = [row | {"rob": "low"} for row in named(*NAMES)]
    (row,) = rows(tmp_path / "a", [*trials, trial(study="Eve", _g="9,0")]).values()
    assert (row["low_risk_trials"], row["outliers"]) == (4, 1)
    assert row["low_risk_g"] == row["trimmed_g"] == pytest.approx(0.475, abs=0.006)
    (row,) = rows(tmp_path / "b", trials).values()
    assert (row["outliers"], row["trimmed_g"]) == (0, None)


def test_a_file_that_does_not_rate_its_trials_says_nothing_of_risk(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, named(*NAMES), low_risk={}).values()
    assert (row["low_risk_trials"], row["low_risk_g"]) == (None, None)


def test_published_responses_come_before_what_is_worked_out(tmp_path: Path) -> None:
    published = [response(name) for name in NAMES]
    found = rows(tmp_path, named(*NAMES), published, people=("published", "halved"))
    row = found["worry-worry-therapy-waiting-list-adult"]
    assert (row["treated_per_100"], row["comparison_per_100"], row["counted_by"]) == (40, 20, "both")
    few = rows(tmp_path, named(*NAMES), published[:2], people=("published", "halved"))
    assert few["worry-worry-therapy-waiting-list-adult"]["counted_by"] == "worked-out"


def test_responses_of_all_kinds_of_control_group_stand_apart_and_have_no_size(tmp_path: Path) -> None:
    published = [response(name) for name in NAMES] + [response(name, patient="Older Adults") for name in "xyz"]
    found = rows(tmp_path, named(*NAMES), published)
    row = found["worry-worry-therapy-any-control-all"]
    assert (row["trials"], row["ages"], row["g"], row["low_risk_trials"]) == (7, ["adult", "older"], None, 7)
    assert found["worry-any-therapy-any-control-older"]["trials"] == 3
    assert row["source"] == "open-responses"
    assert row["database"] == "open responses"


def test_a_sign_that_goes_against_the_therapies_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(TrialsError, match=r"In worry\.csv most effects go against the therapies\. Is “better” right"):
        rows(tmp_path, named(*NAMES), better="lower")


def test_a_file_that_the_folder_does_not_have_is_named(tmp_path: Path) -> None:
    folder(tmp_path, named(*NAMES))
    index = (tmp_path / "index.csv").read_text().replace("worry.csv", "other.csv")
    (tmp_path / "index.csv").write_text(index)
    with pytest.raises(TrialsError, match=r"index\.csv does not list worry\.csv, which the mapping names"):
        results.read(tmp_path, mapping())


def test_the_same_files_give_the_same_rows_in_any_order(tmp_path: Path) -> None:
    trials, published = named(*NAMES, "Eve", "Fay"), [response(name) for name in NAMES]
    first = rows(tmp_path / "a", trials, published, people=("published", "halved"))
    assert first == rows(tmp_path / "b", trials[::-1], published[::-1], people=("published", "halved"))


def test_a_row_keeps_its_day_until_a_number_changes(tmp_path: Path) -> None:
    some = list(rows(tmp_path, named(*NAMES)).values())
    before = results.as_text(some, "", date(2026, 1, 1))
    assert results.as_text(some, before, date(2026, 2, 2)) == before
    changed = [row | {"trials": 5} for row in some]
    assert json.loads(results.as_text(changed, before, date(2026, 2, 2)))[0]["pooled_on"] == "2026-02-02"


# ── The command ──


@pytest.fixture
def pool(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs the command with the mapping of the tests; the fixture goes to a folder of its own."""
    settings.FIXTURES_DIR = tmp_path / "fixtures"
    settings.FIXTURES_DIR.mkdir()
    monkeypatch.setattr("therapies.trials.mapping.read_mapping", mapping)
    monkeypatch.setattr("therapies.trials.report.DOCS", tmp_path / "trials.md")

    def run(given: Path, **options: bool) -> str:
        out = StringIO()
        call_command("pool_trials", given, stdout=out, **options)
        return out.getvalue()

    return run


def test_the_command_writes_the_same_bytes_the_second_time(
    pool: Callable[..., str], tmp_path: Path, settings: Settings
) -> None:
    given = folder(tmp_path / "data", named(*NAMES))
    assert "Pooled effects: 1. Pairs of therapy and concern: 1." in pool(given)
    fixture = settings.FIXTURES_DIR / "pooled_effects.json"
    first = fixture.read_bytes()
    pool(given)
    assert fixture.read_bytes() == first
    assert not any(name.split(",")[0].encode() in first for name in NAMES)  # no trial is in it


def test_the_command_says_in_one_line_what_is_wrong(pool: Callable[..., str], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^There is no folder .*nowhere\. Name the folder"):
        pool(tmp_path / "nowhere")
    given = folder(tmp_path / "data", [{name: cell for name, cell in trial().items() if name != "rob"}])
    with pytest.raises(CommandError, match=r"worry\.csv has no column “rob”"):
        pool(given)


def test_the_command_names_the_fix_where_its_libraries_are_missing(
    pool: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "statsmodels", None)
    with pytest.raises(CommandError, match=r"^statsmodels is missing.*pip install -r requirements-trials\.txt"):
        pool(tmp_path)


@pytest.mark.django_db
def test_the_command_puts_them_into_the_working_copy_with_the_sources_that_it_lacks(
    pool: Callable[..., str], tmp_path: Path, settings: Settings
) -> None:
    entries = builders.catalogue(therapies=[builders.therapy()])
    bundle.load(entries)
    shipped = {**entries, "sources": [builders.source("open-worry", title="Open worry")]}
    for kind in KINDS:
        (settings.FIXTURES_DIR / f"{kind}.json").write_text(json.dumps(shipped[kind]))
    given = folder(tmp_path / "data", named(*NAMES))
    assert "Changed in the working copy: 2." in pool(given, load=True)
    assert PooledEffect.objects.get().source.title == "Open worry"
    assert Therapy.objects.count() == 1
    assert "Changed in the working copy: 0." in pool(given, load=True)
