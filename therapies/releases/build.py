"""Builds the catalogue file of one release: tables from the models, the bundle's rows, the search index.

The file is finished, closed and flushed before it gets its final name, so a reader sees the old file or the new one.
"""

import gzip
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from explorer import read_only, seal
from therapies.models import CATALOGUE_MODELS, Recommendation, Therapy
from therapies.releases import bundle, code_titles, search_index, search_vectors
from therapies.releases.address_names import address_names

ALIAS = "building"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a catalogue file says about itself."""

    number: int
    digest: str
    published_on: str
    build_id: str


@dataclass(frozen=True, slots=True)
class Past:
    """A release in the public change log. `changes` are differences as plain values; no person is named."""

    number: int
    published_on: str
    notes: str
    reverts_to: int | None = None
    changes: Sequence[dict[str, Any]] = ()


def build(*, text: str, number: int, published_on: str, path: Path, log: Iterable[Past] = ()) -> Stamp:
    """Makes the file at `path` hold the release, whatever it held before; atomic.

    `text` is the bundle's canonical text, `published_on` a date as YYYY-MM-DD; `log` holds the releases up to this one.
    """
    stamp = Stamp(number, bundle.digest(text), published_on, settings.BUILD_ID)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    draft.unlink(missing_ok=True)
    try:
        with _open(draft):
            _create_tables()
            content = bundle.parse(text)
            bundle.load(content, using=ALIAS)
            _write_names(content)
            _write_search_index(content)
            _write_code_titles(content)
            _write_log(log)
            _write_stamp(stamp, text)
        seal.write(draft)
        _swap(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return stamp


def read_stamp(path: Path) -> Stamp | None:
    """What the file at `path` says about itself; None if it cannot be read."""
    try:
        with closing(sqlite3.connect(read_only.address(path), uri=True)) as file:
            row = file.execute("SELECT number, digest, published_on, build_id FROM installed_release").fetchone()
    except sqlite3.Error:
        return None
    return Stamp(*row) if row else None


@contextmanager
def _open(draft: Path) -> Iterator[None]:
    """The draft as a database alias of this thread, while it is being built."""
    defaults = connections.settings["default"]
    config = {
        **defaults,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(draft),
        "OPTIONS": {},
        "ATOMIC_REQUESTS": False,
    }
    connection = DatabaseWrapper(config, alias=ALIAS)
    connections[ALIAS] = connection
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=OFF")  # a draft that fails is thrown away whole
            cursor.execute("PRAGMA synchronous=OFF")
        yield
    finally:
        connection.close()
        del connections[ALIAS]


def _create_tables() -> None:
    connection = connections[ALIAS]
    with connection.constraint_checks_disabled(), connection.schema_editor(atomic=False) as editor:
        for model in CATALOGUE_MODELS:
            editor.create_model(model)


def _write_names(content: bundle.Bundle) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("CREATE TABLE address_name (kind TEXT, key TEXT, slug TEXT, PRIMARY KEY (kind, key, slug))")
        cursor.executemany("INSERT INTO address_name VALUES (%s, %s, %s)", list(address_names(content)))


def _write_search_index(content: bundle.Bundle) -> None:
    slugs = dict(Therapy.objects.using(ALIAS).values_list("pk", "slug"))
    said = Recommendation.objects.using(ALIAS).spoken()
    spoken = [(slugs[therapy], condition, statement) for therapy, condition, statement in said]
    entries = list(search_index.entries_of(content))
    with connections[ALIAS].cursor() as cursor:
        search_index.write(content, entries, cursor, spoken)
        search_vectors.write(entries, cursor, settings.CATALOGUE_PATH)


def _write_code_titles(content: bundle.Bundle) -> None:
    with connections[ALIAS].cursor() as cursor:
        code_titles.write(content, cursor)


def _write_log(log: Iterable[Past]) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE past_release (number INTEGER PRIMARY KEY, published_on TEXT, notes TEXT, reverts_to INTEGER)"
        )
        cursor.execute(
            "CREATE TABLE past_change (number INTEGER, place INTEGER, kind TEXT, slug TEXT, change TEXT, "
            "PRIMARY KEY (number, place))"
        )
        cursor.execute("CREATE TABLE past_concern (condition TEXT, number INTEGER, place INTEGER)")
        for past in log:
            row: list[Any] = [past.number, past.published_on, past.notes, past.reverts_to]
            cursor.execute("INSERT INTO past_release VALUES (%s, %s, %s, %s)", row)
            for position, change in enumerate(past.changes):
                key: list[Any] = [past.number, position]
                data = json.dumps(change, ensure_ascii=False)
                cursor.execute(
                    "INSERT INTO past_change VALUES (%s, %s, %s, %s, %s)",
                    [*key, change["kind"], change["slug"], data],
                )
                concerns = [[condition, *key] for condition in change.get("conditions", ())]
                cursor.executemany("INSERT INTO past_concern VALUES (%s, %s, %s)", concerns)
        cursor.execute("CREATE INDEX past_concern_of ON past_concern (condition, number)")


def _write_stamp(stamp: Stamp, text: str) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE installed_release "
            "(number INTEGER, digest TEXT, published_on TEXT, build_id TEXT, bundle BLOB)"
        )
        cursor.execute(
            "INSERT INTO installed_release VALUES (%s, %s, %s, %s, %s)",
            [stamp.number, stamp.digest, stamp.published_on, stamp.build_id, gzip.compress(text.encode(), mtime=0)],
        )


def _swap(draft: Path, path: Path) -> None:
    _flush(draft)
    draft.replace(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
