"""Kills a process at one step after another of publishing and installing; says what was left. Run by test_bad_days.py.

Each step is a child process that dies there as by power loss: no `finally`, no flush. The parent then looks at the
installed file, and lets the next run heal it.
"""

import gzip
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from tests.own_site import CONTENT  # noqa: E402
from therapies.models import Release, Therapy  # noqa: E402
from therapies.releases import build, bundle, publish  # noqa: E402

STEPS: list[tuple[Any, str]] = [
    (publish, "_merge"),
    (Release, "save"),
    (publish, "install"),
    (build, "build"),
    (build, "_create_tables"),
    (build.bundle, "load"),
    (build, "_write_names"),
    (build, "_write_search_index"),
    (build, "_write_log"),
    (build, "_write_stamp"),
    (build, "_swap"),
    (build, "_flush"),
]


def die(*args: Any, **kwargs: Any) -> None:
    os._exit(137)


def before(call: Callable[..., Any]) -> Callable[..., Any]:
    return die


def after(call: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        call(*args, **kwargs)
        die()

    return run


def publish_and_die(owner: Any, name: str, when: Callable[..., Any], notes: str) -> int:
    """Publishes in a child that dies at the step; gives the child's exit code."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        setattr(owner, name, when(getattr(owner, name)))
        try:
            publish.publish(notes=notes)
        except BaseException as error:
            print(f"the child failed: {error!r}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def installed() -> tuple[int, str]:
    """(number, summary of the one therapy) of the file; fails where its parts do not belong together."""
    with closing(sqlite3.connect(f"file:{settings.CATALOGUE_PATH}?mode=ro&immutable=1", uri=True)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        number, digest, packed = file.execute("SELECT number, digest, bundle FROM installed_release").fetchone()
        (summary,) = file.execute("SELECT summary FROM therapies_therapy").fetchone()
    text = gzip.decompress(packed).decode()
    assert bundle.digest(text) == digest, "the bundle does not belong to the stamp"
    assert bundle.parse(text)["therapies"][0]["summary"] == summary, "the rows do not belong to the bundle"
    return number, summary


def try_step(owner: Any, name: str, when: Callable[..., Any]) -> None:
    step = f"{when.__name__} {name}"
    old = installed()
    words = f"After {step}."
    Therapy.objects.update(summary=words)
    assert publish_and_die(owner, name, when, words) == 137, f"{step} was never reached"
    left = installed()
    assert left in (old, (old[0] + 1, words)), f"{step}: a mix is served: {left}"
    recorded = publish.newest()
    stamp = publish.install()
    assert recorded
    assert stamp.number == recorded.number, f"{step}: the next run did not heal"
    publish.publish(notes="The next one works.")
    assert installed()[1] == words, step
    print(f"{step}: served {left[0]}, healed to {stamp.number}")


if __name__ == "__main__":
    exec(CONTENT)
    publish.publish(notes="First.")
    for owner, name in STEPS:
        for when in (before, after):
            try_step(owner, name, when)
    drafts = [path.name for path in settings.CATALOGUE_PATH.parent.iterdir() if path.name.endswith(".draft")]
    print(f"{len(STEPS) * 2} steps survived; {len(drafts)} drafts left behind")
