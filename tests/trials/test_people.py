"""People of 100: worked out by the published rule, counted by the trials, and published."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.trials.folders import folder, mapping, response, trial
from therapies.trials import effects, people
from therapies.trials.metapsy import read_table
from therapies.trials.people import ANY_CONTROL, Counted, OfHundred


def rows(path: Path, trials: list[dict[str, str]], **changes: Any) -> pd.DataFrame:
    every = mapping(**changes)
    file = every.files["worry"]
    table = read_table(folder(path, trials) / "worry.csv", [*file.columns])
    return effects.rows_of(table, file, file.sets[0], every.not_halved)


def test_half_the_symptoms_are_worked_out_as_by_hand(tmp_path: Path) -> None:
    """Half of 24 is 12: with an average of 10 and a spread of 10 it is 0.2 above, which 57.9 of 100 are below."""
    (one,) = people.halved(rows(tmp_path, [trial()]))
    assert one == Counted("Ada, 2001", (23, 50), (15, 50))  # 57.9 and 38.2 of 100 of the 40 who were measured, of 50


def test_without_the_number_who_began_those_measured_are_everybody(tmp_path: Path) -> None:
    (one,) = people.halved(rows(tmp_path, [trial(rand_arm1="NA", rand_arm2="0")]))
    assert (one.treated[1], one.control[1]) == (40, 40)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean_arm1": "1000"},  # its decimal point is lost
        {"_g": "0,9"},  # not what the averages give
        {"_g": "-0,495"},  # a scale on which more is better
        {"sd_arm1": "0"},
        {"base_arm1": "NA"},
        {"instrument": "PSWQ"},  # its lowest score is not 0
    ],
)
def test_averages_that_cannot_be_right_are_not_used(tmp_path: Path, wrong: dict[str, str]) -> None:
    assert people.halved(rows(tmp_path, [trial(**wrong)])) == []


def test_another_instrument_serves_where_the_first_cannot_be_halved(tmp_path: Path) -> None:
    trials = [trial(instrument="pswq", rating="clinician"), trial(instrument="bdi", base_arm1="30")]
    assert len(people.halved(rows(tmp_path, trials))) == 1


def test_what_the_trials_counted_is_taken_as_it_is_or_turned(tmp_path: Path) -> None:
    events = {"event_arm1": "3", "event_arm2": "0", "totaln_arm1": "40", "totaln_arm2": "41"}
    given = rows(tmp_path, [trial(**events), trial(study="Bea")])
    assert people.counted(given) == [Counted("Ada, 2001", (3, 40), (0, 41))]
    assert people.not_counted(given) == [Counted("Ada, 2001", (37, 40), (41, 41))]


def test_more_events_than_people_are_a_mistake_of_the_file(tmp_path: Path) -> None:
    events = {"event_arm1": "43", "event_arm2": "0", "totaln_arm1": "40", "totaln_arm2": "41"}
    assert people.counted(rows(tmp_path, [trial(**events)])) == []


def test_those_who_left_are_of_all_who_began(tmp_path: Path) -> None:
    trials = [trial(), trial(study="Bea", gone_arm1="60"), trial(study="Cai", rand_arm2="NA")]
    assert people.left(rows(tmp_path, trials)) == [Counted("Ada, 2001", (10, 50), (5, 50))]


def test_a_control_group_of_two_arms_is_counted_once_among_the_people() -> None:
    arms = [Counted("Ada", (10, 40), (5, 30)), Counted("Ada", (20, 45), (5, 30)), Counted("Bea", (9, 20), (2, 20))]
    found = OfHundred(arms)
    assert (found.trials, found.people) == (2, 40 + 45 + 30 + 20 + 20)


def test_shares_are_pooled_to_people_of_100_with_their_interval() -> None:
    found = OfHundred([Counted(name, (40, 100), (20, 100)) for name in "abcd"])
    assert (found.treated, found.control) == ((40, 40, 40), (20, 20, 20))
    unlike = OfHundred(
        [Counted("a", (4, 10), (1, 10)), Counted("b", (30, 40), (9, 40)), Counted("c", (20, 50), (9, 50))]
    )
    size, low, high = unlike.treated
    assert 0 < low < size < high < 100


# ── The published file ──


def responses(path: Path, rows: list[dict[str, str]], controls: dict[str, set[str]]) -> Any:
    every = mapping()
    table = read_table(folder(path, [trial()], rows) / "responses.csv", [])
    return people.responses(table, every.responses, {"worry": controls})


def test_a_published_response_gets_its_comparison_from_the_file_of_trials(tmp_path: Path) -> None:
    given = [response("Ada, 2001"), response("Bea, 2002"), response("Cai, 2003", therapy="Other"), response("Dee")]
    controls = {"ada2001": {"waiting-list"}, "bea2002": {"waiting-list", "usual-care"}, "cai2003": {"other"}}
    found = responses(tmp_path, given, controls)
    assert [(one.counted.study, one.therapy, one.comparison) for one in found] == [
        ("Ada, 2001", "worry-therapy", "waiting-list"),
        ("Bea, 2002", "worry-therapy", ""),  # two comparisons: nobody can say which
        ("Cai, 2003", "", "other"),
        ("Dee", "worry-therapy", ""),
    ]
    assert found[0].counted == Counted("Ada, 2001", (20, 50), (10, 50))


def test_published_responses_are_kept_by_therapy_comparison_and_age(tmp_path: Path) -> None:
    given = [
        response("Ada, 2001"),
        response("Bea, 2002", patient="Older Adults"),
        response("Cai, 2003", therapy="Other"),
    ]
    found = people.by_key(responses(tmp_path, given, {"ada2001": {"waiting-list"}}))
    counts = {key[1:]: [one.counted.study[:3] for one in some] for key, some in found.items()}
    assert counts["", ANY_CONTROL, "all"] == ["Ada", "Bea", "Cai"]
    assert counts["worry-therapy", ANY_CONTROL, "all"] == ["Ada", "Bea"]
    assert counts["worry-therapy", ANY_CONTROL, "older"] == ["Bea"]
    assert counts["worry-therapy", "waiting-list", "adult"] == ["Ada"]
    assert ("worry-therapy", "waiting-list", "older") not in counts


def test_a_disorder_without_an_entry_is_left_out(tmp_path: Path) -> None:
    assert responses(tmp_path, [response("Ada, 2001", disorder="Something else")], {}) == []


def test_a_name_of_a_trial_is_the_same_however_its_letters_were_spoiled() -> None:
    assert people.study_key("Leppännen, 2016") == people.study_key("LeppÃ¤nnen, 2016") == "leppnnen2016"
