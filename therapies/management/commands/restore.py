"""manage.py restore FILE: replaces the working database with a backup, and installs its newest release."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from therapies.curate.backups import BackupError, inspect, restore
from therapies.releases.publish import PublishError, install


class Command(BaseCommand):
    help = "Replaces the working database with a backup, migrates it to this code, and installs its newest release."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="Yes, replace everything that is in the database now."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = inspect(options["file"])
            if not options["replace"]:
                raise CommandError(
                    f"The backup was made at {manifest.made_at}, {manifest.extent}. It would replace everything in "
                    "the working database. Make a backup of that first. Say --replace to go on."
                )
            restore(options["file"])
        except BackupError as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Restored the backup that was made at {manifest.made_at}.")
        try:
            stamp = install()
        except PublishError as error:
            self.stdout.write(str(error))
        else:
            self.stdout.write(f"Release {stamp.number} is installed.")
