"""publish, revert and install: the only functions that change what the public sees.

The release row is committed first and installed afterwards. `install` is idempotent: after a crash in between, the
next run, here or on another node, puts it right.
"""

import fcntl
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from explorer import seal
from therapies.models import Release, SignOff
from therapies.releases import build, bundle
from therapies.releases.differences import Difference, as_data, differences, names
from therapies.releases.merge import EntryKey, Merged, Review, Reviews, merge
from therapies.rules.problems import Problem
from therapies.rules.release import all_problems, blocking_problems

MEND_AND_INSTALL = "When that is mended, run: manage.py install_release"


class PublishError(Exception):
    """The release was refused; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the next release would be: its content, what differs, and what is wrong with it."""

    base: Release | None  # the release it was compared with
    merged: Merged
    text: str
    differences: list[Difference]
    problems: list[Problem]
    names: dict[EntryKey, str]  # of every entry, those that leave included

    @property
    def digest(self) -> str:
        return bundle.digest(self.text)

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]


def make_candidate() -> Candidate:
    """What `publish` would release now. Writes nothing."""
    base, working = newest(), bundle.dump()
    last = content_of(base)
    merged = _merge(working, last)
    problems = all_problems(merged.bundle, today=timezone.localdate())
    changes = differences(last, merged.bundle) if last else []
    return Candidate(base, merged, bundle.to_text(merged.bundle), changes, problems, names(last or {}, working))


def publish(*, notes: str, by: Any = None, seen_digest: str = "") -> Release:
    """Makes a new release of what is ready, and installs it.

    `seen_digest` is the digest of the candidate that the publisher saw. Raises PublishError if the notes are empty, a
    rule stops the release, the working copy has changed since, somebody else published at the same moment, or the
    release cannot be installed here.
    """
    base = newest()
    last = content_of(base)
    merged = _merge(bundle.dump(), last)
    text = bundle.to_text(merged.bundle)
    if seen_digest and seen_digest != bundle.digest(text):
        raise PublishError("Something changed since you looked. Please look at the list again, then publish.")
    changes = differences(last, merged.bundle) if last else []
    return _record_and_install(text=text, content=merged.bundle, notes=notes, by=by, base=base, changes=changes)


def _merge(working: bundle.Bundle, last: bundle.Bundle | None) -> Merged:
    return merge(working=working, last=last, reviews=reviews(), sign_off_needed=settings.REQUIRE_SIGN_OFF)


def content_of(release: Release | None) -> bundle.Bundle | None:
    return bundle.parse(text_of(release)) if release else None


def reviews() -> Reviews:
    """The newest sign-off of every content that was signed off."""
    rows = SignOff.objects.order_by("signed_at", "pk").values_list("kind", "slug", "digest", "signed_at", "next_due")
    return {(kind, slug, digest): Review(at.date(), due) for kind, slug, digest, at, due in rows}


def newest() -> Release | None:
    return Release.objects.order_by("-number").first()


def newest_number() -> int | None:
    return Release.objects.order_by("-number").values_list("number", flat=True).first()


def revert(number: int, *, notes: str = "", by: Any = None) -> Release:
    """Makes a new release with the content of release `number`, and installs it. The working copy is not touched."""
    old = Release.objects.filter(number=number).first()
    if old is None:
        numbers = ", ".join(str(n) for n in Release.objects.values_list("number", flat=True)[:10])
        raise PublishError(f"There is no release {number}. The releases are: {numbers or 'none yet'}.")
    base, text = newest(), text_of(old)
    content, last = bundle.parse(text), content_of(base)
    changes = differences(last, content) if last else []
    notes = notes.strip() or f"Back to release {number}."
    return _record_and_install(
        text=text, content=content, notes=notes, by=by, base=base, changes=changes, reverts_to=number
    )


def install(*, path: Path | None = None, anew: bool = False) -> build.Stamp:
    """Makes the catalogue file hold the newest release. Does nothing if it already does, whole; or makes it `anew`.

    Raises PublishError if nothing has been published, if the stored bundle is damaged or was tampered with, or if the
    file cannot be written.
    """
    path = path or settings.CATALOGUE_PATH
    try:
        return _install(path, anew)
    except OSError as error:
        raise PublishError(f"{path} cannot be written: {error.strerror or error}. {MEND_AND_INSTALL}") from error


def _install(path: Path, anew: bool) -> build.Stamp:
    with one_at_a_time(path):
        latest = newest()
        if latest is None:
            raise PublishError("Nothing has been published yet. Run: manage.py publish --notes “First release”.")
        installed = build.read_stamp(path)
        wanted = (latest.number, latest.digest, settings.BUILD_ID)
        is_there = installed and (installed.number, installed.digest, installed.build_id) == wanted
        if installed and is_there and not anew and seal.is_whole(path):
            return installed
        try:
            text = text_of(latest)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise PublishError(
                f"Release {latest.number} cannot be read: {error}. The installed release stays; restore a backup."
            ) from error
        if bundle.digest(text) != latest.digest:
            raise PublishError(f"Release {latest.number} does not match its digest. The installed release stays.")
        published_on = latest.published_at.date().isoformat()
        try:
            return build.build(
                text=text, number=latest.number, published_on=published_on, path=path, log=_log(latest.number)
            )
        except DatabaseError as error:  # as SQLite says that a disk is full
            raise PublishError(f"{path} cannot be written: {error}. {MEND_AND_INSTALL}") from error


def _log(number: int) -> Iterator[build.Past]:
    """The public change log up to this release. The names of publishers stay in the working database."""
    for row in Release.objects.filter(number__lte=number).order_by("number").defer("bundle").iterator(50):
        yield build.Past(row.number, row.published_at.date().isoformat(), row.notes, row.reverts_to, row.changes)


def text_of(release: Release) -> str:
    """The text of the bundle that a release row holds."""
    return gzip.decompress(bytes(release.bundle)).decode()


def _record_and_install(
    *,
    text: str,
    content: bundle.Bundle,
    notes: str,
    by: Any,
    base: Release | None,
    changes: list[Difference],
    reverts_to: int | None = None,
) -> Release:
    """Writes the row, then installs. `base` is the release that the content was compared with."""
    if not notes.strip():
        raise PublishError("Say in the notes what changed.")
    _refuse_if_blocked(content)
    release = Release(
        number=base.number + 1 if base else 0,
        digest=bundle.digest(text),
        bundle=gzip.compress(text.encode(), mtime=0),
        notes=notes.strip(),
        published_at=timezone.now(),
        published_by=by,
        reverts_to=reverts_to,
        changes=as_data(changes),
    )
    try:
        with transaction.atomic():
            release.save(force_insert=True)  # the unique number lets one of two publishers win
    except IntegrityError as error:
        raise PublishError(
            f"Somebody else published release {release.number} a moment ago. Look at the list again, then publish."
        ) from error
    except DatabaseError as error:
        raise PublishError(f"The release cannot be recorded: {error}. Nothing was changed.") from error
    try:
        install()
    except PublishError as error:
        raise PublishError(
            f"Release {release.number} is recorded and could not be installed here. Readers still see the release "
            f"before it. {error}"
        ) from error
    return release


def _refuse_if_blocked(content: bundle.Bundle) -> None:
    blocking = blocking_problems(content, today=timezone.localdate())
    if blocking:
        count = "1 problem stops" if len(blocking) == 1 else f"{len(blocking)} problems stop"
        lines = "\n".join(f"  {problem}" for problem in blocking[:20])
        raise PublishError(f"{count} this release:\n{lines}")


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Two installs on one node wait for each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
