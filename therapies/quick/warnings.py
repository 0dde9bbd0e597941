"""What the case card says is advised against: always told, for the age that was asked; for every age if none was."""

from collections.abc import Iterable, Sequence

from therapies.evidence import verdicts, warned
from therapies.evidence.verdicts import Verdict
from therapies.evidence.warned import FoldedLines, Line
from therapies.quick.documents import documents, who_says_so
from therapies.quick.on_file import OnFile, is_heard
from therapies.quick.table import CaseRow, Cell
from therapies.serving import catalogue


def rows(
    files: Sequence[OnFile], rated: Sequence[Sequence[Verdict]], age: str, *, ages: Sequence[str] = ()
) -> list[CaseRow]:
    """A row for each warning at this age, and at the other `ages`, which it then names; a query a concern at most.

    Where a therapy is warned against for one of two concerns, what is said of it for the other stands beside it.
    """
    found: dict[str, CaseRow] = {}
    for place, (one, of_one) in enumerate(zip(files, rated, strict=True)):
        lines = _lines(warned.warnings(of_one, one.about(age), one.condition, [age]))
        elsewhere = _at_ages(one, [other for other in ages if other != age])
        for line in _each_name([*lines, *elsewhere]):
            cells = [_beside(line.name, other, rated[at]) for at, other in enumerate(files)]
            cells[place] = Cell(one.condition, documents(line.rows))
            of_ages = "" if any(is_heard(row, age) for row in line.rows) else line.ages
            found.setdefault(line.name, CaseRow(line.name, line.url, cells, ages=of_ages))
    return list(found.values())


def _lines(folded: FoldedLines) -> list[Line]:
    return [*folded.first, *folded.rest]


def _each_name(lines: Iterable[Line]) -> list[Line]:
    once: dict[str, Line] = {}
    for line in lines:
        once.setdefault(line.name, line)
    return list(once.values())


def _beside(name: str, other: OnFile, rated: Iterable[Verdict]) -> Cell | None:
    """What is said of the same therapy for another concern."""
    one = next((one for one in rated if one.therapy.name == name and one.rows), None)
    return Cell(other.condition, documents(one.warnings) if one.is_against else who_says_so(one)) if one else None


def _at_ages(one: OnFile, ages: Sequence[str]) -> list[Line]:
    """What is warned against at any of these ages; each line names its ages."""
    warning = {pair for pair, rows in one.said.items() if any(row.warns and row.source.is_in_force for row in rows)}
    therapies = catalogue.therapies().in_bulk({pk for pk, _ in warning}) if warning and ages else {}
    lines: list[Line] = []
    for age in ages:
        judged = [
            verdicts.judge(therapies[pair[0]], one.condition, one.said[pair], used=False, ages=[age])
            for pair in sorted(warning)
        ]
        heard = [verdict for verdict in judged if verdict.rows]
        lines += _lines(warned.warnings(heard, one.about(age), one.condition))
    return lines
