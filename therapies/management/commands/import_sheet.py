"""manage.py import_sheet KIND FILE: imports a large CSV or XLSX sheet, all of it or nothing, and shows progress."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import reversion
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from therapies.curate.sheets import SheetImport
from therapies.models import KINDS

PIECE = 500
MOST_PRINTED = 50


class Command(BaseCommand):
    help = "Imports a sheet of one kind into the working copy. If any row has a mistake, nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Show what would happen, and write nothing.")
        parser.add_argument("--by", default="", help="The account to name in the history.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and user is None:
            raise CommandError(f"There is no account “{options['by']}”.")
        sheet = SheetImport(KINDS[options["kind"]].model)
        with transaction.atomic():
            with reversion.create_revision():
                reversion.set_user(user)
                reversion.set_comment(f"Imported from {options['file'].name}")
                for headers, rows in pieces(options["file"]):
                    sheet.add(headers, rows)
                    self.stdout.write(f"{sheet.rows} rows read")
            if sheet.problems or options["dry_run"]:
                transaction.set_rollback(True)
        for problem in sheet.problems[:MOST_PRINTED]:
            self.stderr.write(problem)
        if sheet.problems:
            count = len(sheet.problems)
            raise CommandError(f"{count} mistake{'' if count == 1 else 's'}. Nothing was written.")
        totals = ", ".join(f"{count} {outcome}" for outcome, count in sheet.totals.items() if count)
        self.stdout.write(f"{'Would be' if options['dry_run'] else 'Done'}: {totals or 'nothing new'}.")


def pieces(path: Path) -> Iterator[tuple[list[str], list[list[Any]]]]:
    """(headers, rows) of the sheet, a few hundred rows at a time."""
    rows = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    headers = [str(cell or "") for cell in next(rows, [])]
    piece: list[list[Any]] = []
    for row in rows:
        piece.append([*row, *[""] * (len(headers) - len(row))][: len(headers)])
        if len(piece) == PIECE:
            yield headers, piece
            piece = []
    if piece or not headers:
        yield headers, piece


def _csv(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def _xlsx(path: Path) -> Iterator[list[Any]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield list(row)
