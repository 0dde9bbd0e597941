"""manage.py check_links: checks whether every outside link still answers. Run it once a month."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from therapies.curate import links
from therapies.releases import bundle


class Command(BaseCommand):
    help = "Checks the outside links of the working copy. Those that do not answer appear in the curators' queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=0, help="Check only the first so many addresses.")
        parser.add_argument("--host", default="", help="Check only addresses with this text in them, such as a host.")
        parser.add_argument("--patience", type=float, default=links.PATIENCE, help="Seconds to wait for one answer.")

    def handle(self, *args: Any, **options: Any) -> None:
        urls = [url for url in links.outside_addresses(bundle.dump()) if options["host"] in url]
        urls = urls[: options["limit"] or None]
        self.stdout.write(f"Checking {len(urls)} addresses, a few at a time.")
        answers = links.check_all(urls, patience=options["patience"], report=self._print)
        links.record(answers)
        counts = Counter(answer.state for answer in answers)
        self.stdout.write(
            ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "Nothing to check."
        )

    def _print(self, answer: links.LinkAnswer) -> None:
        if answer.state != "ok":
            self.stdout.write(f"{answer.state:8} {answer.status or '':>4} {answer.url} {answer.detail}")
