"""The part of docs/trials.md that the command writes: our figures beside the published ones, and what has no entry."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from django.conf import settings

from therapies.models.kinds import Row
from therapies.trials.mapping import FileMap, TrialsMap, ages_of, matches
from therapies.trials.metapsy import TrialsError
from therapies.trials.people import ANY_CONTROL
from therapies.trials.results import Trials

DOCS: Path = settings.BASE_DIR / "docs" / "trials.md"
MARK = "<!-- From here on written by manage.py pool_trials. -->\n"


def update(path: Path, text: str) -> None:
    """Replaces what follows the mark."""
    before = path.read_text(encoding="utf-8").partition(MARK)[0] if path.exists() else ""
    path.write_text(before + MARK + "\n" + text, encoding="utf-8")


def report(trials: Trials, every: TrialsMap, rows: Sequence[Row]) -> str:
    return "\n".join(_lines(trials, every, rows)) + "\n"


def _lines(trials: Trials, every: TrialsMap, rows: Sequence[Row]) -> Iterator[str]:
    yield from ["## Ours beside the published figures", "", *beside_published(every, rows), ""]
    yield "## What has no entry of ours"
    yield ""
    yield "Trials by the file's own words. They count among therapies taken together, where there is such a number."
    for name, file in every.files.items():
        table = trials.tables[name]
        used = _used(table, file)
        mapped = pd.Series(False, index=table.index)
        for rule in file.therapies:
            mapped |= matches(table, rule.when)
        treatments = _counted(table[used & ~mapped], file.treatment)
        compared = ~table[file.comparison].isin(list(file.comparisons))
        controls = _counted(table[used & compared], file.comparison)
        ages = table[used & ages_of(table, file.ages).eq("")]
        yield from ["", f"### {name}", ""]
        yield f"- treatments: {treatments or 'none'}"
        yield f"- comparisons: {controls or 'none'}"
        if len(ages):
            yield f"- ages: {_counted(ages, next(iter(file.ages)))}"
        if (~used).any():
            others = table["study"].nunique() - table[used]["study"].nunique()
            yield f"- trials with other results, times or people alone: {others}"
    yield from ["", f"### {every.responses.file}", ""]
    known = {therapy for one in every.responses.conditions for therapy in one.therapies}
    without = trials.responses[~trials.responses["therapy"].isin(list(known))]
    yield f"- treatments: {_counted(without, 'therapy') or 'none'}"
    yield from ["", "### Whole files", ""]
    yield from (f"- {name}: {why}" for name, why in every.left_out.items())
    unknown = sorted(set(trials.databases) - {*every.files, every.responses.file, *every.left_out})
    yield from (f"- {name}: nobody has looked at it yet." for name in unknown)


def beside_published(every: TrialsMap, rows: Sequence[Row]) -> Iterator[str]:
    """A table of the shares that the researchers published, of 100, and ours. Raises if there is no number of ours."""
    yield "| concern | published: with therapy | ours | published: without | ours | trials |"
    yield "|---|---|---|---|---|---|"
    for condition, (treated, control) in every.published.items():
        ours = in_general(condition, rows)
        with_it = f"{ours['treated_per_100']} ({ours['treated_low']} to {ours['treated_high']})"
        without = f"{ours['comparison_per_100']} ({ours['comparison_low']} to {ours['comparison_high']})"
        yield f"| {condition} | {treated} | {with_it} | {control or '-'} | {without} | {ours['trials']} |"


def in_general(condition: str, rows: Sequence[Row]) -> Row:
    """Our number of all therapies, ages and kinds of control group together."""
    slugs = [f"{condition}-any-therapy-{ANY_CONTROL}-{age}" for age in ("all", "adult")]
    found = next((row for slug in slugs for row in rows if row["slug"] == slug), None)
    if found is None:
        raise TrialsError(f"There is no number of ours for {condition}, which the mapping names as published.")
    return found


def _used(table: pd.DataFrame, file: FileMap) -> "pd.Series[bool]":
    """Rows of one of the file's sets."""
    used = pd.Series(False, index=table.index)
    for one in file.sets:
        used |= matches(table, one.when)
    return used


def _counted(table: pd.DataFrame, column: str) -> str:
    """Such as “other psy (30), sup (12)”: values, and in how many trials."""
    counts = table.groupby(column)["study"].nunique().sort_index().sort_values(ascending=False, kind="stable")
    return ", ".join(f"{value or 'not said'} ({count})" for value, count in counts.items())
