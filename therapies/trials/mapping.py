"""Which words of the files are entries of ours. `mapping.json` is the data; what it does not name is never guessed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from therapies.trials.metapsy import TrialsError

PATH = Path(__file__).with_name("mapping.json")
When = Mapping[str, Sequence[str]]  # column: the values of it that are meant


@dataclass(frozen=True, slots=True)
class TherapyRule:
    """Rows that are of one therapy of ours. A row may be of a therapy and of a form of it."""

    therapy: str
    when: When


@dataclass(frozen=True, slots=True)
class ResultSet:
    """Rows of a file that are about one concern and one result."""

    condition: str
    when: When
    measure: str
    people: Sequence[str]  # ways to count people of 100, the best first; see people.py
    key: str = ""  # sets results of one concern apart
    population: str = ""
    sizes: bool = True  # whether its effects are sizes; otherwise they are counted alone


@dataclass(frozen=True, slots=True)
class FileMap:
    """How one file of trials is read."""

    source: str
    better: str  # which sign of g is good for the therapy: “higher” or “lower”
    treatment: str  # the column that says what the first arm had
    therapies: Sequence[TherapyRule]
    comparison: str  # the column that says what the second arm had
    comparisons: Mapping[str, str]
    ages: str | Mapping[str, Mapping[str, str]]  # one age for all rows, or a column and what its values mean
    low_risk: When  # empty if the file does not rate its trials
    clinician: When  # rows rated by a clinician; empty if the file does not say
    baseline: Sequence[str]  # the two columns of averages before treatment
    randomized: Sequence[str]
    left: Sequence[str]  # the two columns of people who left before the end
    sets: Sequence[ResultSet]

    @property
    def columns(self) -> list[str]:
        """Every column that reading needs."""
        named = [self.treatment, self.comparison, *self.baseline, *self.randomized, *self.left]
        conditions = [self.low_risk, self.clinician, *(rule.when for rule in self.therapies)]
        conditions += [one.when for one in self.sets]
        named += [name for when in conditions for name in when]
        return list(dict.fromkeys([*named, *(self.ages if isinstance(self.ages, Mapping) else ())]))


@dataclass(frozen=True, slots=True)
class Disorder:
    """A disorder of the file of responses, and the files that know what its trials compared with."""

    condition: str
    disorder: str
    files: Sequence[str]
    therapies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResponseMap:
    """How the published file of responses is read: people who improved, in both arms."""

    file: str
    source: str
    ages: Mapping[str, Mapping[str, str]]
    low_risk: When
    measure: str
    conditions: Sequence[Disorder]


@dataclass(frozen=True, slots=True)
class TrialsMap:
    files: Mapping[str, FileMap]
    responses: ResponseMap
    left_out: Mapping[str, str]  # files that are not pooled, and why
    published: Mapping[str, tuple[int, int | None]]  # of 100 with therapy and without, as researchers published them
    not_halved: Sequence[str]  # instruments whose lowest score is above 0: half the score is not half the symptoms


def read_mapping(path: Path = PATH) -> TrialsMap:
    data = json.loads(path.read_text(encoding="utf-8"))
    files = {name: _file(name, row) for name, row in data["files"].items()}
    responses = data["responses"]
    therapies = responses.pop("therapies")
    disorders = [
        Disorder(**{**row, "therapies": {**therapies, **row.get("therapies", {})}}) for row in responses["conditions"]
    ]
    answers = ResponseMap(**{**responses, "conditions": disorders})
    return TrialsMap(files, answers, data["left_out"], data["published"], data["not_halved"])


def _file(name: str, row: dict[str, Any]) -> FileMap:
    known = {field.name for field in fields(FileMap)}
    if set(row) != known:
        raise TrialsError(f"The mapping of {name} needs exactly these: {', '.join(sorted(known))}.")
    rules = [TherapyRule(**rule) for rule in row["therapies"]]
    return FileMap(**{**row, "therapies": rules, "sets": [ResultSet(**one) for one in row["sets"]]})


def matches(table: pd.DataFrame, when: When) -> "pd.Series[bool]":
    """Which rows have one of the values in every column that is named."""
    chosen = pd.Series(True, index=table.index)
    for column, values in when.items():
        chosen &= table[column].isin(list(values))
    return chosen


def ages_of(table: pd.DataFrame, ages: str | Mapping[str, Mapping[str, str]]) -> "pd.Series[str]":
    """The age of each row's people as ours; empty where the file does not say one that we know."""
    if isinstance(ages, str):
        return pd.Series(ages, index=table.index, dtype="str")
    ((column, meanings),) = ages.items()
    return table[column].map(dict(meanings)).fillna("").astype("str")


def slugs(every: TrialsMap) -> dict[str, set[str]]:
    """The entries that the mapping names, by the kind's name in a bundle."""
    therapies: Iterable[str] = (rule.therapy for one in every.files.values() for rule in one.therapies)
    named = {
        "therapies": {*therapies, *(slug for row in every.responses.conditions for slug in row.therapies.values())},
        "conditions": {one.condition for file in every.files.values() for one in file.sets}
        | {row.condition for row in every.responses.conditions},
        "sources": {file.source for file in every.files.values()} | {every.responses.source},
    }
    return named
