"""make bench: the faceted browse page beside Datasette and a bare Django view, at three sizes.

    python -m benchmarks [--sizes shipped,7000,70000] [--rounds 7] [--seconds 2]

Aims, as ratios in one run: an uncached page at least 10, 100 and 500 times Datasette's rate at the shipped size,
7,000 and 70,000 therapies; CPU growing at most threefold; a cached page at least 0.9 and a 304 at least 1.8 times a
bare view; a worker under 150 MB at the shipped size and under 400 MB at 70,000.
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explorer.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from benchmarks import catalogue_gen, datasette_file, load, servers  # noqa: E402
from therapies.models.vocabulary import AGES  # noqa: E402
from therapies.releases import build, bundle  # noqa: E402

FOLDER = settings.DATA_DIR / "benchmarks"
QUESTIONS = 240


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="shipped,7000,70000")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=2)
    args = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)  # a fresh clone has none, and no page is served then
    for size in args.sizes.split(","):
        compare(size, rounds=args.rounds, seconds=args.seconds)


def compare(size: str, *, rounds: int, seconds: int) -> None:
    file, rival = files(size)
    conditions = [row["slug"] for row in catalogue_gen.shipped()["conditions"]]
    chosen = random.Random(5).sample(conditions, QUESTIONS // len(AGES))
    ours = [f"?condition={condition}&age={age}&sort=name" for condition in chosen for age in AGES]
    theirs = datasette_file.questions(chosen, list(AGES))
    four = "/compare/?" + "&".join(f"t={row}" for row in some_therapies(file, 4)) + f"&for={chosen[0]}"
    with ExitStack() as stack:
        start = starter(stack, size)
        uncached = start("site, uncached", lambda port: servers.site(port, file, kept_bytes=0), ours, "/therapies/")
        cached = start("site, cached", lambda port: servers.site(port, file), ours, "/therapies/")
        bare = start("bare Django view", lambda port: (servers.bare(port), {}), ours, "/therapies/")
        datasette = start(
            "Datasette", lambda port: (servers.datasette(port, rival), {}), theirs, f"/{rival.stem}/browse"
        )
        tagged = load.Contender("site, 304", cached.port, tagged_mix(cached), cached.pid, "", 304, etag=True)
        grid = load.Contender(
            "site, evidence grid, uncached", uncached.port, mix("grid", ["/evidence/?group=mood"]), uncached.pid
        )
        compared = load.Contender("site, compare four, uncached", uncached.port, mix("four", [four]), uncached.pid)
        everyone = [uncached, cached, tagged, bare, datasette, grid, compared]
        load.measure(everyone, rounds=rounds, seconds=seconds)
        print(f"\n{size} therapies")
        load.show(everyone, datasette)
        print(f"uncached page: {load.ratio(uncached, datasette):.1f} times Datasette's rate")
        print(
            f"cached page: {load.ratio(cached, bare):.2f} times a bare view; 304: {load.ratio(tagged, bare):.2f} times"
        )
        for one in (grid, compared):
            print(f"{one.name}: {load.ratio(one, uncached, 'p50_ms'):.2f} times the time of the browse page")


def starter(stack: ExitStack, size: str) -> Callable[..., load.Contender]:
    def start(
        name: str, server: Callable[[int], tuple[list[str], dict[str, str]]], lines: list[str], prefix: str
    ) -> load.Contender:
        port = servers.free_port()
        command, env = server(port)
        slug = f"{size}-{name.replace(' ', '-').replace(',', '')}"
        pid = stack.enter_context(servers.running(command, port, prefix, FOLDER / f"{slug}.log", env))
        return load.Contender(name, port, mix(slug, lines), pid, prefix)

    return start


def files(size: str) -> tuple[Path, Path]:
    """The catalogue file and the Datasette file of this size; made again when the code changed."""
    file, rival = FOLDER / f"{size}.sqlite3", FOLDER / f"datasette{size}.sqlite3"
    stamp = build.read_stamp(file)
    if stamp is None or stamp.build_id != settings.BUILD_ID or not rival.exists():
        print(f"Making the catalogue of {size} therapies…", flush=True)
        command = [sys.executable, "-m", "benchmarks.make", size, str(file), str(rival)]
        subprocess.run(command, check=True)  # in a process of its own, which gives its memory back
    return file, rival


def make(size: str, file: Path, rival: Path) -> None:
    content = catalogue_gen.shipped() if size == "shipped" else catalogue_gen.synthetic(int(size))
    build.build(text=bundle.to_text(content), number=1, published_on="2026-01-01", path=file)
    datasette_file.write(content, rival)


def some_therapies(file: Path, count: int) -> list[str]:
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT slug FROM therapies_therapy WHERE status = 'approach' LIMIT ?", [count])
        return [slug for (slug,) in rows]


def mix(name: str, lines: list[str]) -> Path:
    path = FOLDER / f"{name}.mix"
    path.write_text("\n".join(lines) + "\n")
    return path


def tagged_mix(contender: load.Contender) -> Path:
    """The same addresses, each with the entity tag that the server gives it."""
    lines = []
    for line in contender.mix.read_text().split():
        address = f"{contender.prefix}{line}"
        with urllib.request.urlopen(f"http://127.0.0.1:{contender.port}{address}") as answer:
            lines.append(f"{address}\t{answer.headers['ETag']}")
    return mix(f"{contender.name}-304", lines)


if __name__ == "__main__":
    main()
