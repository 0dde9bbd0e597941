"""manage.py install_release: makes this node serve the newest release. Run it at start and on a timer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from therapies.releases.publish import PublishError, install


class Command(BaseCommand):
    help = "Installs the newest release on this machine. Does nothing if it is installed already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="Make the file anew, even if it looks right.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            stamp = install(anew=options["force"])
        except PublishError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Release {stamp.number} of {stamp.published_on} is installed ({stamp.digest[:12]}).")
