"""manage.py content_report: prints how far the evidence is checked, and the grade and problems of every entry."""

import statistics
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from therapies.curate.labels import ledger_of
from therapies.domain.ledger import Tally
from therapies.releases import bundle
from therapies.rules import readability, release
from therapies.rules.problems import Problem
from therapies.rules.texts import reader_texts


class Command(BaseCommand):
    help = "Prints an overview for curators of the texts in the working copy or, with --shipped, in the fixtures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--shipped", action="store_true", help="Read the shipped catalogue instead of the database."
        )
        parser.add_argument("--kind", default="", help="Report only on this kind, such as therapies.")

    def handle(self, *args: Any, **options: Any) -> None:
        content = bundle.read_folder(Path(settings.FIXTURES_DIR)) if options["shipped"] else bundle.dump()
        problems: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
        for problem in release.all_problems(content, today=timezone.localdate()):
            problems[problem.kind, problem.slug].append(problem)
        names, grades = release.names_of(content), []
        for (kind, slug), texts in _by_entry(content).items():
            if options["kind"] in ("", kind):
                entry_grades = [readability.grade(text, names) for text in texts if len(readability.words(text)) > 15]
                grades += entry_grades
                self._print_entry(kind, slug, entry_grades, texts, problems.pop((kind, slug), []))
        if grades:
            self.stdout.write(f"\nMedian grade {statistics.median(grades):.1f}, highest {max(grades):.1f}.")
        rest = sum(len(others) for (kind, _), others in problems.items() if options["kind"] in ("", kind))
        self.stdout.write(
            f"{rest} more things to look at in entries without texts (unchecked statements, old sources)."
        )
        if not options["kind"]:
            self._print_ledger(content)

    def _print_ledger(self, content: bundle.Bundle) -> None:
        """The counts that /about/freshness/ shows of a release."""
        counted = ledger_of(content)
        self._print_tallies("How far the evidence is checked", [counted.total])
        self._print_tallies("By condition", counted.conditions)
        self._print_tallies("By body: guidelines, rating lists and professional statements", counted.bodies)

    def _print_tallies(self, title: str, tallies: Iterable[Tally]) -> None:
        self.stdout.write(f"\n{title}")
        self.stdout.write("             statements      editions      labels")
        self.stdout.write("   read   copy  recalled  gone through    to check")
        for row in tallies:
            editions, labels = f"{row.complete} of {row.editions}", f"{row.to_check} of {row.labels}"
            counts = f"{row.read:>7}{row.copy:>7}{row.recalled:>10}{editions:>14}{labels:>12}"
            self.stdout.write(f"{counts}  {row.name or 'All documents in force'}")

    def _print_entry(
        self, kind: str, slug: str, grades: list[float], texts: list[str], problems: list[Problem]
    ) -> None:
        words = sum(len(readability.words(text)) for text in texts)
        grade = f"grade {max(grades):4.1f}" if grades else "grade    -"
        self.stdout.write(f"{kind}/{slug}: {grade}, {words} words, {len(problems)} to look at")
        for problem in problems:
            self.stdout.write(f"    {problem.field}: {problem.message}")


def _by_entry(content: bundle.Bundle) -> dict[tuple[str, str], list[str]]:
    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for item in reader_texts(content):
        texts[item.kind, item.row["slug"]].append(item.text)
    return texts
