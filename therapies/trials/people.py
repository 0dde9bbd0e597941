"""How many people of 100 got better, or left, in each group: counted by the trials, or worked out from their averages.

Furukawa's published rule works out who had at least half the symptoms gone: with scores spread as a bell curve, it is
the share of the curve below half the average score before treatment. Whoever began and was not measured at the end
counts as not better.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from scipy import stats

from therapies.trials.effects import AGE_GROUPS, ARMS, arms
from therapies.trials.mapping import ResponseMap, ages_of, matches
from therapies.trials.metapsy import numbers
from therapies.trials.pooling import Pooled, of_hundred, pool, share

NEAR = 0.1  # as far as g worked out from the averages may be from the file's own: else a number was mistyped


@dataclass(frozen=True, slots=True)
class Counted:
    """People of one arm of a trial and of its control group, and how many of them had the result."""

    study: str
    treated: tuple[float, float]  # with the result, all
    control: tuple[float, float]


@dataclass(frozen=True)
class OfHundred:
    """Shares of people, pooled: each arm is a group of people of its own."""

    counted: Sequence[Counted]

    @cached_property
    def trials(self) -> int:
        return len({one.study for one in self.counted})

    @property
    def people(self) -> int:
        """Every arm, and each control group once."""
        controls = {(one.study, one.control) for one in self.counted}
        return round(sum(one.treated[1] for one in self.counted) + sum(control[1] for _, control in controls))

    @property
    def treated(self) -> tuple[int, int, int]:
        """Of 100, and its interval."""
        return self._of_hundred(one.treated for one in self.counted)

    @property
    def control(self) -> tuple[int, int, int]:
        return self._of_hundred(one.control for one in self.counted)

    def _of_hundred(self, groups: Iterable[tuple[float, float]]) -> tuple[int, int, int]:
        found = pool([share(*group) for group in groups], trials=self.trials)
        return rounded(found)


def rounded(found: Pooled) -> tuple[int, int, int]:
    size, low, high = (round(of_hundred(logit)) for logit in (found.size, found.low, found.high))
    return size, low, high


def halved(rows: pd.DataFrame) -> list[Counted]:
    """Worked out from averages, for each arm whose averages agree with its effect."""
    shares = {arm: _share_halved(rows, arm) for arm in ARMS}
    usable = rows.assign(share1=shares[1], share2=shares[2])
    usable = usable[usable["share1"].notna() & usable["share2"].notna() & usable["can_be_halved"] & _agrees(rows)]
    return [_counted(row, lambda row, arm: _halved_of(row, arm)) for row in arms(usable).itertuples()]


def _share_halved(rows: pd.DataFrame, arm: int) -> "pd.Series[float]":
    spread = rows[f"sd_arm{arm}"].where(rows[f"sd_arm{arm}"] > 0)
    base = rows[f"base{arm}"].where(rows[f"base{arm}"] > 0)
    distance = (base / 2 - rows[f"mean_arm{arm}"]) / spread
    return pd.Series(stats.norm.cdf(distance), index=rows.index).where(distance.notna() & (rows[f"n{arm}"] > 0))


def _agrees(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Whether g follows from the averages, with fewer symptoms as better; a scale where more is better has no half."""
    both = rows["n_arm1"] + rows["n_arm2"] - 2
    spread = ((rows["n_arm1"] - 1) * rows["sd_arm1"] ** 2 + (rows["n_arm2"] - 1) * rows["sd_arm2"] ** 2) / both
    size = (1 - 3 / (4 * both - 1)) * (rows["mean_arm2"] - rows["mean_arm1"]) / spread**0.5
    return (size - rows["g"]).abs() < NEAR


def _halved_of(row: object, arm: int) -> tuple[float, float]:
    measured, randomized = getattr(row, f"n{arm}"), getattr(row, f"randomized{arm}")
    total = randomized if randomized >= measured else measured  # also where nothing says how many began
    return float(round(getattr(row, f"share{arm}") * measured)), float(total)


def counted(rows: pd.DataFrame) -> list[Counted]:
    """Those with the result, as the trials counted them."""
    return _events(rows, turned=False)


def not_counted(rows: pd.DataFrame) -> list[Counted]:
    """Those without what the trials counted, such as a suicide attempt: more is better, as everywhere."""
    return _events(rows, turned=True)


def _events(rows: pd.DataFrame, *, turned: bool) -> list[Counted]:
    known = rows[rows["event_arm1"].notna() & rows["event_arm2"].notna()]
    known = known[(known["totaln_arm1"] >= known["event_arm1"]) & (known["totaln_arm2"] >= known["event_arm2"])]
    known = known[(known["totaln_arm1"] > 0) & (known["totaln_arm2"] > 0)]

    def of_arm(row: object, arm: int) -> tuple[float, float]:
        events, total = float(getattr(row, f"event_arm{arm}")), float(getattr(row, f"totaln_arm{arm}"))
        return (total - events if turned else events), total

    return [_counted(row, of_arm) for row in arms(known).itertuples()]


def left(rows: pd.DataFrame) -> list[Counted]:
    """Those who left the trial before the end, of all who began."""
    known = rows
    for arm in ARMS:
        known = known[(known[f"randomized{arm}"] > 0) & (known[f"left{arm}"] <= known[f"randomized{arm}"])]

    def of_arm(row: object, arm: int) -> tuple[float, float]:
        return float(getattr(row, f"left{arm}")), float(getattr(row, f"randomized{arm}"))

    return [_counted(row, of_arm) for row in arms(known).itertuples()]


def _counted(row: object, of_arm: Callable[[object, int], tuple[float, float]]) -> Counted:
    return Counted(str(getattr(row, "study")), of_arm(row, 1), of_arm(row, 2))  # noqa: B009 - a row has no types


WAYS: dict[str, tuple[str, Callable[[pd.DataFrame], list[Counted]]]] = {
    "halved": ("worked-out", halved),
    "counted": ("counted", counted),
    "not-counted": ("counted", not_counted),
}


# ── The published file of responses ──

ResponseKey = tuple[str, str, str, str]  # condition, therapy or "", comparison, age group or "all"
ANY_CONTROL = "any-control"


@dataclass(frozen=True, slots=True)
class Response:
    """One row of the published file, under our names."""

    condition: str
    therapy: str  # "" where no entry of ours is meant
    comparison: str  # "" where no file of trials says what it was
    age: str
    low_risk: bool
    counted: Counted


def responses(table: pd.DataFrame, file: ResponseMap, controls: Mapping[str, Mapping[str, set[str]]]) -> list[Response]:
    """`controls` says, by file and trial, what the trials compared with."""
    ages, low_risk = ages_of(table, file.ages), matches(table, file.low_risk)
    columns = [numbers(table[name]) for name in ("improved.ig", "n.ig", "improved.cg", "n.cg")]
    by_disorder = {row.disorder: row for row in file.conditions}
    found = []
    for place, (improved, treated, improved_control, control) in zip(
        table.index, zip(*columns, strict=True), strict=True
    ):
        disorder = by_disorder.get(str(table.at[place, "disorder"]))
        if disorder is None:
            continue
        study = str(table.at[place, "study"])
        known = set[str]().union(*(controls[name].get(study_key(study), set()) for name in disorder.files))
        found.append(
            Response(
                disorder.condition,
                disorder.therapies.get(str(table.at[place, "therapy"]), ""),
                known.pop() if len(known) == 1 else "",
                str(ages[place]),
                bool(low_risk[place]),
                Counted(study, (float(improved), float(treated)), (float(improved_control), float(control))),
            )
        )
    return sorted(found, key=lambda one: (one.condition, one.counted.study, one.therapy, one.counted.treated))


def by_key(every: Iterable[Response]) -> dict[ResponseKey, list[Response]]:
    """The responses of every therapy, comparison and age, and those of all kinds of control group and age together."""
    found: dict[ResponseKey, list[Response]] = {}
    for one in every:
        for therapy in {"", one.therapy}:
            for comparison in {ANY_CONTROL, one.comparison} - {""}:
                for age in ("all", AGE_GROUPS.get(one.age, "")):
                    if age:
                        found.setdefault((one.condition, therapy, comparison, age), []).append(one)
    return found


def study_key(name: str) -> str:
    """The name of a trial as it is the same in every file: letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())
