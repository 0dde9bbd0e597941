"""The full-text tables: what is indexed, and by whose rules."""

import sqlite3
from contextlib import closing

import pytest

from explorer import read_only
from tests.conftest import Site
from therapies.domain.stemming import stems
from therapies.releases import bundle


@pytest.fixture(scope="module")
def stems_of_the_catalogue(release_file: Site) -> set[str]:
    return set(stems(bundle.to_text(release_file.content).replace("\\n", " ")))


@pytest.mark.parametrize("table", ["search_line", "search_text"])
def test_full_text_is_indexed_by_our_stems_and_no_other(
    release_file: Site, stems_of_the_catalogue: set[str], table: str
) -> None:
    with closing(sqlite3.connect(read_only.address(release_file.path), uri=True)) as file:
        file.execute(f"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, {table}, row)")
        indexed = {term for (term,) in file.execute("SELECT term FROM vocabulary")}
    assert {"complicat", "worri"} <= indexed
    assert indexed - stems_of_the_catalogue == set()
