"""The working copy as a draft release that one thread reads for the time of one page. Publishes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone

from explorer import read_only
from therapies.releases import build
from therapies.releases import bundle as bundles
from therapies.releases.publish import one_at_a_time

CATALOGUE = "catalogue"


@contextmanager
def working_copy() -> Iterator[None]:
    """Within it, whatever this thread reads from the catalogue comes from the working copy as it is now."""
    path = _built(bundles.to_text(bundles.dump()))
    installed = connections[CATALOGUE]
    config = {**connections.settings[CATALOGUE], "NAME": read_only.address(path)}
    draft = DatabaseWrapper(config, alias=CATALOGUE)
    connections[CATALOGUE] = draft
    try:
        yield
    finally:
        draft.close()
        connections[CATALOGUE] = installed


def _built(text: str) -> Path:
    """The file of this content; made anew only where the content or the code changed."""
    path = settings.CATALOGUE_PATH.with_name(f"{settings.CATALOGUE_PATH.stem}-preview.sqlite3")
    number = draft_number(bundles.digest(text))
    with one_at_a_time(path):
        stamp = build.read_stamp(path)
        if stamp is None or (stamp.number, stamp.build_id) != (number, settings.BUILD_ID):
            build.build(text=text, number=number, published_on=timezone.localdate().isoformat(), path=path)
    return path


def draft_number(digest: str) -> int:
    """Below zero, and of this content alone: what is kept in memory by release number never mixes with a real one."""
    return -1 - int(digest[:12], 16)
