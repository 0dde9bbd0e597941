"""What the texts of a release mean, as vectors in its file: names, everyday words, questions people ask, summaries.

Vectors of a text that the installed release holds already are taken from there, so that a publish works out only what
changed.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from explorer import read_only, seal
from therapies.domain import meaning
from therapies.domain.stemming import split
from therapies.models.therapy import Status
from therapies.releases.search_index import IndexedEntry, spanish_words

TABLES = (
    "CREATE TABLE search_vector (entry INTEGER, text TEXT, is_spanish BOOL, vector BLOB)",
    "CREATE TABLE search_vector_model (digest TEXT)",
)
# How a name is known, if its words say what the entry is about. Short forms and titles of codes do not.
TELLING = {"name", "plain", "alias", "lay", "synonym", "spanish"}
SENTENCES = {"summary": 1, "main_message": 3, "what_it_is": 2, "line": 1}  # by field, how many of its first sentences
AT_A_TIME = 500  # texts that a thread takes
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
MARKS = re.compile(r"\[\^[^\]]*\]|\]\([^)]*\)|[\[*_]")  # of Markdown: citations, the ends of links, emphasis


def write(entries: list[IndexedEntry], cursor: Any, installed: Path) -> None:
    """Fills the tables in the open file; they stay empty where there is no model of meaning."""
    for statement in TABLES:
        cursor.execute(statement)
    if not meaning.is_available():
        return
    rows = [(entry.id, text) for entry in entries for text in dict.fromkeys(_texts(entry))]
    kept = _kept(installed)
    new = list({text: None for _, text in rows if text not in kept})
    kept |= dict(zip(new, _worked_out(new), strict=True))
    spanish = spanish_words(entries)
    cursor.executemany(
        "INSERT INTO search_vector VALUES (%s, %s, %s, %s)",
        [(entry, text, not spanish.isdisjoint(split(text)), kept[text]) for entry, text in rows],
    )
    cursor.execute("INSERT INTO search_vector_model VALUES (%s)", [meaning.DIGEST])


def _worked_out(texts: list[str]) -> Iterator[bytes]:
    """The vectors of these texts, on all processors: a first release has some 14,000, which take one 8 seconds."""
    parts = [texts[start : start + AT_A_TIME] for start in range(0, len(texts), AT_A_TIME)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for part in threads.map(lambda part: meaning.packed(meaning.vectors(part)), parts):
            yield from part


def _kept(installed: Path) -> dict[str, bytes]:
    """The vectors of the installed release by text; none if another model made them, or if its file is damaged."""
    if not seal.is_whole(installed):
        return {}
    try:
        with closing(sqlite3.connect(read_only.address(installed), uri=True)) as file:
            if file.execute("SELECT digest FROM search_vector_model").fetchone() == (meaning.DIGEST,):
                return dict(file.execute("SELECT text, vector FROM search_vector"))
    except sqlite3.Error:
        pass  # a release from before there were vectors
    return {}


def _texts(entry: IndexedEntry) -> Iterator[str]:
    """What people may say or ask if they mean this entry. A practice that is warned against is found by name alone."""
    row = entry.row
    if entry.kind in ("look-alike", "not-therapy") or row.get("status") == Status.DISCOURAGED.value:
        return
    yield from (name.text for name in entry.names if name.how in TELLING)
    yield from row.get("phrases") or ()
    for field, most in SENTENCES.items():
        yield from _sentences(str(row.get(field) or ""))[:most]
    if entry.kind == "topic":
        yield from HEADING.findall(row["body"])


def _sentences(text: str) -> list[str]:
    plain = MARKS.sub("", text.partition("\n\n")[0])
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+", plain) if part.strip()]
