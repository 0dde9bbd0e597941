"""The rows of the case card: a therapy with a cell for each concern, and the part of the table that it belongs to.

Label and line come from the rule of the standings. What only a form of a therapy is rated for says “as” that form.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from therapies.domain.standing import Label, praise
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, PooledEffect, Therapy
from therapies.quick.documents import DocumentSays, who_says_so
from therapies.quick.wish_words import CaseWish
from therapies.serving import catalogue, describe, pooled

MOST_BODIES = 2
OF_FORMS = "Differs: see each form."
MOST_SHORT = 18  # characters of a name beside a cell
BOTH, FIRST = "Rated for both", "First choices"
OPTION_BESIDE, BESIDE = "An option beside other treatment", "Recommended beside other treatment"
OTHER, SECOND, DIFFER, RESEARCH = "Other choices", "Second choices", "Guidelines differ", "Research only"
ELSE = "For another purpose than treatment"
WITHOUT_LABEL = "Without a label for treatment"
ORDER = (BOTH, FIRST, OTHER, OPTION_BESIDE, BESIDE, SECOND, DIFFER, ELSE, RESEARCH, WITHOUT_LABEL)
MARKS = {
    FIRST: "recommended",
    OTHER: "option",
    OPTION_BESIDE: "option",
    BESIDE: "recommended",
    SECOND: "second-choice",
    DIFFER: "guidelines-differ",
}
PLACES = {  # by label and line
    (Label.RECOMMENDED, "first"): FIRST,
    (Label.OPTION, "first"): FIRST,
    (Label.OPTION, "adjunct"): OPTION_BESIDE,
    (Label.RECOMMENDED, "adjunct"): BESIDE,
}
PARTS = {  # by label; what a guideline recommends without putting it first stands with the other choices
    Label.RECOMMENDED: OTHER,
    Label.OPTION: OTHER,
    Label.SECOND: SECOND,
    Label.DIFFER: DIFFER,
    Label.HELPS: RESEARCH,
    Label.UNCLEAR: RESEARCH,
    Label.NO_BENEFIT: RESEARCH,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of a row for one concern. `as_form` names the form of the therapy that it is said of."""

    condition: Condition
    says: Sequence[DocumentSays]
    rated: Verdict | None = None
    as_form: Therapy | None = None
    effect: PooledEffect | None = None

    @property
    def of_100(self) -> str:
        """People of 100, all cells of a concern with one comparison: “42 of 100 (31 to 58); usual care: 19”."""
        if not self.effect:
            return ""
        own = f"{self.effect.treated_per_100} of 100 ({self.effect.treated_low} to {self.effect.treated_high})"
        return f"{own}; {self.effect.compared_with}: {self.effect.comparison_per_100}"

    @property
    def short(self) -> str:
        """The concern in a word or two, where its name is long: “Panic attacks”."""
        name = self.condition.bare_name
        return name if len(name) <= MOST_SHORT else re.split(r" and\b|,", name)[0]

    @property
    def shown(self) -> Sequence[DocumentSays]:
        return self.says[:MOST_BODIES]

    @property
    def more(self) -> int:
        return len(self.says) - len(self.shown)

    @property
    def is_praised(self) -> bool:
        return bool(self.rated and praise(row.spoken for row in self.rated.rows))

    @property
    def part(self) -> str:
        return part_of(self.rated) if self.rated else WITHOUT_LABEL


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A therapy, or what has no entry here, with a cell for each concern: none where nothing is on file."""

    name: str
    url: str
    cells: Sequence[Cell | None]
    therapy: Therapy | None = None
    dose: str = ""
    care: str = ""
    unknown: Sequence[str] = ()  # of what was wished for
    ages: str = ""

    @property
    def part(self) -> str:
        praised = [cell for cell in self.cells if cell and cell.is_praised]
        if len(praised) > 1:
            return BOTH
        return min((cell.part for cell in self.cells if cell), key=ORDER.index)

    @property
    def order(self) -> tuple[int, Any]:
        rated = [cell.rated.order for cell in self.cells if cell and cell.rated]
        parts = sorted(ORDER.index(cell.part) for cell in self.cells if cell)
        return ORDER.index(self.part), (sum(parts) if self.part is BOTH else 0, min(rated), self.name)


@dataclass(frozen=True, slots=True)
class Part:
    """The options of one place in the order, such as the first choices; of `printed` rows paper has room."""

    title: str
    rows: list[CaseRow]
    printed: int = 0

    @property
    def mark(self) -> str:
        return MARKS.get(self.title, "")

    @property
    def is_extra(self) -> bool:
        return self.printed <= 0

    @property
    def note(self) -> str:
        """How to read first choices that a guideline only lists: “consider” can be what it puts first."""
        every = [cell.rated.standing for row in self.rows for cell in row.cells if cell and cell.rated]
        labels = {standing.label for standing in every if standing}
        if self.title != FIRST or Label.OPTION not in labels:
            return ""
        if labels == {Label.OPTION}:
            return "These are options: no guideline here recommends one outright."
        return "“An option” stands here where a guideline puts it first without recommending it outright."


def is_option(rated: Verdict) -> bool:
    """Whether it has a label worth a row, or is at least spoken of in a document in force."""
    if rated.is_against or rated.folds:
        return False
    return rated.standing.label in PARTS if rated.standing else bool(rated.rows)


def part_of(rated: Verdict) -> str:
    """What holds for a part of the people alone is no first choice."""
    standing = rated.standing
    if standing is None:
        return ELSE if rated.beside else WITHOUT_LABEL
    place = PLACES.get((standing.label, standing.line)) or PARTS.get(standing.label, WITHOUT_LABEL)
    return OTHER if place == FIRST and standing.only_for else place


# ── Rows ──


def rows(
    conditions: Sequence[Condition], rated: Sequence[Sequence[Verdict]], age: str, wishes: Sequence[CaseWish]
) -> list[CaseRow]:
    """A row for each therapy that is an option for one of the concerns and advised against for none; four queries."""
    warned_of = {one.therapy.pk for of_one in rated for one in of_one if one.is_against}
    options = [
        {one.therapy.pk: one for one in of_one if is_option(one) and one.therapy.pk not in warned_of}
        for of_one in rated
    ]
    therapies = {pk: one.therapy for of_one in options for pk, one in of_one.items()}
    cells: dict[int, list[Cell | None]] = {
        pk: [_cell(condition, of_one.get(pk)) for condition, of_one in zip(conditions, options, strict=True)]
        for pk in therapies
    }
    if len(conditions) > 1:
        _roll_up(cells, _forms(therapies, warned_of), conditions, options)
    for place, condition in enumerate(conditions):
        _count_people(cells, place, condition, age)
    wanted = catalogue.therapies().filter(pk__in=list(cells))
    known = wanted.prefetch_related("participants", "delivery").in_bulk()
    return _in_order(_row(known[pk], own, age, wishes) for pk, own in cells.items())


def _count_people(cells: Mapping[int, list[Cell | None]], place: int, condition: Condition, age: str) -> None:
    """People of 100 into the cells of one concern; a cell that speaks of a form gets those of the form."""
    of = {pk: cell.as_form.pk if cell.as_form else pk for pk, row in cells.items() if (cell := row[place])}
    effects = pooled.side_by_side(pooled.of_condition(condition), list(of.values()), age)
    for pk, spoken_of in of.items():
        cell = cells[pk][place]
        if cell and spoken_of in effects:
            cells[pk][place] = replace(cell, effect=effects[spoken_of])


def _row(therapy: Therapy, cells: Sequence[Cell | None], age: str, wishes: Sequence[CaseWish]) -> CaseRow:
    """It leads to what the therapy's page says of the concern, and carries the age on."""
    condition = next(cell.condition for cell in cells if cell)
    url = f"{therapy.get_absolute_url()}?for={condition.slug}&age={age}#for-{condition.slug}"
    is_itself = any(cell and not cell.as_form for cell in cells)
    dose, care = (describe.dose(therapy), therapy.cautions.rstrip(".")) if is_itself else (OF_FORMS, "")
    unknown = [wish.unknown for wish in wishes if wish.field and not _values(therapy, wish)]
    return CaseRow(therapy.name, url, cells, therapy, dose, care, unknown)


def _in_order(every: Iterable[CaseRow]) -> list[CaseRow]:
    """In the order of the standings; what is rated for one of two concerns by turns, so that neither stands behind."""
    ordered = sorted(every, key=lambda row: row.order)
    turns: Counter[tuple[str, int]] = Counter()
    placed = []
    for number, row in enumerate(ordered):
        own = [place for place, cell in enumerate(row.cells) if cell]
        turn = number if row.part is BOTH else turns[row.part, own[0]]
        turns[row.part, own[0]] += 1
        placed.append((ORDER.index(row.part), turn, number, row))
    return [row for *_, row in sorted(placed, key=lambda one: one[:3])]


def _cell(condition: Condition, rated: Verdict | None, as_form: Therapy | None = None) -> Cell | None:
    return Cell(condition, who_says_so(rated), rated, as_form) if rated else None


def _forms(therapies: Mapping[int, Therapy], warned_of: Collection[int]) -> dict[int, list[int]]:
    """The rated forms of each therapy that is not warned against itself."""
    forms: defaultdict[int, list[int]] = defaultdict(list)
    for pk, therapy in therapies.items():
        for parent in therapy.parents.all() if therapy.is_form_of_parent else ():
            if parent.pk not in warned_of:
                forms[parent.pk].append(pk)
    return forms


def _roll_up(
    cells: dict[int, list[Cell | None]],
    forms: Mapping[int, Sequence[int]],
    conditions: Sequence[Condition],
    options: Sequence[Mapping[int, Verdict]],
) -> None:
    """A therapy whose forms are rated for the one concern, and itself or other forms for the other, is one row."""
    for parent, children in forms.items():
        row, taken = list(cells.get(parent, [None] * len(conditions))), []
        for place, (condition, of_one) in enumerate(zip(conditions, options, strict=True)):
            best = min((of_one[pk] for pk in children if pk in of_one), key=lambda one: one.order, default=None)
            if row[place] is None and best:
                row[place] = _cell(condition, best, best.therapy)
                taken.append(best.therapy.pk)
        if all(row) and taken:
            cells[parent] = row
            for pk in taken:  # its own row would say the same again
                if sum(cell is not None for cell in cells.get(pk, ())) == 1:
                    del cells[pk]


def _values(therapy: Therapy, wish: CaseWish) -> set[str]:
    """What is known of a therapy in the field that a wish is about."""
    value = getattr(therapy, wish.field)
    if isinstance(value, str):
        return {value} if value else set()
    return set(value) if isinstance(value, list) else {item.slug for item in value.all()}


def lacking(every: Iterable[CaseRow], wishes: Sequence[CaseWish]) -> dict[str, list[CaseRow]]:
    """The rows of which is known that they are not as wished for, by the first wish that they do not meet."""
    by_wish: defaultdict[str, list[CaseRow]] = defaultdict(list)
    for row in every:
        for wish in wishes:
            known = _values(row.therapy, wish) if wish.field and row.therapy else set()
            if known and not known & wish.values:
                by_wish[wish.lacks].append(row)
                break
    return by_wish


def parts(every: Sequence[CaseRow], printed: int = 0) -> list[Part]:
    """The rows by the part of the table that they belong to; paper has room for so many."""
    found = []
    for title in ORDER:
        here = [row for row in every if row.part == title]
        if here:
            found.append(Part(title, here, printed))
            printed -= len(here)
    return found
