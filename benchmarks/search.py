"""python -m benchmarks.search: how long a search takes inside the process, at three sizes.

Aims at the shipped size: typeahead under 2 ms, a search with corrected spelling under 10 ms (medians), danger
in a query under 10 ms of them.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explorer.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from benchmarks import catalogue_gen  # noqa: E402
from tests.search.report import judged  # noqa: E402
from therapies.releases import build, bundle  # noqa: E402
from therapies.search.danger import detect  # noqa: E402
from therapies.search.engine import search  # noqa: E402
from therapies.search.lexicon import of_release  # noqa: E402
from therapies.serving import catalogue  # noqa: E402

FOLDER = settings.DATA_DIR / "benchmarks"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="shipped,7000,70000")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    print(f"{'size':>8} {'what':22} {'median ms':>10} {'95 in 100':>10} {'most':>8}")
    for size in args.sizes.split(","):
        measure(size, args.rounds)


def measure(size: str, rounds: int) -> None:
    install(size)
    start = time.perf_counter()
    lexicon = of_release()
    lexicon.suggest("co")
    search("worry")
    print(f"{size:>8} {'first search':22} {(time.perf_counter() - start) * 1000:10.0f}")
    queries = judged()
    prefixes = [query.text[:letters] for query in queries for letters in range(2, min(9, len(query.text)))]
    report(size, "typeahead", lexicon.suggest, prefixes, 1)
    for kind in ("clinician", "code", "patient", "typo", "none"):
        report(size, f"search, {kind}", search, [query.text for query in queries if query.kind == kind], rounds)
    report(size, "danger", lambda text: detect(text, lexicon.phrases, lexicon.words), [q.text for q in queries], rounds)


def install(size: str) -> None:
    content = catalogue_gen.shipped() if size == "shipped" else catalogue_gen.synthetic(int(size))
    path = FOLDER / f"search-{size}.sqlite3"
    number = 1_000_000 + (0 if size == "shipped" else int(size))
    build.build(text=bundle.to_text(content), number=number, published_on="2026-01-01", path=path)
    connections[catalogue.ALIAS].close()
    connections.settings[catalogue.ALIAS]["NAME"] = f"file:{path}?mode=ro&immutable=1"
    connections[catalogue.ALIAS].settings_dict["NAME"] = f"file:{path}?mode=ro&immutable=1"


def report(size: str, what: str, ask: Callable[[str], object], queries: Sequence[str], rounds: int) -> None:
    times = []
    for query in list(queries) * rounds:
        start = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=20)
    print(f"{size:>8} {what:22} {statistics.median(times):10.2f} {cuts[-1]:10.2f} {max(times):8.1f}", flush=True)


if __name__ == "__main__":
    main()
