"""manage.py pool_trials: pools open trial data into fixtures/pooled_effects.json; no row of a trial is kept."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

NEEDED = "requirements-trials.txt"


class Command(BaseCommand):
    help = "Pools trial data in the Metapsy format (FOLDER holds index.csv and the files it lists)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            import pandas  # noqa: F401 - only to say in one line what is missing
            import statsmodels  # noqa: F401
        except ImportError as error:
            fix = f".venv/bin/python -m pip install -r {NEEDED}"
            raise CommandError(f"{error.name} is missing, which only this command needs. Install it: {fix}") from None
        from therapies.trials import mapping, report, results
        from therapies.trials.metapsy import TrialsError

        every = mapping.read_mapping()
        try:
            trials = results.read(folder, every)
            rows = results.pooled_rows(trials, every)
            text = report.report(trials, every, rows)
        except TrialsError as error:
            raise CommandError(str(error)) from None
        fixture = Path(settings.FIXTURES_DIR) / "pooled_effects.json"
        before = fixture.read_text(encoding="utf-8") if fixture.exists() else ""
        fixture.write_text(results.as_text(rows, before, timezone.localdate()), encoding="utf-8")
        report.update(report.DOCS, text)
        pairs = {(row["therapy"], row["condition"]) for row in rows if row["therapy"]}
        self.stdout.write(f"Pooled effects: {len(rows)}. Pairs of therapy and concern: {len(pairs)}. {fixture}")
