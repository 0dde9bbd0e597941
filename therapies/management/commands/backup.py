"""manage.py backup FILE: writes the working database, with releases, history and accounts, to one file."""

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from therapies.curate.backups import BackupError, backup


class Command(BaseCommand):
    help = "Writes a backup of the working database to a file. Keep the file private: it holds accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.is_dir():
            raise CommandError(f"{path} is a folder. Name a file, such as {path / 'explorer.backup'}.")
        try:
            manifest = backup(path)
        except (BackupError, OSError, DatabaseError, sqlite3.Error) as error:
            raise CommandError(f"No backup was made: {error}") from error
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        self.stdout.write(f"{path}: {size}, {manifest.extent}. It holds accounts: keep it private.")
