"""manage.py backup FILE: the working copy with releases, history and accounts, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from therapies.curate.backups import BackupError, backup


class Command(BaseCommand):
    help = "Writes a backup of the working database. Keep it private: it holds accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.is_dir():
            raise CommandError(f"{path} is a folder. Name a file, such as {path / 'explorer.backup'}.")
        try:
            made = backup(path)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        release = "nothing published yet" if made.release is None else f"up to release {made.release}"
        self.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {release}. It holds accounts: keep it private.")
