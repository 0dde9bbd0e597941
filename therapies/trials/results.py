"""Every pooled effect, as rows of the fixture. The same files give the same rows, whatever the order of their lines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from therapies.models import PooledEffect
from therapies.models.kinds import Row
from therapies.trials import people, pooling
from therapies.trials.effects import TrialEffect, effects, groups, rows_of
from therapies.trials.mapping import FileMap, ResultSet, TrialsMap
from therapies.trials.metapsy import Database, TrialsError, read_index, read_table
from therapies.trials.people import ANY_CONTROL, OfHundred, Response, ResponseKey

LEAST = PooledEffect.LEAST_TRIALS
EVERY_FILE = ("study", ".g", ".g_se")
RESPONSES = ("study", "disorder", "therapy", "improved.ig", "n.ig", "improved.cg", "n.cg")
OTHER = "other"  # a control group of a kind that is not ours
AGES = {"adult": ["adult"], "older": ["older"], "all": ["adult", "older"]}


@dataclass(frozen=True, slots=True)
class Trials:
    """The folder's files as tables, with what each of them is."""

    databases: Mapping[str, Database]
    tables: Mapping[str, pd.DataFrame]
    responses: pd.DataFrame


def read(folder: Path, every: TrialsMap) -> Trials:
    """Raises TrialsError for a file or column that the mapping names and the folder has not."""
    databases = read_index(folder)
    for name in (*every.files, every.responses.file):
        if name not in databases:
            raise TrialsError(f"{folder / 'index.csv'} does not list {name}.csv, which the mapping names.")
    tables = {
        name: read_table(folder / databases[name].file, [*EVERY_FILE, *file.columns])
        for name, file in every.files.items()
    }
    answers = every.responses
    named = [*RESPONSES, *answers.ages, *answers.low_risk]
    return Trials(databases, tables, read_table(folder / databases[answers.file].file, named))


def pooled_rows(trials: Trials, every: TrialsMap) -> list[Row]:
    """Rows by slug, without the day on which they were pooled."""
    published = _published(trials, every)
    rows = [row for name in every.files for row in _of_file(trials, every, name, published)]
    rows += _of_responses(trials, every, published, {row["slug"] for row in rows})
    slugs = [row["slug"] for row in rows]
    twice = next((slug for slug in sorted(slugs) if slugs.count(slug) > 1), None)
    if twice:
        raise TrialsError(f"Two files give “{twice}”. Give one of the sets a key in the mapping.")
    return sorted(rows, key=lambda row: str(row["slug"]))


# ── Sizes, with the people of 100 beside them ──


Published = Mapping[ResponseKey, Sequence[Response]]


def _of_file(trials: Trials, every: TrialsMap, name: str, published: Published) -> Iterator[Row]:
    file = every.files[name]
    therapies = list(dict.fromkeys(rule.therapy for rule in file.therapies))
    for wanted in file.sets:
        rows = rows_of(trials.tables[name], file, wanted, every.not_halved)
        if rows["g"].median() < 0 and wanted.sizes:
            raise TrialsError(f"In {name}.csv most effects go against the therapies. Is “better” right in the mapping?")
        for therapy, comparison, age, here in groups(rows, therapies):
            key = (wanted.condition, therapy, comparison, age)
            row = _row(here, file, wanted, published.get(key, []))
            if row:
                ages = AGES.get(age) or sorted({one for each in here["age"] for one in each.split("+")})
                yield {
                    **_named(key, wanted.key, file.source, trials.databases[name]),
                    **row,
                    "ages": ages,
                    "population": wanted.population,
                }


def _row(rows: pd.DataFrame, file: FileMap, wanted: ResultSet, published: Sequence[Response]) -> Row | None:
    """What the rows give; None if too few trials give anything."""
    found = effects(rows) if wanted.sizes else []
    counts, by = _people(rows, wanted, published)
    leaving = people.left(rows) if wanted.sizes else []
    if len(found) < LEAST and not counts:
        return None
    row = empty() | {"measure": wanted.measure}
    if len(found) >= LEAST:
        row |= _sizes(found, bool(file.low_risk))
    if counts:
        row |= of_hundred(counts, by)
        if len(found) < LEAST:
            row |= {"trials": counts.trials, "people": counts.people}
            row |= {"low_risk_trials": _at_low_risk(rows, counts) if file.low_risk else None}
    return row | _left(OfHundred(leaving))


def _at_low_risk(rows: pd.DataFrame, counts: OfHundred) -> int:
    low_risk = rows.groupby("study")["low_risk"].all()
    return sum(bool(low_risk.get(study, False)) for study in {one.study for one in counts.counted})


def _people(rows: pd.DataFrame, wanted: ResultSet, published: Sequence[Response]) -> tuple[OfHundred | None, str]:
    """The people of 100 by the best way that has trials enough, and how they were counted."""
    for way in wanted.people:
        by, found = "both", [one.counted for one in published]
        if way != "published":
            by, work_out = people.WAYS[way]
            found = work_out(rows)
        counts = OfHundred(found)
        if counts.trials >= LEAST:
            return counts, by
    return None, ""


def _sizes(found: Sequence[TrialEffect], rated: bool) -> Row:
    sizes = [one.effect for one in found]
    whole = pooling.pool(sizes)
    low_risk = [one.effect for one in found if one.low_risk]
    outside = pooling.outside(sizes, whole)
    kept = [size for size, is_outside in zip(sizes, outside, strict=True) if not is_outside]
    funnel = pooling.asymmetry(sizes)
    return {
        "trials": len(found),
        "people": sum(one.people for one in found),
        "low_risk_trials": len(low_risk) if rated else None,
        **_interval("g", "", whole),
        "predicted_low": _decimals(whole.predicted[0]),
        "predicted_high": _decimals(whole.predicted[1]),
        "tau_squared": _decimals(whole.tau_squared, 3),
        "i_squared": round(100 * whole.i_squared),
        "asymmetry_p": None if funnel is None else _decimals(funnel, 3),
        **(_interval("low_risk_g", "", pooling.pool(low_risk)) if rated and len(low_risk) >= LEAST else {}),
        "outliers": sum(outside),
        **(_interval("trimmed_g", "", pooling.pool(kept)) if any(outside) and len(kept) >= LEAST else {}),
    }


def _interval(name: str, end: str, found: pooling.Pooled) -> Row:
    values = (found.size, found.low, found.high)
    return {f"{name}{part}{end}": _decimals(value) for part, value in zip(("", "_low", "_high"), values, strict=True)}


def _decimals(value: float, places: int = 2) -> float:
    return round(value, places) + 0.0  # no minus before a zero


def of_hundred(counts: OfHundred, by: str) -> Row:
    treated, control = counts.treated, counts.control
    return {
        "counted_trials": counts.trials,
        "counted_people": counts.people,
        "counted_by": by,
        **dict(zip(("treated_per_100", "treated_low", "treated_high"), treated, strict=True)),
        **dict(zip(("comparison_per_100", "comparison_low", "comparison_high"), control, strict=True)),
    }


def _left(counts: OfHundred) -> Row:
    if counts.trials < LEAST:
        return {}
    names = ("left_per_100", "left_low", "left_high")
    compared = ("comparison_left_per_100", "comparison_left_low", "comparison_left_high")
    return {
        "left_trials": counts.trials,
        "left_people": counts.people,
        **dict(zip(names, counts.treated, strict=True)),
        **dict(zip(compared, counts.control, strict=True)),
    }


# ── People of 100 alone, from the published responses ──


def _published(trials: Trials, every: TrialsMap) -> Published:
    controls: dict[str, dict[str, set[str]]] = {}
    for name, file in every.files.items():
        table = trials.tables[name]
        for study, compared in zip(table["study"], table[file.comparison], strict=True):
            kind = file.comparisons.get(compared, OTHER)
            controls.setdefault(name, {}).setdefault(people.study_key(study), set()).add(kind)
    found = people.responses(trials.responses, every.responses, controls)
    return people.by_key(found)


def _of_responses(trials: Trials, every: TrialsMap, published: Published, taken: set[str]) -> Iterator[Row]:
    """Rows for what no file of trials gave a size for, and for all kinds of control group together."""
    answers = every.responses
    database = trials.databases[answers.file]
    for key, found in sorted(published.items()):
        *_, comparison, age = key
        named = _named(key, "", answers.source, database)
        counts = OfHundred([one.counted for one in found])
        same = [one for one in found if one.age == found[0].age] == found  # of one age, so that “all” says nothing more
        if age == "all" and (same or comparison != ANY_CONTROL):
            continue
        if counts.trials < LEAST or named["slug"] in taken or comparison == OTHER:
            continue
        low_risk = len({one.counted.study for one in found if one.low_risk})
        yield {
            **named,
            **empty(),
            **of_hundred(counts, "both"),
            "ages": AGES[age],
            "measure": answers.measure,
            "trials": counts.trials,
            "people": counts.people,
            "low_risk_trials": low_risk,
        }


# ── Rows ──


def empty() -> Row:
    """A row in which nothing is known."""
    values = {field.name: None if field.null else field.get_default() for field in PooledEffect._meta.concrete_fields}
    return {name: value for name, value in values.items() if name not in NAMED}


NAMED = {
    *("id", "slug", "therapy", "condition", "comparison", "source"),
    *("database", "version", "last_search", "doi", "pooled_on"),
}


def _named(key: ResponseKey, part: str, source: str, database: Database) -> Row:
    condition, therapy, comparison, age = key
    words = (condition, therapy or "any-therapy", comparison, age, part)
    return {
        "slug": "-".join(word for word in words if word),
        "therapy": therapy or None,
        "condition": condition,
        "comparison": comparison,
        "source": source,
        "database": database.name,
        "version": database.version,
        "last_search": database.last_search,
        "doi": database.doi,
    }


# ── The fixture ──


def as_text(rows: Sequence[Row], before: str, today: date) -> str:
    """The fixture. A row that says what it said before keeps the day on which it was pooled."""
    known = {row["slug"]: row for row in json.loads(before)} if before else {}
    dated = []
    for row in rows:
        days = [today.isoformat(), known.get(row["slug"], {}).get("pooled_on")]
        same = days[1] and known[row["slug"]] == row | {"pooled_on": days[1]}
        dated.append(row | {"pooled_on": days[1] if same else days[0]})
    return json.dumps(dated, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
