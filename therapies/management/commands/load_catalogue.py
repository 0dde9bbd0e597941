"""manage.py load_catalogue: fills an empty working copy with what is shipped, leads too, and publishes release 0."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from therapies.curate.leads import load_leads
from therapies.models import Release, Therapy
from therapies.releases import bundle
from therapies.releases.publish import publish


class Command(BaseCommand):
    help = "Loads the shipped catalogue if the working copy is empty. Never overwrites a curator's work."

    def handle(self, *args: Any, **options: Any) -> None:
        if Therapy.objects.exists():
            self.stdout.write("The working copy holds a catalogue already; nothing was loaded.")
        else:
            bundle.load(bundle.read_folder(settings.FIXTURES_DIR))
            self.stdout.write(f"Loaded {Therapy.objects.count()} therapies.")
        leads = load_leads(settings.FIXTURES_DIR)
        if leads:
            self.stdout.write(f"Loaded {leads} leads for the curators' queue.")
        if not Release.objects.exists():
            release = publish(notes="The shipped catalogue.")
            self.stdout.write(f"Release {release.number} is published.")
