"""manage.py pool_trials: pools open trial data into fixtures/pooled_effects.json; no row of a trial is kept."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from therapies.curate.bundle_import import import_bundle
from therapies.releases import bundle

NEEDED = "requirements-trials.txt"


class Command(BaseCommand):
    help = "Pools trial data in the Metapsy format (FOLDER holds index.csv and the files it lists)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--load", action="store_true", help="Put them into the working copy too.")

    def handle(self, *args: Any, folder: Path, load: bool = False, **options: Any) -> None:
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
        if load:
            self.stdout.write(f"Changed in the working copy: {self.load(Path(settings.FIXTURES_DIR))}.")
        pairs = {(row["therapy"], row["condition"]) for row in rows if row["therapy"]}
        self.stdout.write(f"Pooled effects: {len(rows)}. Pairs of therapy and concern: {len(pairs)}. {fixture}")

    def load(self, fixtures: Path) -> int:
        """Makes the working copy's pooled effects those of the fixture, with sources it lacks; counts changes."""
        content, shipped = bundle.dump(), bundle.read_folder(fixtures)
        rows = shipped["pooled_effects"]
        needed, there = {row["source"] for row in rows}, {row["slug"] for row in content["sources"]}
        lacking = [row for row in shipped["sources"] if row["slug"] in needed - there]
        try:
            return import_bundle({**content, "pooled_effects": rows, "sources": [*content["sources"], *lacking]})
        except bundle.BundleError as error:
            raise CommandError(f"The working copy lacks an entry: {error}") from None
