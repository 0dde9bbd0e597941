"""manage.py releases: lists the releases, newest first."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from therapies.models import Release
from therapies.releases.build import read_stamp


class Command(BaseCommand):
    help = "Lists the releases and marks the one installed here."

    def handle(self, *args: Any, **options: Any) -> None:
        stamp = read_stamp(settings.CATALOGUE_PATH)
        for release in Release.objects.defer("bundle"):
            mark = "*" if stamp and stamp.number == release.number else " "
            day = release.published_at.date().isoformat()
            self.stdout.write(f"{mark} {release.number:>4}  {day}  {release.digest[:12]}  {release.notes}")
