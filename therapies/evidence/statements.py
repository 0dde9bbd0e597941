"""Which recommendations speak of a therapy or a condition, put together for reading: standings, forms, history.

Reads the installed release in a bounded number of queries; the rule itself is in `standing.py`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from therapies.domain.standing import Label, Standing, derive, heard_at
from therapies.models import Condition, Recommendation, Source, Therapy
from therapies.models.evidence import Statement
from therapies.serving import catalogue
from therapies.serving.describe import AGE_WORDS, sentence

Pair = tuple[int, int]  # (therapy, condition) row numbers
Mark = tuple[int, str]  # (therapy row number, condition slug)
NOBODY = len(Label)  # sorts after every standing


@dataclass(slots=True)
class Document:
    """One source and what it says: a body's card on a page."""

    source: Source
    rows: list[Statement]

    @property
    def state(self) -> str:
        """“history” where it was superseded, “unchecked” where none of it was checked, else empty."""
        if self.source.is_superseded:
            return "history"
        return "" if any(row.seen for row in self.rows) else "unchecked"


@dataclass(slots=True)
class ForAges:
    """What is said of one pair for exactly these ages, and the standing that it alone gives."""

    name: str
    standing: Standing | None
    documents: list[Document]


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

    @property
    def all_rows(self) -> list[Recommendation]:
        return [*self.rows, *self.unchecked, *self.history]

    @property
    def order(self) -> tuple[int, int, str]:
        """Best standing first, then the one that most bodies agree on, then by name of the therapy and condition."""
        agree = -self.standing.agree if self.standing else 0
        return self.standing.rank if self.standing else NOBODY, agree, f"{self.therapy.name} {self.condition}"

    @property
    def by_ages(self) -> list[ForAges]:
        """The rows in groups of the same ages; the group with most rows first."""
        groups: defaultdict[tuple[str, ...], list[Recommendation]] = defaultdict(list)
        for row in self.all_rows:
            groups[tuple(row.ages)].append(row)
        ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
        return [_for_ages(ages, rate(self.therapy, self.condition, rows, used=False)) for ages, rows in ordered]


def _for_ages(ages: tuple[str, ...], rated: Rated) -> ForAges:
    name = sentence([AGE_WORDS.get(age, age) for age in ages]) or "Ages not stated"
    return ForAges(name, rated.standing, documents(rated.all_rows))


def documents(rows: Iterable[Statement]) -> list[Document]:
    """The rows by source: checked ones first, unchecked after them, history last; advice before findings."""
    by_source: dict[int, Document] = {}
    for row in rows:
        by_source.setdefault(row.source_id, Document(row.source, [])).rows.append(row)
    states = ("", "unchecked", "history")
    return sorted(by_source.values(), key=lambda item: (states.index(item.state), item.source.kind != "guideline"))


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
    wanted = [row for row in rows if not ages or heard_at(ages) & set(row.ages)]
    return Rated(
        therapy,
        condition,
        derive(wanted, used=used),
        rows=[row for row in wanted if row.counts],
        unchecked=[row for row in wanted if not row.seen and not row.source.is_superseded],
        history=[row for row in wanted if row.source.is_superseded],
    )


class CountingRow(NamedTuple):
    """The columns that a standing is made of, of a row that counts."""

    ages: list[str]
    stance: str
    kind: str
    short_body: str
    counts: bool = True

    @property
    def source(self) -> Self:
        return self


def standings(therapies: Sequence[int], conditions: Sequence[str], ages: Sequence[str]) -> dict[Mark, Standing]:
    """The standing of every pair of these, by therapy number and condition slug; two plain queries, for long lists."""
    if not therapies or not conditions:
        return {}
    among = f"t.therapy_id IN ({_marks(therapies)}) AND c.slug IN ({_marks(conditions)})"
    rows: defaultdict[Mark, list[CountingRow]] = defaultdict(list)
    for therapy, condition, spoken_of, *rest in catalogue.rows(COUNTING_ROWS + among, [*therapies, *conditions]):
        rows[therapy, condition].append(CountingRow(json.loads(spoken_of), *rest))
    used = set(catalogue.rows(USED_PAIRS + among, [*therapies, *conditions]))
    derived = {pair: derive(rows.get(pair, ()), used=pair in used, ages=ages) for pair in {*rows, *used}}
    return {pair: standing for pair, standing in derived.items() if standing}


COUNTING_ROWS = """
    SELECT t.therapy_id, c.slug, t.ages, t.stance, s.kind, coalesce(nullif(s.body_short, ''), s.body)
    FROM therapies_recommendation t
    JOIN therapies_condition c ON c.id = t.condition_id
    JOIN therapies_source s ON s.id = t.source_id
    WHERE t.seen AND s.status <> 'superseded' AND """
USED_PAIRS = """
    SELECT t.therapy_id, c.slug
    FROM therapies_therapy_commonly_used_for t
    JOIN therapies_condition c ON c.id = t.condition_id
    WHERE """


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
