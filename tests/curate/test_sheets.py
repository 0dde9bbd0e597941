"""Sheets in and out: nothing is lost on the way, and every mistake is named with row, column and fix."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tablib import Dataset

from tests.builders import catalogue, recommendation, therapy
from tests.people import browser, person
from therapies.curate.history import last_editor
from therapies.curate.sheets import SizeWidget, escape_formula, problems_of, resource_of, unescape
from therapies.models import CrisisLine, Recommendation, SearchIntent, Therapy
from therapies.releases import bundle

SCREEN = "/admin/therapies/therapy/"
CSV, XLSX = "0", "1"


@pytest.fixture
def curator(db: None) -> Client:
    content = catalogue(
        therapies=[
            therapy(aliases=["One", "Two"], commonly_used_for=["worry"], sessions_min=6, ages=["adult"]),
            therapy("=sum-therapy", name="=SUM(A1)", parents=["worry-therapy"], nearest="worry-therapy"),
        ],
        recommendations=[recommendation()],
    )
    content["therapies"] = [row | {"slug": row["slug"].strip("=")} for row in content["therapies"]]
    bundle.load(content)
    return browser(person("cora", "Curator"))


def upload(curator: Client, text: str | bytes, form: str = CSV, name: str = "sheet.csv") -> str:
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = name
    return curator.post(f"{SCREEN}import/", {"import_file": file, "format": form}).content.decode()


def test_what_is_exported_is_imported_without_a_change(curator: Client) -> None:
    sheet = curator.get(f"{SCREEN}export/").content
    before = bundle.dump()
    page = upload(curator, sheet)
    assert "Confirm import" in page
    assert "<td>worry-therapy" not in page, "an unchanged row is not listed"
    assert bundle.dump() == before


def test_a_workbook_with_empty_cells_comes_back_as_it_was(curator: Client) -> None:
    sheet = curator.get(f"{SCREEN}export/xlsx/").content
    cells = list(openpyxl.load_workbook(io.BytesIO(sheet)).worksheets[0].iter_rows(values_only=True))
    assert len(cells) == 3
    page = upload(curator, sheet, XLSX, "sheet.xlsx")
    assert "Confirm import" in page


def test_formulas_leave_as_text_and_come_back_as_they_were(curator: Client) -> None:
    assert "'=SUM(A1)" in curator.get(f"{SCREEN}export/").content.decode()
    assert unescape(escape_formula("=SUM(A1)")) == "=SUM(A1)"
    assert unescape(escape_formula("+1 800")) == "+1 800"
    assert unescape("'quoted'") == "'quoted'"


def test_every_mistake_names_row_column_and_fix_and_nothing_is_written(curator: Client) -> None:
    sheet = (
        "slug,name,family,commonly_used_for,sessions_min\n"
        "worry-therapy,New name,cbt-famly,worry,6\n"
        "sum-therapy,Sum,cbt-family,worry|wory,6\n"
        "third-therapy,Third,cbt-family,worry,twelve\n"
    )
    page = upload(curator, sheet)
    assert "3 mistakes in the sheet; nothing was written" in page
    assert "Row 2, column “family”: There is no family “cbt-famly”. Did you mean “cbt-family”?" in page
    assert "Row 3, column “commonly_used_for”: There is no condition “wory”. Did you mean “worry”?" in page
    assert "Row 4, column “sessions_min”: “twelve” is not a whole number." in page
    assert Therapy.objects.get(slug="worry-therapy").name == "Worry therapy"
    assert "Confirm import" not in page


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("name\nX\n", "The sheet has no column “slug”."),
        ("slug,nmae\nworry-therapy,X\n", "There is no column “nmae”. Did you mean “name”?"),
        ("slug,name\nworry-therapy,X\nworry-therapy,Y\n", "“worry-therapy” appears twice in the column “slug”."),
        ("slug,name\n,X\n", "The cell is empty. Write the entry&#x27;s slug."),
        ("slug,structure\nworry-therapy,strict\n", "not a valid choice"),
        ("slug,ages\nworry-therapy,adult|elder\n", "“elder” is not one of: child"),
        ("slug,is_form_of_parent\nworry-therapy,maybe\n", "“maybe” is neither yes nor no."),
        ("slug,nearest\nworry-therapy,sum-therapy|worry-therapy\n", "Only one slug is allowed here"),
    ],
)
def test_a_mistake_has_a_plain_message(curator: Client, sheet: str, message: str) -> None:
    assert message in upload(curator, sheet)


def test_an_import_shows_what_would_change_then_writes_it_with_history(curator: Client) -> None:
    page = upload(curator, "slug,name,aliases\nworry-therapy,Calm therapy,One|Three\n")
    assert "Confirm import" in page
    assert Therapy.objects.get(slug="worry-therapy").name == "Worry therapy", (
        "nothing is written before it is confirmed"
    )
    hidden = dict(re.findall(r'name="(import_file_name|original_file_name|format|resource)" value="([^"]*)"', page))
    curator.post(f"{SCREEN}process_import/", hidden)
    entry = Therapy.objects.get(slug="worry-therapy")
    assert (entry.name, entry.aliases) == ("Calm therapy", ["One", "Three"])
    assert str(last_editor(entry)) == "cora"


def test_rows_of_the_same_sheet_may_name_each_other(db: None) -> None:
    bundle.load(catalogue())
    resource = resource_of(Therapy)()
    rows = [("first", "First", "cbt-family", ""), ("second", "Second", "cbt-family", "first")]
    result = resource.import_data(Dataset(*rows, headers=["slug", "name", "family", "parents"]), dry_run=False)
    assert not result.has_errors()
    assert [p.slug for p in Therapy.objects.get(slug="second").parents.all()] == ["first"]


def test_a_question_in_a_sheet_is_held_against_the_pages_of_the_site(db: None) -> None:
    bundle.load(catalogue())
    headers = ["slug", "title", "line", "leads_to", "phrases"]
    rows = [
        ("right", "Short ones", "A list.", "/therapies/?length=brief", "a few only|quick ones"),
        ("wrong", "Tiny ones", "A list.", "/therapies/?length=tiny", "tiny"),
    ]
    result = resource_of(SearchIntent)().import_data(Dataset(*rows, headers=headers), dry_run=True)
    message = "“length” cannot be “tiny”. It can be: brief, short, medium, long."
    assert problems_of(result) == [f"Row 3, column “leads_to”: {message}"]


# ── Large sheets, by command ──


@pytest.fixture
def sheet(tmp_path: Path, db: None) -> Path:
    bundle.load(catalogue())
    return tmp_path / "lines.csv"


def lines(count: int, *, kind: str = "helpline") -> str:
    rows = [f"line-{number},Line {number},United States,{kind}" for number in range(count)]
    return "\n".join(["slug,line_name,country,kind", *rows]) + "\n"


def test_a_large_sheet_goes_in_piece_by_piece(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text(lines(1_200))
    call_command("import_sheet", "crisis_lines", str(sheet))
    assert CrisisLine.objects.count() == 1_200
    output = capsys.readouterr().out
    assert "500 rows read\n1000 rows read\n1200 rows read" in output
    assert "Done: 1200 new." in output


def test_one_mistake_in_a_late_piece_undoes_the_whole_sheet(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text(lines(700).replace("Line 650,United States,helpline", "Line 650,United States,phone"))
    with pytest.raises(CommandError, match=r"^1 mistake\."):
        call_command("import_sheet", "crisis_lines", str(sheet))
    assert not CrisisLine.objects.exists()
    assert "Row 652, column “kind”" in capsys.readouterr().err


def test_a_slug_repeated_far_apart_is_found(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text(lines(600) + "line-3,Again,United States,helpline\n")
    with pytest.raises(CommandError):
        call_command("import_sheet", "crisis_lines", str(sheet))
    assert "“line-3” appears in the sheet twice" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text(lines(3))
    call_command("import_sheet", "crisis_lines", str(sheet), "--dry-run")
    assert "Would be: 3 new." in capsys.readouterr().out
    assert not CrisisLine.objects.exists()


# ── A whole bundle ──


def test_a_bundle_is_shown_before_it_is_imported_and_every_entry_keeps_its_history(curator: Client) -> None:
    content = bundle.dump()
    content["recommendations"] = []
    content["therapies"] = [row | {"summary": "From the bundle."} for row in content["therapies"]]

    def post(button: str) -> str:
        file = io.BytesIO(bundle.to_text(content).encode())
        file.name = "catalogue.json"
        return curator.post("/admin/import-bundle/", {"file": file, button: ""}, follow=True).content.decode()

    assert "3 entries would change" in post("look")
    assert Recommendation.objects.exists()
    assert "3 entries changed" in post("import")
    assert not Recommendation.objects.exists()
    entry = Therapy.objects.get(slug="worry-therapy")
    assert entry.summary == "From the bundle."
    assert str(last_editor(entry)) == "cora"
    assert "Worry therapy for Worry" in curator.get("/admin/therapies/recommendation/recover/").content.decode()


@pytest.mark.parametrize(
    ("text", "message"), [("{", "This is not JSON"), ("{}", "not a catalogue bundle"), ("\xff", "This is not JSON")]
)
def test_a_file_that_is_not_a_bundle_is_refused(curator: Client, text: str, message: str) -> None:
    file = io.BytesIO(text.encode())
    file.name = "x.json"
    assert message in curator.post("/admin/import-bundle/", {"file": file, "import": ""}).content.decode()


def test_a_sheet_with_a_remark_of_ours_as_the_words_of_a_body_names_the_column(curator: Client) -> None:
    sheet = curator.get("/admin/therapies/recommendation/export/").content.decode()
    header, row = sheet.strip().splitlines()
    cells = dict(zip(header.split(","), next(iter(csv.reader([row]))), strict=True))
    cells["strength_as_issued"] = "offer (as reported)"
    file = io.StringIO()
    writer = csv.DictWriter(file, cells)
    writer.writeheader()
    writer.writerow(cells)
    (problem,) = problems_of(resource_of(Recommendation)().import_data(Dataset().load(file.getvalue(), "csv")))
    assert problem.startswith("Row 2, column “strength_as_issued”: “reported” is a remark of ours.")


def test_a_number_with_decimals_is_read_and_words_are_refused() -> None:
    widget = SizeWidget()
    assert [widget.clean(cell) for cell in ("0.65", " -1 ", 0.5, "", None)] == [0.65, -1.0, 0.5, None, None]
    with pytest.raises(ValueError, match=r"“a lot” is not a number\. Write it as 0\.65, or leave the cell empty"):
        widget.clean("a lot")
