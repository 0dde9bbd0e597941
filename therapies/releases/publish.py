"""publish, revert and install: the only functions that change what the public sees.

The release row is committed first and installed afterwards; `install` is idempotent, so that a crash in between
heals with the next run, here or on another node.
"""

import fcntl
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from therapies import rules
from therapies.models import Release
from therapies.releases import build
from therapies.releases import bundle as bundles


class PublishError(Exception):
    """The release was refused; the message says why and what to do."""


def publish(*, notes: str, by: Any = None) -> Release:
    """A new release with the working copy's content, installed. Raises PublishError where a rule blocks it."""
    return _release(text=bundles.to_text(bundles.dump()), notes=notes, by=by)


def revert(number: int, *, notes: str = "", by: Any = None) -> Release:
    """A new release with the content of release `number`, installed. The working copy is not touched."""
    old = Release.objects.filter(number=number).first()
    if old is None:
        known = ", ".join(str(n) for n in Release.objects.values_list("number", flat=True)[:10])
        raise PublishError(f"There is no release {number}. The releases are: {known or 'none yet'}.")
    return _release(text=text_of(old), notes=notes or f"Back to release {number}.", by=by, reverts_to=number)


def install(*, path: Path | None = None) -> build.Stamp:
    """Makes the catalogue file hold the newest release. Does nothing where it does already.

    Raises PublishError where nothing was published or the stored bundle was tampered with.
    """
    path = path or settings.CATALOGUE_PATH
    with _one_at_a_time(path):
        newest = Release.objects.order_by("-number").first()
        if newest is None:
            raise PublishError("Nothing has been published yet. Run: manage.py publish --notes “First release”.")
        installed = build.read_stamp(path)
        wanted = (newest.number, newest.digest, settings.BUILD_ID)
        if installed and (installed.number, installed.digest, installed.build_id) == wanted:
            return installed
        text = text_of(newest)
        if bundles.digest(text) != newest.digest:
            raise PublishError(f"Release {newest.number} does not match its digest. The installed release stays.")
        published_on = newest.published_at.date().isoformat()
        return build.build(text=text, number=newest.number, published_on=published_on, path=path)


def text_of(release: Release) -> str:
    """The bundle's text that a release row keeps."""
    return gzip.decompress(bytes(release.bundle)).decode()


def _release(*, text: str, notes: str, by: Any, reverts_to: int | None = None) -> Release:
    if not notes.strip():
        raise PublishError("Say in the notes what changed.")
    blocking = [problem for problem in rules.check(bundles.parse(text)) if problem.blocks]
    if blocking:
        listed = "\n".join(f"  {problem}" for problem in blocking[:20])
        raise PublishError(f"{len(blocking)} problems stop this release:\n{listed}")
    with transaction.atomic():
        newest = Release.objects.select_for_update().order_by("-number").first()
        release = Release.objects.create(
            number=(newest.number if newest else -1) + 1,
            digest=bundles.digest(text),
            bundle=gzip.compress(text.encode(), mtime=0),
            notes=notes.strip(),
            published_at=timezone.now(),
            published_by=by,
            reverts_to=reverts_to,
        )
    install()
    return release


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Two installs on one node wait for each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
