"""Files in the Metapsy format: what they may look like, and what is said of one that cannot be used."""

from pathlib import Path

import pytest

from tests.trials import folders
from therapies.trials.metapsy import TrialsError, numbers, read_index, read_table


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_whatever_separates_its_cells(tmp_path: Path, separator: str) -> None:
    folders.write(tmp_path / "a.csv", [{"study": "Ada, 2001", ".g": "0,5"}], separator=separator)
    table = read_table(tmp_path / "a.csv", ["study", ".g"])
    assert table.to_dict("records") == [{"study": "Ada, 2001", ".g": "0,5"}]


def test_numbers_may_have_a_comma_or_a_point_and_words_are_none(tmp_path: Path) -> None:
    cells = ["0,5", "0.5", "-1,25", "12", "NR", "7,5skills", "1,5e-3", ""]
    folders.write(tmp_path / "a.csv", [{"study": str(place), ".g": c} for place, c in enumerate(cells)], separator=";")
    found = numbers(read_table(tmp_path / "a.csv", [".g"])[".g"]).tolist()
    assert found[:4] == [0.5, 0.5, -1.25, 12]
    assert found[6] == 0.0015
    assert [value != value for value in (found[4], found[5], found[7])] == [True] * 3  # not a number


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_names_of_people_are_read_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    folders.write(tmp_path / "a.csv", [{"study": "Mörtberg, 2007"}], separator=";", encoding=encoding)
    assert read_table(tmp_path / "a.csv", ["study"])["study"].tolist() == ["Mörtberg, 2007"]


def test_a_cell_may_hold_a_line_break_and_what_is_missing_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('study;note\r\n"Ada";"two\r\nlines"\r\n"Bea";NA\r\n')
    assert read_table(tmp_path / "a.csv", [])["note"].tolist() == ["two lines", ""]


def test_a_missing_column_is_named_with_its_file(tmp_path: Path) -> None:
    folders.write(tmp_path / "a.csv", [{"study": "Ada"}], separator=";")
    with pytest.raises(TrialsError, match=r"a\.csv has no column “\.g”\. Its columns are: study"):
        read_table(tmp_path / "a.csv", ["study", ".g"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'study;x\n"Ada', r"a\.csv cannot be read as a table"),
        (b"study;x\nAda;1;2\n", r"a\.csv: row 2 has 3 cells, the header 2"),
        (b"study;x\n", r"a\.csv holds no rows"),
        (b"study;\x00", r"a\.csv is not a text file"),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(TrialsError, match=message):
        read_table(tmp_path / "a.csv", [])


def test_a_folder_or_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrialsError, match=r"There is no folder .*nowhere\. Name the folder that holds index\.csv"):
        read_index(tmp_path / "nowhere")
    with pytest.raises(TrialsError, match=r"There is no file .*index\.csv"):
        read_index(tmp_path)
    (tmp_path / "index.csv").mkdir()
    with pytest.raises(TrialsError, match=r"index\.csv cannot be read: Is a directory"):
        read_index(tmp_path)


def test_the_index_says_which_version_of_which_database_a_file_is(tmp_path: Path) -> None:
    database = read_index(folders.folder(tmp_path, folders.named("Ada")))["worry"]
    assert (database.name, database.doi, database.version) == ("open worry", "10.5/worry", "2025-08-29")


def test_a_day_that_is_no_day_is_named(tmp_path: Path) -> None:
    row = dict.fromkeys(folders.INDEX, "spring") | {"file": "worry.csv"}
    folders.write(tmp_path / "index.csv", [row], separator=",")
    with pytest.raises(TrialsError, match=r"“spring” \(worry\.csv\) is not a day"):
        read_index(tmp_path)
