"""manage.py publish --notes "…": publishes the working copy as a new release."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from therapies.releases.publish import PublishError, publish


class Command(BaseCommand):
    help = "Publishes the working copy as a new release and installs it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--notes", required=True, help="What changed, in a sentence.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = publish(notes=options["notes"])
        except PublishError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Release {release.number} is published and installed ({release.digest[:12]}).")
