"""Which recommendations speak of a therapy or a condition, put together for reading: standings, forms, history.

Reads the installed release in a bounded number of queries; the rule itself is in `standing.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from therapies import catalogue
from therapies.models import Condition, Recommendation, Therapy
from therapies.standing import Standing, derive

Pair = tuple[int, int]  # (therapy, condition) row numbers


@dataclass(slots=True)
class Rated:
    """What is known of one (therapy, condition) pair."""

    therapy: Therapy
    condition: Condition
    standing: Standing | None
    rows: list[Recommendation] = field(default_factory=list)  # counting, and checked but not bearing on the label
    unchecked: list[Recommendation] = field(default_factory=list)
    history: list[Recommendation] = field(default_factory=list)  # superseded sources
    forms: list["Rated"] = field(default_factory=list)  # the same condition, in a named form of the therapy


def recommendations(
    *, therapies: Iterable[int] | None = None, conditions: Iterable[int] | None = None
) -> dict[Pair, list[Recommendation]]:
    """Every row that speaks of these, by pair, the newest source first; one query."""
    rows = catalogue.recommendations().select_related("source")
    if therapies is not None:
        rows = rows.filter(therapy_id__in=list(therapies))
    if conditions is not None:
        rows = rows.filter(condition_id__in=list(conditions))
    by_pair: defaultdict[Pair, list[Recommendation]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.source.year or "", row.source.short_body), reverse=True):
        by_pair[row.therapy_id, row.condition_id].append(row)
    return by_pair


def rate(
    therapy: Therapy, condition: Condition, rows: Sequence[Recommendation], *, used: bool, ages: Sequence[str] = ()
) -> Rated:
    """Sorts the rows of one pair into what counts, what is unchecked and what is history."""
    wanted = [row for row in rows if not ages or set(ages) & set(row.ages)]
    return Rated(
        therapy,
        condition,
        derive(wanted, used=used),
        rows=[row for row in wanted if row.counts],
        unchecked=[row for row in wanted if not row.seen and not row.source.is_superseded],
        history=[row for row in wanted if row.source.is_superseded],
    )


def standings(therapies: Sequence[int], conditions: Sequence[int], ages: Sequence[str]) -> dict[Pair, Standing]:
    """The standing of every pair of these; two queries."""
    rows = recommendations(therapies=therapies, conditions=conditions)
    through = Therapy.commonly_used_for.through._default_manager.using(catalogue.ALIAS)
    links = through.filter(therapy_id__in=therapies, condition_id__in=conditions)
    used = set(links.values_list("therapy_id", "condition_id"))
    derived = {pair: derive(rows.get(pair, ()), used=pair in used, ages=ages) for pair in {*rows, *used}}
    return {pair: standing for pair, standing in derived.items() if standing}
