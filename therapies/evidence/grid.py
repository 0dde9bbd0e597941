"""The whole field as data: therapies by conditions, a standing in each cell, one grid for each group of concerns.

Only pairs that some document speaks of have a standing here; the rule itself is in `domain/standing.py`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial

from django import forms
from django.http import QueryDict

from therapies.domain.standing import Label, Standing, derive
from therapies.evidence.pairs import NamedForm, every_pair, forms_of
from therapies.evidence.verdicts import ByForm, best_forms
from therapies.models import Source
from therapies.models.base import bare_name
from therapies.models.therapy import Status
from therapies.models.vocabulary import AGES
from therapies.serving import catalogue
from therapies.serving.once import once_a_release
from therapies.serving.query import SomeOf, messages_of

MOST_ROWS = 60  # therapies in one grid; nobody can read more than that
LETTERS = {
    Label.RECOMMENDED: "R",
    Label.OPTION: "O",
    Label.SECOND: "2",
    Label.DIFFER: "D",
    Label.HELPS: "H",
    Label.UNCLEAR: "?",
    Label.NO_BENEFIT: "N",
    Label.USED: "U",
    Label.HARM: "X",
    Label.AGAINST: "A",
}
PRAISE = frozenset({Label.RECOMMENDED, Label.OPTION, Label.SECOND, Label.HELPS})
CHECKED = {"1": "Only labels checked against the document"}
Pairs = Mapping[tuple[int, str], Standing]  # by row number of the therapy and slug of the condition


# ── What the grid can be narrowed to ──


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Slugs, ages and bodies that the grid is narrowed to; empty means everything."""

    family: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """The narrowing as (name, value), for an address."""
        return [(part.name, value) for part in fields(self) for value in getattr(self, part.name)]


LABELS = {
    "family": "Kind of therapy",
    "group": "Group of concerns",
    "age": "Age",
    "body": "Who says so",
    "checked": "How far it is checked",
}


def read(query: QueryDict) -> tuple[Narrowing, list[str]]:
    """What a query narrows the grid to, and a sentence for each value that is none of the choices."""
    form = _form()(query)
    form.full_clean()
    return Narrowing(**{name: tuple(values) for name, values in form.cleaned_data.items()}), messages_of(form)


@once_a_release()
def _form() -> type[forms.Form]:
    """The form of the filter, which is the same for a whole release."""
    known = choices()
    fields = {
        name: SomeOf(known=known[name], message=f"“{{}}” is none of the choices for {label}.")
        for name, label in LABELS.items()
    }
    return type("NarrowingForm", (forms.Form,), fields)


@once_a_release()
def choices() -> dict[str, dict[str, str]]:
    """What each name can be narrowed to, as {value: text}; three queries."""
    in_force = catalogue.recommendations().filter(source__status__in=Source.IN_FORCE)
    rows = in_force.with_body().order_by().values_list("body", flat=True).distinct()
    families = catalogue.families().order_by("name").values_list("slug", "name")
    bodies = sorted(rows, key=str.casefold)
    return {
        "family": dict(families),
        "group": dict(_groups()),
        "age": AGES,
        "body": {body: body for body in bodies},
        "checked": CHECKED,
    }


# ── The grids ──


@dataclass(frozen=True, slots=True)
class Heading:
    """A therapy or a condition, as a row or column names it."""

    slug: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A standing; or, where only a form of the therapy is rated, the form and its standing, which count nowhere."""

    condition: Heading
    standing: Standing | None = None
    form: NamedForm | None = None
    of_form: Standing | None = None

    @property
    def letter(self) -> str:
        standing = self.standing or self.of_form
        return LETTERS[standing.label] if standing else ""


@dataclass(frozen=True, slots=True)
class GridRow:
    therapy: Heading
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One group of concerns; the therapies with the best standing and the most marks come first."""

    slug: str
    name: str
    conditions: tuple[Heading, ...]
    rows: tuple[GridRow, ...]
    left_out: int = 0

    @property
    def by_condition(self) -> list[tuple[Heading, list[tuple[Standing, list[Heading]]]]]:
        """The same in words: for each condition, each standing and the therapies that have it."""
        return [(condition, _by_standing(column, self.rows)) for column, condition in enumerate(self.conditions)]


def _by_standing(column: int, rows: Sequence[GridRow]) -> list[tuple[Standing, list[Heading]]]:
    therapies: defaultdict[Standing, list[Heading]] = defaultdict(list)
    for row in rows:
        cell = row.cells[column]
        if cell.standing:
            therapies[cell.standing.briefly].append(row.therapy)
        elif cell.form and cell.of_form:
            name = f"{row.therapy.name} (as {cell.form.name})"
            therapies[cell.of_form.briefly].append(replace(row.therapy, slug=cell.form.slug, name=name))
    return sorted(therapies.items(), key=lambda item: item[0].order)


@once_a_release(most=32)
def grids(narrowing: Narrowing) -> tuple[Grid, ...]:
    """A grid for each group of concerns that has a standing in it; seven queries.

    What is warned against altogether has no mark of praise.
    """
    standings = _standings(narrowing)
    therapies, conditions = _therapies({pk for pk, _ in standings}), _conditions({slug for _, slug in standings})
    forms = best_forms({pk: forms for pk, forms in forms_of().items() if pk in therapies}, standings)
    made = partial(_grid, therapies=therapies, standings=standings, forms=forms)
    return tuple(made(slug, name, conditions[slug]) for slug, name in _groups() if conditions[slug])


def _standings(narrowing: Narrowing) -> Pairs:
    """The standing of every pair that somebody speaks of, as far as the narrowing leaves it."""
    every, families, groups = catalogue.therapies(), narrowing.family, narrowing.group
    warned = set(every.filter(status=Status.DISCOURAGED).values_list("pk", flat=True))
    therapies = set((every.filter(family__slug__in=families) if families else every).values_list("pk", flat=True))
    conditions = catalogue.conditions().filter(group__slug__in=groups) if groups else catalogue.conditions()
    pairs, given = every_pair(), _by_saying(narrowing)
    return {
        (therapy, condition): standing
        for condition in conditions.values_list("slug", flat=True)
        for therapy, number in pairs.by_condition.get(condition, ())
        if (standing := given[number])
        and therapy in therapies
        and (standing.label not in PRAISE or therapy not in warned)
    }


def _by_saying(narrowing: Narrowing) -> list[Standing | None]:
    """What the chosen bodies say for the chosen ages, by the number of the saying; common use is no rating."""
    bodies = narrowing.body
    said = ([row for row in saying.statements if not bodies or row.body in bodies] for saying in every_pair().sayings)
    given = (derive(statements, used=False, ages=narrowing.age) for statements in said)
    return [one if one and (one.is_checked or not narrowing.checked) else None for one in given]


def _grid(
    slug: str,
    name: str,
    conditions: Sequence[Heading],
    *,
    therapies: Mapping[int, Heading],
    standings: Pairs,
    forms: ByForm,
) -> Grid:
    here = {condition.slug for condition in conditions}
    orders: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for (therapy, condition), standing in standings.items():
        if condition in here:
            orders[therapy].append(standing.order)
    order = sorted(orders, key=lambda pk: (min(orders[pk])[:1], -len(orders[pk]), therapies[pk].name, pk))
    rows = tuple(
        GridRow(
            therapies[pk],
            tuple(
                GridCell(item, standings.get((pk, item.slug)), *forms.get((pk, item.slug), ())) for item in conditions
            ),
        )
        for pk in order[:MOST_ROWS]
    )
    return Grid(slug, name, tuple(conditions), rows, max(0, len(order) - MOST_ROWS))


def _therapies(ids: Collection[int]) -> dict[int, Heading]:
    rows = catalogue.therapies().filter(pk__in=ids).values_list("pk", "slug", "name", "abbreviation")
    return {pk: Heading(slug, name, short or name) for pk, slug, name, short in rows}


def _conditions(slugs: Collection[str]) -> defaultdict[str, list[Heading]]:
    by_group: defaultdict[str, list[Heading]] = defaultdict(list)
    rows = catalogue.conditions().filter(slug__in=slugs).order_by("name").values_list("slug", "name", "group__slug")
    for slug, name, group in rows:
        by_group[group].append(Heading(slug, name, bare_name(name)))
    return by_group


def _groups() -> list[tuple[str, str]]:
    return list(catalogue.condition_groups().order_by("name").values_list("slug", "name"))
