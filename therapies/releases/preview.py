"""The working copy as a draft release that one thread reads for the time of one page. Publishes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone

from explorer import read_only
from therapies.releases import build, bundle
from therapies.releases.publish import newest, one_at_a_time

CATALOGUE = "catalogue"


@contextmanager
def working_copy() -> Iterator[None]:
    """Within it, whatever this thread reads from the catalogue comes from the working copy as it is now."""
    path = _built(bundle.to_text(bundle.dump()))
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
    """The file of this content, as the next release would have it; made anew only if content or code changed."""
    path = settings.CATALOGUE_PATH.with_name(f"{settings.CATALOGUE_PATH.stem}-preview.sqlite3")
    base = newest()
    number = base.number + 1 if base else 0
    with one_at_a_time(path):
        stamp = build.read_stamp(path)
        wanted = (number, bundle.digest(text), settings.BUILD_ID)
        if stamp is None or (stamp.number, stamp.digest, stamp.build_id) != wanted:
            build.build(text=text, number=number, published_on=timezone.localdate().isoformat(), path=path)
    return path
