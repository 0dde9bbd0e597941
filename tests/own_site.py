"""A site of a test's own, run by commands as an operator runs it: its own folder, its own processes."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTENT = """
from tests.builders import catalogue, condition, recommendation, therapy
from therapies.releases import bundle
bundle.load(catalogue(therapies=[therapy(summary="One.")], recommendations=[recommendation()]))
"""


@dataclass(frozen=True, slots=True)
class OwnSite:
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the developer's own site; the working database is SQLite, whatever the suite runs on."""
        own = {"DATA_DIR": str(self.folder), "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "explorer.settings"}
        return {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **own}

    def manage(self, *arguments: str, fails: bool = False) -> str:
        """What the command said; whether it was to fail is checked."""
        return self.run("manage.py", *arguments, fails=fails)

    def python(self, code: str) -> str:
        return self.run("-c", f"import django; django.setup()\n{code}")

    def run(self, *arguments: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert bool(done.returncode) is fails, said
        return said

    def publish(self, notes: str) -> None:
        self.manage("publish", "--notes", notes)
