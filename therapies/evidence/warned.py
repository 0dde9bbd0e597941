"""What is warned against for one condition, in a line each, and who says so: therapies, and what has no entry here.

A warning shows whatever its basis and its purpose, and stands before the options. Reads nothing by itself.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, ConditionStatement
from therapies.models.evidence import Statement
from therapies.models.vocabulary import AGE_WORDS
from therapies.serving.describe import in_a_sentence, sentence

MOST_SHOWN = 4  # the rest unfolds
MOST_DOCUMENTS = 2
OTHER_HELP = "#other-help"  # the place on a condition's page where what has no entry stands
SEVEREST = ("do-not", "finding", "not-usually")
ADVISES = frozenset({"recommended", "option", "second-choice"})


AGE = "all ages|all|adults?|older|people|children|adolescents?|teenagers?|teens|young|and|or"
AGES_ALONE = re.compile(rf"(?:(?:{AGE})[ ,]*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as a line quotes it. `of_whom` is what its note says of the people beyond their ages."""

    row: Statement

    @property
    def of_whom(self) -> str:
        parts = self.row.population_note.split("; ")
        return in_a_sentence("; ".join(part for part in parts if not AGES_ALONE.fullmatch(part)))


@dataclass(frozen=True, slots=True)
class Line:
    """A therapy, or something that has no entry, with the statements that say so: each document once."""

    name: str
    url: str
    rows: Sequence[Statement]
    ages: str = ""  # such as “children and teenagers”, where it is not about all that the list is about

    @property
    def shown(self) -> list[Said]:
        return [Said(row) for row in self.rows[:MOST_DOCUMENTS]]

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.shown)


@dataclass(frozen=True, slots=True)
class FoldedLines:
    """A list that shows the first few and unfolds the rest."""

    first: Sequence[Line] = ()
    rest: Sequence[Line] = ()

    def __bool__(self) -> bool:
        return bool(self.first)


def warnings(
    rated: Iterable[Verdict], statements: Iterable[ConditionStatement], condition: Condition, ages: Collection[str] = ()
) -> FoldedLines:
    """The warnings for these ages, the severest and the checked ones first. Without ages, each line names its own."""
    lines = [
        Line(one.therapy.name, one.therapy.get_absolute_url(), _each_document(one.warnings), _ages(one.warnings, ages))
        for one in rated
        if one.is_against
    ]
    lines += _without_entry((row for row in statements if row.warns), condition, ages)
    return _folded(sorted(lines, key=_severest_first))


def advised(statements: Iterable[ConditionStatement], condition: Condition, ages: Collection[str] = ()) -> FoldedLines:
    """What is advised and has no entry here, such as “psychological therapy (any)”; what was read comes first."""
    lines = _without_entry((row for row in statements if row.stance in ADVISES), condition, ages)
    return _folded(sorted(lines, key=lambda line: not line.rows[0].is_checked))


def _folded(lines: Sequence[Line]) -> FoldedLines:
    return FoldedLines(lines[:MOST_SHOWN], lines[MOST_SHOWN:])


def _without_entry(rows: Iterable[ConditionStatement], condition: Condition, ages: Collection[str]) -> list[Line]:
    by_subject: defaultdict[str, list[ConditionStatement]] = defaultdict(list)
    for row in rows:
        if row.subject and row.fact and row.source.is_in_force:
            by_subject[row.subject].append(row)
    address = f"{condition.get_absolute_url()}{OTHER_HELP}"
    return [Line(subject, address, _each_document(said), _ages(said, ages)) for subject, said in by_subject.items()]


def _each_document(rows: Iterable[Statement]) -> list[Statement]:
    """What was read before what is recalled."""
    once: dict[int, Statement] = {}
    for row in sorted(rows, key=lambda row: not row.is_checked):
        once.setdefault(row.source_id, row)
    return list(once.values())


def _ages(rows: Iterable[Statement], asked: Collection[str]) -> str:
    spoken = {age for row in rows for age in row.ages}
    if spoken.issuperset(asked or AGE_WORDS):
        return ""
    return in_a_sentence(sentence([word for age, word in AGE_WORDS.items() if age in spoken]))


def _severest_first(line: Line) -> tuple[int, bool]:
    places = [SEVEREST.index(row.stance) for row in line.rows if row.stance in SEVEREST]
    return min(places, default=len(SEVEREST)), not any(row.is_checked for row in line.rows)
