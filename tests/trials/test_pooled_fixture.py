"""The shipped pooled effects: what each row must hold, how many there are, and that they are those of the open data.

The raw files are not in the repository. Tests that need them look for a folder of them: where TRIALS_FOLDER says, or
beside the checkout as `…/data/trials`.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from therapies.models import PooledEffect
from therapies.releases.bundle import Bundle
from therapies.trials import report, results
from therapies.trials.mapping import read_mapping, slugs
from therapies.trials.results import Trials

INTERVALS = [
    ("g", "g_low", "g_high"),
    ("low_risk_g", "low_risk_g_low", "low_risk_g_high"),
    ("trimmed_g", "trimmed_g_low", "trimmed_g_high"),
    ("treated_per_100", "treated_low", "treated_high"),
    ("comparison_per_100", "comparison_low", "comparison_high"),
    ("left_per_100", "left_low", "left_high"),
    ("comparison_left_per_100", "comparison_left_low", "comparison_left_high"),
]
PROMISED = {
    *("depression", "ptsd", "panic-attacks-and-panic-disorder", "generalized-anxiety", "social-anxiety", "ocd"),
    *("grief-and-bereavement", "psychosis-and-schizophrenia", "suicidal-thoughts", "gambling-problems"),
    *("borderline-personality-disorder", "binge-eating", "bulimia-nervosa", "eating-disorders"),
    "persistent-physical-symptoms",
}


def raw_files() -> Path | None:
    named = os.environ.get("TRIALS_FOLDER")
    beside = (index.parent for index in Path(settings.BASE_DIR).parent.glob("*/data/trials/index.csv"))
    return Path(named) if named else next(beside, None)


@pytest.fixture
def rows(shipped: Bundle) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shipped["pooled_effects"]
    return found


@pytest.fixture(scope="module")
def trials() -> Trials:
    folder = raw_files()
    if folder is None:
        pytest.skip("The raw files are not here: name their folder in TRIALS_FOLDER.")
    return results.read(folder, read_mapping())


def test_there_are_as_many_as_were_promised(rows: list[dict[str, Any]]) -> None:
    pairs = {(row["therapy"], row["condition"]) for row in rows if row["therapy"]}
    with_people = {(r["therapy"], r["condition"]) for r in rows if r["therapy"] and r["treated_per_100"] is not None}
    assert len(pairs) >= 40
    assert len(with_people) >= 25
    assert len({condition for _, condition in with_people}) >= 12
    assert {row["condition"] for row in rows} >= PROMISED
    populations = {row["population"] for row in rows if row["condition"] == "depression"}
    assert {"people in a hospital", "people who worked on their own, without a therapist"} <= populations
    assert ["older"] in [row["ages"] for row in rows if row["condition"] == "depression"]


def test_every_row_has_its_trials_its_people_and_whole_intervals(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for count in ("trials", "counted_trials", "left_trials"):
            assert row[count] is None or row[count] >= PooledEffect.LEAST_TRIALS, row["slug"]
        assert row["people"] > 0, row["slug"]
        assert row["low_risk_trials"] is None or row["low_risk_trials"] <= row["trials"], row["slug"]
        for middle, low, high in INTERVALS:
            known = [row[name] for name in (low, middle, high)]
            assert known == sorted(known) if row[middle] is not None else known == [None] * 3, (row["slug"], middle)
        shares = [row[name] for interval in INTERVALS[3:] for name in interval]
        assert all(0 <= share <= 100 for share in shares if share is not None), row["slug"]
        assert row["g"] is not None or row["treated_per_100"] is not None, row["slug"]
        assert bool(row["counted_by"]) == (row["treated_per_100"] is not None), row["slug"]
        assert row["g"] is None or row["predicted_low"] <= row["g_low"], row["slug"]


def test_what_compares_with_everything_has_no_size_and_says_so(rows: list[dict[str, Any]]) -> None:
    assert {row["g"] for row in rows if row["comparison"] == "any-control"} == {None}
    assert PooledEffect.COMPARISONS["any-control"] == "control groups of several kinds"


def test_every_row_names_its_database_as_its_source_does(rows: list[dict[str, Any]], shipped: Bundle) -> None:
    sources = {row["slug"]: row for row in shipped["sources"]}
    for row in rows:
        assert sources[row["source"]]["identifier"] == f"doi:{row['doi']}", row["slug"]
        assert sources[row["source"]]["url"] == f"https://doi.org/{row['doi']}", row["slug"]
        assert row["last_search"] <= row["version"] <= row["pooled_on"], row["slug"]


def test_the_mapping_names_entries_that_there_are(shipped: Bundle) -> None:
    for kind, named in slugs(read_mapping()).items():
        assert named <= {row["slug"] for row in shipped[kind]}, kind


def test_the_docs_show_our_figures_beside_the_published_ones(rows: list[dict[str, Any]]) -> None:
    table = list(report.beside_published(read_mapping(), rows))
    assert "\n".join(table) in report.DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("condition", read_mapping().published)
def test_our_figures_are_within_one_of_the_published_ones(condition: str, rows: list[dict[str, Any]]) -> None:
    treated, control = read_mapping().published[condition]
    ours = report.in_general(condition, rows)
    assert abs(ours["treated_per_100"] - treated) <= 1
    assert control is None or abs(ours["comparison_per_100"] - control) <= 1


# ── Where the raw files are present ──


def test_the_raw_files_give_the_shipped_rows_byte_for_byte(trials: Trials) -> None:
    """So the published figures are reproduced from the files, not only from what was written down once."""
    every = read_mapping()
    fixture = (Path(settings.FIXTURES_DIR) / "pooled_effects.json").read_text(encoding="utf-8")
    pooled = results.pooled_rows(trials, every)
    assert results.as_text(pooled, fixture, date(2099, 1, 1)) == fixture
    docs = report.DOCS.read_text(encoding="utf-8")
    assert docs.partition(report.MARK)[2].strip() == report.report(trials, every, pooled).strip()


def test_no_trial_is_named_in_what_is_committed(trials: Trials) -> None:
    text = json.dumps(json.loads((Path(settings.FIXTURES_DIR) / "pooled_effects.json").read_text(encoding="utf-8")))
    names = {name for table in trials.tables.values() for name in table["study"]}
    assert [name for name in sorted(names) if len(name) > 6 and name in text] == []
