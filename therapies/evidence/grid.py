"""The whole field as data: therapies by conditions, a standing in each cell, one grid for each group of concerns.

Only pairs that a checked, current document speaks of have a standing here; the rule itself is in `standing.py`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from therapies.domain.standing import Label, Standing, derive
from therapies.serving import catalogue

MOST_ROWS = 60  # therapies in one grid; more than that nobody can read
LETTERS = {
    Label.RECOMMENDED: "R",
    Label.OPTION: "O",
    Label.DIFFER: "D",
    Label.RESEARCH: "S",
    Label.USED: "U",
    Label.AGAINST: "A",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the grid is narrowed to; empty means everything."""

    family: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


class Spoken(NamedTuple):
    """One counting statement, as the rule reads it."""

    therapy: str
    condition: str
    ages: tuple[str, ...]
    stance: str
    kind: str
    short_body: str
    counts: bool = True

    @property
    def source(self) -> "Spoken":
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    slug: str
    name: str
    short: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    condition: Entry
    standing: Standing | None = None

    @property
    def letter(self) -> str:
        return LETTERS[self.standing.label] if self.standing else ""


@dataclass(frozen=True, slots=True)
class Line:
    therapy: Entry
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One group of concerns; the therapies with the best standing and the most marks come first."""

    slug: str
    name: str
    conditions: tuple[Entry, ...]
    lines: tuple[Line, ...]
    left_out: int = 0

    @property
    def by_condition(self) -> "list[tuple[Entry, list[tuple[Standing, list[Entry]]]]]":
        """The same in words: for each condition, each standing and the therapies that have it."""
        return [(condition, _by_standing(place, self.lines)) for place, condition in enumerate(self.conditions)]


def _by_standing(place: int, lines: Sequence[Line]) -> list[tuple[Standing, list[Entry]]]:
    found: defaultdict[Label, list[Entry]] = defaultdict(list)
    for line in lines:
        standing = line.cells[place].standing
        if standing:
            found[standing.label].append(line.therapy)
    return [(Standing(label), found[label]) for label in Label if label in found]


@dataclass(slots=True)
class Choices:
    """What the grid can be narrowed to: slugs and names."""

    family: dict[str, str] = field(default_factory=dict)
    group: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=32)
def grids(number: int, digest: str, wanted: Wanted) -> tuple[Grid, ...]:
    """A grid for each group of concerns that has a standing in it; four queries, kept for one release."""
    pairs: defaultdict[tuple[str, str], list[Spoken]] = defaultdict(list)
    for row in _spoken(wanted):
        pairs[row.therapy, row.condition].append(row)
    derived = {pair: derive(rows, used=False, ages=wanted.age) for pair, rows in pairs.items()}
    standings = {pair: standing for pair, standing in derived.items() if standing}
    therapies, conditions = _therapies({pair[0] for pair in standings}), _conditions({pair[1] for pair in standings})
    return tuple(
        _grid(slug, name, conditions[slug], therapies, standings) for slug, name in _groups() if conditions[slug]
    )


def _grid(
    slug: str,
    name: str,
    conditions: Sequence[Entry],
    therapies: dict[str, Entry],
    standings: dict[tuple[str, str], Standing],
) -> Grid:
    here = {condition.slug for condition in conditions}
    best: defaultdict[str, list[int]] = defaultdict(list)
    for (therapy, condition), standing in standings.items():
        if condition in here:
            best[therapy].append(standing.rank)
    order = sorted((therapies[slug] for slug in best), key=lambda e: (min(best[e.slug]), -len(best[e.slug]), e.name))
    lines = tuple(
        Line(entry, tuple(Cell(condition, standings.get((entry.slug, condition.slug))) for condition in conditions))
        for entry in order[:MOST_ROWS]
    )
    return Grid(slug, name, tuple(conditions), lines, max(0, len(order) - MOST_ROWS))


# ── Reading the release ──

SPOKEN = """
    SELECT t.slug, c.slug, r.ages, r.stance, s.kind, coalesce(nullif(s.body_short, ''), s.body)
    FROM therapies_recommendation r
    JOIN therapies_therapy t ON t.id = r.therapy_id
    JOIN therapies_family f ON f.id = t.family_id
    JOIN therapies_condition c ON c.id = r.condition_id
    JOIN therapies_conditiongroup g ON g.id = c.group_id
    JOIN therapies_source s ON s.id = r.source_id
    WHERE r.seen AND s.status <> 'superseded'"""


def _spoken(wanted: Wanted) -> Iterable[Spoken]:
    narrowed = {
        "f.slug": wanted.family,
        "g.slug": wanted.group,
        "coalesce(nullif(s.body_short, ''), s.body)": wanted.body,
    }
    sql, values = SPOKEN, list[str]()
    for column, allowed in narrowed.items():
        if allowed:
            sql += f" AND {column} IN ({', '.join(['%s'] * len(allowed))})"
            values += allowed
    for therapy, condition, ages, *rest in catalogue.rows(sql, values):
        yield Spoken(therapy, condition, tuple(json.loads(ages)), *rest)


def _therapies(slugs: set[str]) -> dict[str, Entry]:
    rows = catalogue.therapies().filter(slug__in=slugs).values_list("slug", "name", "abbreviation", "family__name")
    return {slug: Entry(slug, name, short or name, family) for slug, name, short, family in rows}


def _conditions(slugs: set[str]) -> defaultdict[str, list[Entry]]:
    by_group: defaultdict[str, list[Entry]] = defaultdict(list)
    rows = catalogue.conditions().filter(slug__in=slugs).order_by("name").values_list("slug", "name", "group__slug")
    for slug, name, group in rows:
        by_group[group].append(Entry(slug, name, name.split(" (")[0]))
    return by_group


def _groups() -> list[tuple[str, str]]:
    return list(catalogue.condition_groups().order_by("name").values_list("slug", "name"))


@lru_cache(maxsize=2)
def choices(number: int, digest: str) -> Choices:
    """Families, groups of concerns and bodies to choose from; three queries, kept for one release."""
    bodies = sorted({row.short_body for row in _spoken(Wanted())}, key=str.casefold)
    families = catalogue.families().order_by("name").values_list("slug", "name")
    return Choices(dict(families), dict(_groups()), {body: body for body in bodies})
