"""Files in the Metapsy format as tables of text. Says what is wrong with a file; decides nothing about its content."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

MISSING = {"", "NA", "NR", "N/A", "NaN", "nan", "?"}
INDEX = "index.csv"
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")


class TrialsError(ValueError):
    """Something that the command cannot use. The message names the file, and the column, and what to do."""


@dataclass(frozen=True, slots=True)
class Database:
    """One line of the index: a file, and which version of which database it is. Dates as YYYY-MM-DD."""

    file: str
    name: str
    doi: str
    version: str
    last_search: str


def read_index(folder: Path) -> dict[str, Database]:
    """The databases of the folder by the name of their file, without its ending."""
    if not folder.is_dir():
        raise TrialsError(f"There is no folder {folder}. Name the folder that holds {INDEX} and the files it lists.")
    names = {"database": "name", "doi": "doi", "version_date": "version", "last_search": "last_search"}
    table = read_table(folder / INDEX, ["file", *names])
    rows = table[["file", *names]].rename(columns=names)
    found = {Path(row.file).stem: Database(**row._asdict()) for row in rows.itertuples(index=False)}
    for database in found.values():
        for day in (database.version, database.last_search):
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
                raise TrialsError(f"{folder / INDEX}: “{day}” ({database.file}) is not a day as YYYY-MM-DD.")
    return found


def read_table(path: Path, needed: list[str]) -> pd.DataFrame:
    """The file's rows as text, with "" for what is missing. Raises TrialsError, also for a column that is not there."""
    text = _text(path)
    header = text.split("\n", 1)[0]
    separator = max(";,\t", key=header.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise TrialsError(f"{path} cannot be read as a table: {error}.") from error
    if len(rows) < 2:
        raise TrialsError(f"{path} holds no rows.")
    columns = [name.strip() or f"column {place}" for place, name in enumerate(rows[0], 1)]
    uneven = next((line for line, row in enumerate(rows[1:], 2) if row and len(row) != len(columns)), None)
    if uneven:
        raise TrialsError(f"{path}: row {uneven} has {len(rows[uneven - 1])} cells, the header {len(columns)}.")
    missing = next((name for name in needed if name not in columns), None)
    if missing is not None:
        raise TrialsError(f"{path} has no column “{missing}”. Its columns are: {', '.join(columns)}.")
    cells = [[" ".join(cell.split()) for cell in row] for row in rows[1:] if row]
    table = pd.DataFrame(cells, columns=columns, dtype="str")
    return table.mask(table.isin(MISSING), "")


def numbers(column: "pd.Series[str]") -> "pd.Series[float]":
    """The column's numbers, whether written 0.5 or 0,5; not a number where it is empty or holds words such as “NR”."""
    text = column.where(column.str.fullmatch(NUMBER), "")
    return pd.to_numeric(text.str.replace(",", ".", regex=False), errors="coerce")


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise TrialsError(f"There is no file {path}.") from None
    except OSError as error:
        raise TrialsError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    if "\0" in text:
        raise TrialsError(f"{path} is not a text file.")
    return text.replace("\r\n", "\n")
