"""The one door to the installed release: pages reach its database through here alone. Reads only."""

import gzip
import json
import sqlite3
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import Model, QuerySet

from therapies.models import (
    AmbiguousTerm,
    CodeRange,
    Condition,
    ConditionGroup,
    ConditionStatement,
    CrisisLine,
    DangerPhrase,
    Family,
    Format,
    GlossaryTerm,
    Kind,
    LookAlike,
    Outcome,
    PooledEffect,
    Recommendation,
    SearchSynonym,
    Source,
    Technique,
    Therapy,
    Topic,
)
from therapies.models.evidence import StatementQuerySet

ALIAS = "catalogue"
UNREADABLE = (DatabaseError, sqlite3.Error)  # raised where no release is installed, or one that this code cannot read
M = TypeVar("M", bound=Model)


class InstalledRelease(NamedTuple):
    """What the footer of every page names. `published_on` is a date as YYYY-MM-DD."""

    number: int
    digest: str
    published_on: str


def release() -> InstalledRelease:
    """The release that this request's own connection reads: asked once a connection, since its file never changes."""
    connection: Any = connections[ALIAS]
    connection.ensure_connection()
    opened: Any
    found: Any
    opened, found = getattr(connection, "release_read", (None, None))
    if opened is not connection.connection:
        found = InstalledRelease(*_one("SELECT number, digest, published_on FROM installed_release"))
        connection.release_read = connection.connection, found
    release: InstalledRelease = found
    return release


def installed() -> InstalledRelease | None:
    """The release in the catalogue file, without asking it where it is the same file as last time.

    None where there is no file that can be read. May be one release behind for the moment in which the file is
    replaced. A file that was replaced is opened anew: to be called before a request reads anything.
    """
    global _last_seen
    try:
        status = settings.CATALOGUE_PATH.stat()
    except OSError:
        _follow(None)  # so that no thread goes on with a file that others cannot open
        return None
    identity = (status.st_ino, status.st_mtime_ns, status.st_size)
    _follow(identity)
    if _last_seen[0] != identity:
        try:
            _last_seen = (identity, release())
        except UNREADABLE:
            return None
    return _last_seen[1]


Identity = tuple[int, int, int]
_last_seen: tuple[Identity | None, InstalledRelease | None] = (None, None)


def _follow(identity: Identity | None) -> None:
    """Closes this thread's connection where it reads a file that was replaced or taken away since."""
    connection: Any = connections[ALIAS]
    if getattr(connection, "opened", None) != identity:
        connection.close()
    connection.opened = identity


def bundle_text() -> str:
    """The installed release's bundle, as canonical JSON text."""
    return gzip.decompress(_one("SELECT bundle FROM installed_release")[0]).decode()


def _one(sql: str) -> Any:
    return rows(sql)[0]


def rows(sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Rows of a query that the ORM cannot ask, such as a full-text one."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql, parameters or [])
        return list(cursor.fetchall())


def _all(model: type[M]) -> QuerySet[M]:
    return model._default_manager.using(ALIAS)


def entries(kind: Kind) -> QuerySet[Any]:
    """The entries of any kind, where the code does not care which."""
    return _all(kind.model)


def therapies() -> QuerySet[Therapy]:
    return _all(Therapy)


def conditions() -> QuerySet[Condition]:
    return _all(Condition)


def condition_groups() -> QuerySet[ConditionGroup]:
    return _all(ConditionGroup)


def techniques() -> QuerySet[Technique]:
    return _all(Technique)


def formats() -> QuerySet[Format]:
    return _all(Format)


def families() -> QuerySet[Family]:
    return _all(Family)


def sources() -> QuerySet[Source]:
    return _all(Source)


def recommendations() -> StatementQuerySet:
    return Recommendation.objects.using(ALIAS)


def condition_statements() -> StatementQuerySet:
    return ConditionStatement.objects.using(ALIAS)


def outcomes() -> QuerySet[Outcome]:
    return _all(Outcome)


def pooled_effects() -> QuerySet[PooledEffect]:
    return _all(PooledEffect)


def look_alikes() -> QuerySet[LookAlike]:
    return _all(LookAlike)


def ambiguous_terms() -> QuerySet[AmbiguousTerm]:
    return _all(AmbiguousTerm)


def crisis_lines() -> QuerySet[CrisisLine]:
    return _all(CrisisLine)


def topics() -> QuerySet[Topic]:
    return _all(Topic)


def glossary() -> QuerySet[GlossaryTerm]:
    return _all(GlossaryTerm)


def search_synonyms() -> QuerySet[SearchSynonym]:
    return _all(SearchSynonym)


def danger_phrases() -> QuerySet[DangerPhrase]:
    """The set phrases; whole sentences are only there to learn from."""
    return _all(DangerPhrase).filter(is_sentence=False)


def code_ranges() -> QuerySet[CodeRange]:
    return _all(CodeRange)


# ── The change log: what each release changed, as publishing wrote it down ──


@dataclass(frozen=True, slots=True)
class PastRelease:
    """A release in the change log. `count` is how many entries it changed."""

    number: int
    published_on: str
    notes: str
    reverts_to: int | None
    count: int


def past_releases(*, number: int | None = None, limit: int = 1_000) -> list[PastRelease]:
    """Newest first; with `number`, that one alone."""
    sql = (
        "SELECT number, published_on, notes, reverts_to, "
        "(SELECT count(*) FROM past_change WHERE past_change.number = past_release.number) "
        "FROM past_release WHERE %s IS NULL OR number = %s ORDER BY number DESC LIMIT %s"
    )
    return [PastRelease(*row) for row in rows(sql, [number, number, limit])]


def past_changes(number: int, *, limit: int) -> list[dict[str, Any]]:
    """What a release changed, as plain values (see releases.differences)."""
    sql = "SELECT change FROM past_change WHERE number = %s ORDER BY place LIMIT %s"
    return [json.loads(change) for (change,) in rows(sql, [number, limit])]


def past_changes_for(condition: str, *, limit: int) -> list[tuple[int, str, dict[str, Any]]]:
    """(release, its date, change) of everything that concerns the condition's readers, newest first."""
    sql = (
        "SELECT past_change.number, published_on, change FROM past_concern "
        "JOIN past_change USING (number, place) JOIN past_release USING (number) "
        "WHERE condition = %s ORDER BY past_change.number DESC, place LIMIT %s"
    )
    return [(number, day, json.loads(change)) for number, day, change in rows(sql, [condition, limit])]
