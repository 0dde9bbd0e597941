"""How many rows of the case card have room on a page of A4. An estimate: what it leaves out is counted on the page."""

from collections.abc import Sequence
from math import ceil

from therapies.quick.table import CaseRow, Cell

TABLE = 510  # points of the height of a page that are left beside red flags, notes and foot
LINE, AIR, HEADING = 9.2, 5, 17  # points: a line, what a row has around it, the heading of a part
LETTERS = {"name": 21, "dose": 17, "care": 25}  # of a line of each column
LETTERS_OF_CELL = {1: 42, 2: 20}  # by how many concerns stand beside each other
CHECKED, MORE, BESIDE = len(" (to be checked)"), len(" and 4 more"), 30


def rows_with_room(rows: Sequence[CaseRow], against: Sequence[CaseRow]) -> int:
    """How many of the first rows; those that are advised against are all on the page."""
    left = TABLE - HEADING - sum(map(_height, against))
    part = ""
    for number, row in enumerate(rows):
        left -= _height(row) + (HEADING if row.part != part else 0)
        part = row.part
        if left < 0:
            return number
    return len(rows)


def _height(row: CaseRow) -> float:
    width = LETTERS_OF_CELL[len(row.cells)]
    lines = [ceil(_letters(cell) / width) + ceil(len(cell.of_100) / width) for cell in row.cells if cell]
    lines += [ceil(len(words) / LETTERS[name]) for name, words in _beside(row).items()]
    return max(lines) * LINE + AIR


def _beside(row: CaseRow) -> dict[str, str]:
    notes = " ".join([*row.unknown, row.ages, "specific program" if row.therapy and row.therapy.is_program else ""])
    return {"name": f"{row.name} {notes}".strip(), "dose": row.dose, "care": row.care}


def _letters(cell: Cell) -> int:
    every = [says for document in cell.shown for says in document.every]
    count = sum(len(f"{says.row.source.label}: {says.notes} ({says.note})") + 3 for says in every)
    count += sum(not says.row.is_checked for says in every) * CHECKED
    count += len(cell.as_form.name) + 4 if cell.as_form else 0
    count += MORE if cell.more else 0
    return count + (BESIDE * len(cell.rated.beside) if cell.rated else 0)
