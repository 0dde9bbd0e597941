"""manage.py prepare: does everything that a checkout needs before a server can start. Safe to run each time.

A release that is installed is served whatever state the working database is in.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from explorer import seal
from therapies.releases import build
from therapies.releases.publish import newest_number


class Command(BaseCommand):
    help = "Makes databases, release and static files ready for a server. Leaves alone what is ready already."
    requires_system_checks: list[str] = []  # they would miss what this makes

    def handle(self, *args: Any, **options: Any) -> None:
        self.keep_to_the_owner()
        try:
            self.prepare_databases()
        except (DatabaseError, CommandError, OSError) as error:
            self.stderr.write(self.without_working_database(error))
        if not settings.DEBUG:
            self.collect_static()

    def keep_to_the_owner(self) -> None:
        """Password hashes and the keys of second factors are in there. What another user owns is that user's choice."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with suppress(PermissionError):
            settings.DATA_DIR.chmod(0o700)
            for path in settings.DATA_DIR.glob("*.sqlite3*"):
                path.chmod(0o600)

    def prepare_databases(self) -> None:
        call_command("migrate", verbosity=0)
        installed = build.read_stamp(settings.CATALOGUE_PATH)
        if installed and installed.number and newest_number() is None:  # loading would take readers back to release 0
            raise CommandError("it is empty; restore a backup, or remove the catalogue file to begin anew")
        call_command("load_catalogue", stdout=self.stdout)
        call_command("install_release", stdout=self.stdout)

    def without_working_database(self, error: Exception) -> str:
        """What is said of a working database that cannot be used. Raises CommandError if nothing can be served."""
        problem = f"The working database cannot be used: {str(error).strip()}."
        installed = build.read_stamp(settings.CATALOGUE_PATH)
        if installed is None or not seal.is_whole(settings.CATALOGUE_PATH):
            raise CommandError(f"{problem} No release is installed that could be served without it.") from error
        return (
            f"{problem} Public pages are served from release {installed.number}, which is installed. "
            "Curators, and notes of readers, have to wait until it is back."
        )

    def collect_static(self) -> None:
        """Runs only after a change: hashing and compressing every file takes seconds."""
        stamp: Path = settings.STATIC_ROOT / ".collected-for"
        libraries = (settings.BASE_DIR / "requirements.txt").read_text()
        wanted = f"{settings.BUILD_ID}\n{libraries}"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)
