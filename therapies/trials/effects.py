"""One effect a trial and comparison, out of a file's rows for arms, instruments and times.

The rule, which docs/trials.md says in words: of the rows at the end of treatment, an arm keeps the one rated by a
clinician if there is one; then the one on the instrument that most trials of the set used; then of all who took part
rather than of those who stayed; then the earliest. Arms of one therapy that share a control group become one effect.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from therapies.trials.mapping import FileMap, ResultSet, ages_of, matches
from therapies.trials.metapsy import numbers
from therapies.trials.pooling import Effect, mean

AGE_GROUPS = {"child": "young", "adolescent": "young", "child+adolescent": "young", "adult": "adult", "older": "older"}
# Columns that a file may have; what it has not is taken as unknown.
TEXTS = ("multi_arm1", "format", "instrument", "sample", "completer")
NUMBERS = {
    **{name: name for name in (".g", ".g_se", "time_weeks", "mean_arm1", "mean_arm2", "sd_arm1", "sd_arm2")},
    **{name: name for name in ("n_arm1", "n_arm2", "n_change_arm1", "n_change_arm2", "totaln_arm1", "totaln_arm2")},
    **{name: name for name in ("event_arm1", "event_arm2")},
}
ARMS = (1, 2)


@dataclass(frozen=True, slots=True)
class TrialEffect:
    """The effect of one trial; `people` is how many there are in it, as far as the file says."""

    study: str
    effect: Effect
    people: int
    low_risk: bool


def rows_of(table: pd.DataFrame, file: FileMap, wanted: ResultSet, not_halved: Sequence[str] = ()) -> pd.DataFrame:
    """The set's rows with what pooling needs under the same names in every file."""
    table = table[matches(table, wanted.when)]
    found = pd.DataFrame(index=table.index)
    found["study"] = table["study"]
    found["treatment"] = table[file.treatment]
    for name in TEXTS:
        found[name] = table.get(name, "")
    for name in NUMBERS:
        found[name] = numbers(table[name]) if name in table else float("nan")
    for name, columns in (("base", file.baseline), ("randomized", file.randomized), ("left", file.left)):
        for arm in ARMS:
            found[f"{name}{arm}"] = numbers(table[columns[arm - 1]]) if columns else float("nan")
    for arm in ARMS:
        sizes = (found[f"n_arm{arm}"], found[f"n_change_arm{arm}"], found[f"totaln_arm{arm}"])
        found[f"n{arm}"] = sizes[0].fillna(sizes[1]).fillna(sizes[2])
    found["g"] = found[".g"] * (1 if file.better == "higher" else -1)
    found["clinician"] = matches(table, file.clinician) if file.clinician else False
    found["low_risk"] = matches(table, file.low_risk) if file.low_risk else False
    found["comparison"] = table[file.comparison].map(dict(file.comparisons)).fillna("")
    found["age"] = ages_of(table, file.ages)
    found["age_group"] = found["age"].map(AGE_GROUPS).fillna("")
    for rule in file.therapies:
        found[rule.therapy] = matches(table, rule.when) | found.get(rule.therapy, False)
    found["instrument"] = [re.sub(r"[^a-z0-9]", "", name.casefold()) for name in found["instrument"]]
    found["can_be_halved"] = ~found["instrument"].isin(list(not_halved))
    return _in_order(found)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows so that the first of each arm is the one to keep, whatever their order in the file."""
    used_by = rows.groupby("instrument")["study"].nunique()
    rows = rows.assign(
        rarity=-rows["instrument"].map(used_by),
        not_clinician=~rows["clinician"].astype(bool),
        partial=~(rows["sample"].eq("itt") | rows["completer"].eq("itt")),
    )
    order = ["study", "treatment", "multi_arm1", "format", "not_clinician", "rarity", "instrument", "partial"]
    return rows.sort_values([*order, "time_weeks", "g", ".g_se", "n1", "n2"], kind="stable")


def arms(rows: pd.DataFrame) -> pd.DataFrame:
    """The first row of each arm of each trial."""
    return rows.drop_duplicates(["study", "treatment", "multi_arm1", "format"])


def effects(rows: pd.DataFrame) -> list[TrialEffect]:
    """One effect of each trial among these rows, which are of one therapy, age and comparison. By name of the trial."""
    usable = rows[rows["g"].map(isfinite) & (rows[".g_se"] > 0)]
    return [
        TrialEffect(
            str(study),
            mean([Effect(row.g, row.se**2) for row in chosen.rename(columns={".g_se": "se"}).itertuples()]),
            people_in(chosen),
            bool(chosen["low_risk"].all()),
        )
        for study, chosen in arms(usable).groupby("study", sort=True)
    ]


def people_in(chosen: pd.DataFrame) -> int:
    """People of one trial: every arm, and their control group once."""
    return int(chosen["n1"].sum() + (chosen["n2"].max() if chosen["n2"].notna().any() else 0))


def groups(rows: pd.DataFrame, therapies: Sequence[str]) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """(therapy or "", comparison, age group, its rows); "" is every therapy together, those without entry included.

    Where all rows are of one therapy, there is nothing to take together.
    """
    known = rows[(rows["comparison"] != "") & (rows["age_group"] != "")]
    for therapy in ("", *therapies):
        of_therapy = known[known[therapy]] if therapy else known
        for (comparison, age), here in of_therapy.groupby(["comparison", "age_group"], sort=True):
            if therapy or not any(here[one].all() for one in therapies):
                yield therapy, str(comparison), str(age), here
