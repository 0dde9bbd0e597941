"""Backs the working database up, with its releases and history, in one file, and restores it. Checked before use.

A backup holds password hashes and the keys of second factors, so only its owner can read the file.
"""

import hashlib
import json
import os
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from therapies.releases.publish import newest_number

MANIFEST, DATABASE = "manifest.json", "working-copy"
FORMAT = 1


class BackupError(Exception):
    """The backup could not be made or used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself. `release` is the newest one in it; None if nothing was published."""

    vendor: str
    made_at: str
    release: int | None
    digest: str  # SHA-256 of the database part
    format: int = FORMAT

    @property
    def extent(self) -> str:
        return "nothing published yet" if self.release is None else f"up to release {self.release}"


def backup(path: Path) -> Manifest:
    """Writes the backup; the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / DATABASE
        DUMPERS[connection.vendor](copy)
        now = timezone.now().isoformat(timespec="seconds")
        manifest = Manifest(connection.vendor, now, newest_number(), _digest(copy))
        draft.touch(mode=0o600)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            file.write(copy, DATABASE)
    draft.chmod(0o600)
    draft.replace(path)
    return manifest


def restore(path: Path) -> Manifest:
    """Replaces the whole content of the working database with that of the backup.

    Raises BackupError before anything is touched if the file is damaged or comes from another kind of database.
    """
    with _unpacked(path) as (manifest, copy):
        if manifest.vendor != connection.vendor:
            raise BackupError(
                f"The backup is of {manifest.vendor}, but DATABASE_URL names {connection.vendor}. "
                "Restore it into a database of its own kind, then move the catalogue as a bundle."
            )
        CHECKERS[connection.vendor](copy)
        LOADERS[connection.vendor](copy)
    return manifest


def inspect(path: Path) -> Manifest:
    """What the backup says about itself, after its digest has been checked."""
    with _unpacked(path) as (manifest, _):
        return manifest


@contextmanager
def _unpacked(path: Path) -> Iterator[tuple[Manifest, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as file:
                manifest = Manifest(**json.loads(file.read(MANIFEST)))
                file.extract(DATABASE, folder)
        except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
            raise BackupError(f"{path} is not a whole backup: {error}") from error
        copy = Path(folder) / DATABASE
        if _digest(copy) != manifest.digest:
            raise BackupError(f"{path} does not match its digest. It was damaged or changed; use another backup.")
        if manifest.format != FORMAT:
            raise BackupError(f"{path} is of format {manifest.format}; this version of the code reads format {FORMAT}.")
        yield manifest, copy


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ── SQLite: its own online backup, which stops no reader or writer ──


def _dump_sqlite(copy: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("The working database is damaged: PRAGMA integrity_check does not say “ok”.")


def _check_sqlite(copy: Path) -> None:
    """Refuses what is damaged, or no working database, though its digest is right."""
    try:
        with closing(sqlite3.connect(copy)) as file:
            whole = file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            file.execute("SELECT 1 FROM therapies_release, django_migrations LIMIT 1")
    except sqlite3.Error as error:
        raise BackupError(f"What is in the backup is no working database, or a damaged one: {error}.") from error
    if not whole:
        raise BackupError("The database in the backup is damaged: PRAGMA integrity_check does not say “ok”.")


def _load_sqlite(copy: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as source:
        source.backup(connection.connection)
    connection.close()


# ── PostgreSQL: its own programs ──


def _dump_postgresql(copy: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")


def _check_postgresql(copy: Path) -> None:
    _run("pg_restore", "--list", str(copy))


def _load_postgresql(copy: Path) -> None:
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", _name(), str(copy))


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """The password is passed in the environment, never on the command line, which others can read."""
    database: dict[str, Any] = connection.settings_dict
    variables = {"PGHOST": database["HOST"], "PGPORT": str(database["PORT"] or ""), "PGUSER": database["USER"]}
    variables |= {"PGPASSWORD": database["PASSWORD"], "PGDATABASE": _name()}
    environment = os.environ | {name: value for name, value in variables.items() if value}
    try:
        result = subprocess.run(  # noqa: S603  (fixed programs, no shell)
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BackupError(f"{program} is missing. On Debian: apt-get install postgresql-client.") from error
    if result.returncode:
        raise BackupError(f"{program} failed: {result.stderr.strip()[:500]}")


DUMPERS = {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}
CHECKERS = {"sqlite": _check_sqlite, "postgresql": _check_postgresql}
LOADERS = {"sqlite": _load_sqlite, "postgresql": _load_postgresql}
