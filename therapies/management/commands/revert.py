"""manage.py revert N: publishes the content of release N again, as a new release."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from therapies.releases.publish import PublishError, revert


class Command(BaseCommand):
    help = "Publishes the content of an older release again, as a new release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="The release to go back to.")
        parser.add_argument("--notes", default="", help="Why, for the public change log.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = revert(options["number"], notes=options["notes"])
        except PublishError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Release {release.number} has the content of release {options['number']} and is installed.")
