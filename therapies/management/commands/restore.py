"""manage.py restore FILE: the working database becomes what a backup holds, and its newest release is installed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from therapies.curate.backups import BackupError, inspect, restore
from therapies.releases.publish import PublishError, install


class Command(BaseCommand):
    help = "Replaces the working database by a backup, brings it up to this code, and installs its newest release."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Yes, what stands in the database now may go.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = inspect(options["file"])
            if not options["replace"]:
                raise CommandError(
                    f"The backup is of {found.made_at}, up to release {found.release}. Everything in the working "
                    "database would be replaced by it. Say --replace to do so; make a backup first."
                )
            restore(options["file"])
        except BackupError as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Restored the backup of {found.made_at}.")
        try:
            stamp = install()
        except PublishError as error:
            self.stdout.write(str(error))
        else:
            self.stdout.write(f"Release {stamp.number} is installed.")
