"""manage.py prepare: does everything that a checkout needs before a server can start. Safe to run each time."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes databases, release and static files ready for a server. Leaves alone what is ready already."
    requires_system_checks: list[str] = []  # they would miss what this makes

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", stdout=self.stdout)
        call_command("install_release", stdout=self.stdout)
        if not settings.DEBUG:
            self.collect_static()

    def collect_static(self) -> None:
        """Runs only after a change: hashing and compressing every file takes seconds."""
        stamp: Path = settings.STATIC_ROOT / ".collected-for"
        libraries = (settings.BASE_DIR / "requirements.txt").read_text()
        wanted = f"{settings.BUILD_ID}\n{libraries}"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)
