"""One effect a trial and comparison: which row of an arm stays, and how arms become one effect."""

from pathlib import Path
from typing import Any

import pytest

from tests.trials.folders import folder, mapping, trial
from therapies.trials import effects
from therapies.trials.effects import TrialEffect
from therapies.trials.metapsy import read_table


def found(path: Path, rows: list[dict[str, str]], **changes: Any) -> list[TrialEffect]:
    file = mapping(**changes).files["worry"]
    table = read_table(folder(path, rows) / "worry.csv", [*file.columns])
    return effects.effects(effects.rows_of(table, file, file.sets[0]))


def sizes(path: Path, rows: list[dict[str, str]], **changes: Any) -> list[float]:
    return [round(one.effect.size, 3) for one in found(path, rows, **changes)]


def test_an_effect_says_how_many_people_there_were(tmp_path: Path) -> None:
    (one,) = found(tmp_path, [trial()])
    assert (one.study, one.effect.size, one.people) == ("Ada, 2001", 0.495, 80)
    assert one.effect.variance == pytest.approx(0.22**2)


def test_a_clinicians_rating_comes_before_ones_own(tmp_path: Path) -> None:
    own, clinician = trial(_g="0,9"), trial(_g="0,3", instrument="hamd", rating="clinician")
    assert sizes(tmp_path, [own, clinician]) == [0.3]


def test_of_like_ratings_the_instrument_of_most_trials_comes_first(tmp_path: Path) -> None:
    rows = [trial(_g="0,9", instrument="aaa"), trial(_g="0,3", instrument="BDI "), trial(study="Bea", _g="0,6")]
    assert sizes(tmp_path, rows) == [0.3, 0.6]


def test_everybody_who_took_part_comes_before_those_who_stayed(tmp_path: Path) -> None:
    rows = [trial(_g="0,9", sample="co"), trial(_g="0,3", sample="itt")]
    assert sizes(tmp_path, rows) == [0.3]


def test_of_several_times_at_the_end_the_earliest_stays(tmp_path: Path) -> None:
    rows = [
        trial(_g="0,9", time_weeks="12"),
        trial(_g="0,3", time_weeks="8"),
        trial(_g="0,1", time="fu", time_weeks="1"),
    ]
    assert sizes(tmp_path, rows) == [0.3]


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    rows = [
        trial(_g="0,9", instrument="aaa"),
        trial(_g="0,3"),
        trial(_g="0,4", multi_arm1="group"),
        trial(study="Bea", _g="0,6"),
        trial(study="Bea", _g="0,6", n_arm1="41"),
    ]
    assert found(tmp_path, rows) == found(tmp_path, rows[::-1])


def test_arms_of_a_trial_become_one_effect_and_share_their_control_group(tmp_path: Path) -> None:
    (one,) = found(tmp_path, [trial(_g="0,4", multi_arm1="a"), trial(_g="0,6", multi_arm1="b")])
    assert one.effect.size == pytest.approx(0.5)
    assert one.effect.variance == pytest.approx(0.75 * 0.22**2)
    assert one.people == 120


def test_a_file_where_less_is_better_is_turned(tmp_path: Path) -> None:
    assert sizes(tmp_path, [trial(_g="-0,4")], better="lower") == [0.4]


def test_a_row_without_an_effect_is_none(tmp_path: Path) -> None:
    assert sizes(tmp_path, [trial(_g="NA"), trial(study="Bea", _g_se="0"), trial(study="Cai")]) == [0.495]


def test_a_trial_is_at_low_risk_if_all_its_rows_are(tmp_path: Path) -> None:
    rows = [trial(rob="low"), trial(study="Bea", rob="low", multi_arm1="a"), trial(study="Bea", multi_arm1="b")]
    assert [one.low_risk for one in found(tmp_path, rows)] == [True, False]


def test_people_of_different_ages_and_comparisons_are_never_together(tmp_path: Path) -> None:
    rows = [
        trial(study="Ada"),
        trial(study="Bea", condition_arm2="cau"),
        trial(study="Cai", age_group="old"),
        trial(study="Dee", age_group="child"),
        trial(study="Eve", age_group="adol"),
        trial(study="Fay", condition_arm2="something else"),
        trial(study="Gus", age_group="unknown"),
    ]
    file = mapping().files["worry"]
    table = read_table(folder(tmp_path, rows) / "worry.csv", [*file.columns])
    groups = effects.groups(effects.rows_of(table, file, file.sets[0]), ["worry-therapy"])
    assert [(therapy, comparison, age, list(here["study"])) for therapy, comparison, age, here in groups] == [
        ("worry-therapy", "usual-care", "adult", ["Bea"]),
        ("worry-therapy", "waiting-list", "adult", ["Ada"]),
        ("worry-therapy", "waiting-list", "older", ["Cai"]),
        ("worry-therapy", "waiting-list", "young", ["Dee", "Eve"]),
    ]


def test_therapies_are_taken_together_with_those_that_have_no_entry(tmp_path: Path) -> None:
    rows = [trial(study="Ada"), trial(study="Bea", condition_arm1="other psy")]
    file = mapping().files["worry"]
    table = read_table(folder(tmp_path, rows) / "worry.csv", [*file.columns])
    every = effects.rows_of(table, file, file.sets[0])
    assert [(therapy, len(here)) for therapy, _, _, here in effects.groups(every, ["worry-therapy"])] == [
        ("", 2),
        ("worry-therapy", 1),
    ]
