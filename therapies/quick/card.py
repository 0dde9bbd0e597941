"""The options for one concern or two at one age, as one table; what is warned against, and what was left out of it.

Label, line and age come from the rule of the standings. A row is a therapy with a cell for each concern; what only a
form of it is rated for says “as” that form. Nothing leaves the table in silence: what is folded says why, and counts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from therapies.domain.severity import Severity
from therapies.domain.standing import Label, praise
from therapies.evidence import verdicts, warned
from therapies.evidence.pairs import NO_PAIRS, every_pair
from therapies.evidence.verdicts import Verdict
from therapies.evidence.warned import FoldedLines
from therapies.models import Condition, Therapy
from therapies.quick import table, warnings
from therapies.quick.documents import DocumentSays, documents
from therapies.quick.on_file import OnFile
from therapies.quick.paper import rows_with_room
from therapies.quick.table import RESEARCH, WITHOUT_LABEL, CaseRow, Part
from therapies.quick.wish_words import CaseWish

MOST_ROWS = 7  # so that a phone shows the card in four screens; the rest unfolds
MOST_NEIGHBORS = 3
AGES = {
    "adult": "adults",
    "older": "older adults",
    "adolescent": "teenagers",
    "child": "children under 12",
}


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows that are folded away, and why."""

    title: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class OtherSeverity:
    """A therapy that documents are for at another severity alone."""

    therapy: Therapy
    says: DocumentSays


@dataclass(frozen=True, slots=True)
class Silent:
    """A concern of which no guideline is for a therapy at this age, and neighbors of which one is."""

    condition: Condition
    neighbors: list[Condition]


@dataclass(slots=True)
class Card:
    """Everything that is said at one age. `used` is in use and not rated, `advised` has no entry here."""

    age: str
    conditions: Sequence[Condition]
    parts: list[Part] = field(default_factory=list)
    folds: list[Fold] = field(default_factory=list)
    against: list[CaseRow] = field(default_factory=list)
    advised: list[FoldedLines] = field(default_factory=list)
    used: list[Therapy] = field(default_factory=list)
    other_severity: list[OtherSeverity] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)

    @property
    def age_name(self) -> str:
        return AGES[self.age]

    @property
    def is_silent(self) -> bool:
        """Whether no guideline is for anything, for any of the concerns."""
        return len(self.silent) == len(self.conditions)

    @property
    def rows(self) -> list[CaseRow]:
        return [row for part in self.parts for row in part.rows]

    @property
    def measures(self) -> list[str]:
        """What those had who are counted of 100, each once."""
        cells = [cell for row in self.rows for cell in row.cells]
        return list(dict.fromkeys(cell.effect.measure for cell in cells if cell and cell.effect))

    @property
    def columns(self) -> int:
        return 3 + len(self.conditions)

    @property
    def not_printed(self) -> int:
        printed = sum(min(len(part.rows), max(0, part.printed)) for part in self.parts)
        return sum(len(part.rows) for fold in self.folds for part in fold.parts) + len(self.rows) - printed


def card(
    files: Sequence[OnFile],
    age: str,
    asked: Severity | None = None,
    wishes: Sequence[CaseWish] = (),
    *,
    every_age: bool = False,
) -> Card:
    """The card at one age, in some five queries a concern. `every_age` warns of what is said at other ages, too."""
    made = Card(age, [one.condition for one in files])
    rated = [_verdicts(one, age, asked) for one in files]
    rows = table.rows(made.conditions, rated, age, wishes)
    made.against = warnings.rows(files, rated, age, ages=list(AGES) if every_age else ())
    _arrange(made, rows, wishes)
    made.used = _only_used(rated, rows)
    made.advised = [warned.advised(one.about(age), one.condition, [age]) for one in files]
    for one, of_one in zip(files, rated, strict=True):
        if asked:
            made.other_severity += _of_another(of_one, _verdicts(one, age, None))
        if not any(praise(row.spoken for row in each.rows) for each in of_one if not each.is_against):
            made.silent.append(Silent(one.condition, neighbors(one.condition, age)))
    return made


def _verdicts(one: OnFile, age: str, asked: Severity | None) -> list[Verdict]:
    """What the statements add up to that this age and severity hear."""
    suiting = {pair: [row for row in rows if not asked or asked.suits(row.severity)] for pair, rows in one.said.items()}
    heard = {pair: rows for pair, rows in suiting.items() if rows}
    return verdicts.of_condition(one.condition, ages=[age], by_pair=heard)


def _of_another(heard: Iterable[Verdict], every: Iterable[Verdict]) -> list[OtherSeverity]:
    """The therapies that guidelines in force are for at another severity, and at the one that was asked for not."""
    advised = {one.therapy.pk for one in heard if praise(row.spoken for row in one.rows)}
    others = []
    for one in every:
        rows = [row for row in one.rows if row.severity and praise([row.spoken])]
        if rows and one.therapy.pk not in advised:
            others.append(OtherSeverity(one.therapy, documents(rows)[0]))
    return others


def _only_used(rated: Iterable[Iterable[Verdict]], rows: Iterable[CaseRow]) -> list[Therapy]:
    """What is in use for one of the concerns and rated for none."""
    shown = {row.therapy.pk for row in rows if row.therapy}
    used: dict[int, Therapy] = {}
    for of_one in rated:
        for one in of_one:
            if one.standing and one.standing.label is Label.USED and not one.is_against and one.therapy.pk not in shown:
                used[one.therapy.pk] = one.therapy
    return list(used.values())


def praised(slug: str, age: str) -> int:
    """How many statements of guidelines in force are for something, for the concern with this slug at this age."""
    sayings = every_pair().sayings
    pairs = every_pair().by_condition.get(slug, NO_PAIRS)
    return sum(age in row.ages for _, number in pairs for row in praise(sayings[number].statements))


def neighbors(condition: Condition, age: str) -> list[Condition]:
    """The related concerns of which guidelines in force are for something at this age.

    Those of the same group first, then those of which they say most.
    """
    counts = Counter({other: praised(other.slug, age) for other in condition.related.all()})
    found = [other for other, count in counts.items() if count]
    found.sort(key=lambda other: (other.group_id != condition.group_id, -counts[other], other.name))
    return found[:MOST_NEIGHBORS]


def _arrange(made: Card, rows: Sequence[CaseRow], wishes: Sequence[CaseWish]) -> None:
    """The first rows into the table; what is not as wished, what is too much and what is only research into folds."""
    lacking = table.lacking(rows, wishes)
    known = {id(row) for of_wish in lacking.values() for row in of_wish}
    suiting = [row for row in rows if id(row) not in known]
    advised = [row for row in suiting if row.part not in (RESEARCH, WITHOUT_LABEL)]
    shown, more = (advised or suiting)[:MOST_ROWS], (advised or suiting)[MOST_ROWS:]
    rest = [row for row in suiting if row.part in (RESEARCH, WITHOUT_LABEL)] if advised else []
    why = "in research alone" if all(row.part == RESEARCH for row in rest) else "without advice for treatment"
    made.parts = table.parts(shown, rows_with_room(shown, made.against))
    folded = {f"more {_options(more)}": more, why: rest}
    folded |= {f"{_options(of_wish)} {lacks}": of_wish for lacks, of_wish in lacking.items()}
    made.folds = [Fold(f"{len(here)} {title}", table.parts(here)) for title, here in folded.items() if here]


def _options(rows: Sequence[CaseRow]) -> str:
    return "option" if len(rows) == 1 else "options"
