"""Which database a test may touch is said by the fixture in its signature; none touches the developer's own data.

no fixture   no database at all
site         the shipped catalogue as an installed release, read only; opening the working database fails the test
serve        as `site`, for a catalogue of the test's own making
db           the working database (pytest-django), with nothing installed
published    the working database, and a place to install releases in; public pages may be asked for
"""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hypothesis
import numpy as np
import pytest
from django.conf import settings as django_settings
from django.core.signals import request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck
from pytest_django.live_server_helper import LiveServer

from explorer import read_only
from therapies.domain import meaning
from therapies.domain.meaning import Vectors
from therapies.releases import build, bundle
from therapies.releases.bundle import Bundle
from therapies.serving import catalogue, once

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the thread of the tests
# A busy machine is no fault, nor is it that examples share a site: they only read it
ALLOWED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis.settings.register_profile(
    "suite", deadline=None, derandomize="CI" in os.environ, suppress_health_check=ALLOWED
)
hypothesis.settings.load_profile("suite")
PUBLISHED_ON = "2026-11-22"
_numbers = count(1_000)  # what is kept in memory is kept by release, so no two tests share a number


@dataclass(frozen=True, slots=True)
class Site:
    """An installed release: the file, its number, and the content it was made from."""

    path: Path
    number: int
    content: Bundle = field(repr=False)  # millions of characters, which hypothesis would write


@pytest.fixture(scope="session", autouse=True)
def _nothing_installed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Until a fixture says otherwise, the catalogue file is one that does not exist."""
    point_at(tmp_path_factory.mktemp("nothing") / "catalogue.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _vectors_once() -> Iterator[None]:
    """Many tests build a catalogue: what a text means is worked out once a run."""
    made: dict[str, Any] = {}
    work_out = meaning.vectors

    def vectors(texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in made]
        made.update(zip(new, work_out(new), strict=True))
        return np.array([made[text] for text in texts], np.float32).reshape(-1, meaning.DIMENSIONS)

    with patch.object(meaning, "vectors", vectors):
        yield


@pytest.fixture(scope="session")
def shipped() -> Bundle:
    """The catalogue of `fixtures/`, as a bundle. Read it; do not change it."""
    return bundle.read_folder(django_settings.FIXTURES_DIR)


@pytest.fixture(scope="session")
def release_file(shipped: Bundle, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Site:
    """The shipped catalogue as a built file; made once a run, without a working database."""
    path = tmp_path_factory.mktemp("release") / "catalogue.sqlite3"
    with django_db_blocker.unblock(), _only("building"):
        return _build(shipped, path)


@pytest.fixture
def site(release_file: Site, django_db_blocker: Any) -> Iterator[Site]:
    """Public pages answer from the shipped catalogue; whatever opens the working database fails."""
    with django_db_blocker.unblock(), _only("catalogue"), _installed(release_file.path):
        yield release_file


@pytest.fixture
def serve(tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[[Bundle], Site]]:
    """Installs a bundle of the test's own as the next release; public pages answer from it, the working one is shut."""
    path = tmp_path / "catalogue.sqlite3"
    with django_db_blocker.unblock(), _only("catalogue", "building"), _installed(path):
        yield partial(_build, path=path)


@pytest.fixture
def published(db: None, tmp_path: Path) -> Iterator[Path]:
    """The working database, and the path at which `publish` and `install` put the catalogue file for public pages."""
    path = tmp_path / "catalogue.sqlite3"
    with _catalogue_beside_the_working_database(), _installed(path):
        yield path


@pytest.fixture(scope="session")
def _server() -> Iterator[LiveServer]:
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def live_site(site: Site, _server: LiveServer) -> str:
    """The address of a server that answers from the shipped catalogue, for a browser."""
    return str(_server.url)


@pytest.fixture
def most_queries() -> Callable[[int], Any]:
    """`with most_queries(8): …` fails where the installed release is asked more often than that.

    Nothing is kept from tests before, so a bound holds in any order: what is made once a release and is no part of the
    bound has to be made first, in the test.
    """
    _forget_what_is_kept()

    @contextmanager
    def at_most(limit: int) -> Iterator[None]:
        asked: list[str] = []

        def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with connections[catalogue.ALIAS].execute_wrapper(note):
            yield
        assert len(asked) <= limit, f"{len(asked)} queries, {limit} allowed:\n" + "\n".join(sql[:200] for sql in asked)

    return at_most


# ── How they are made ──


def _build(content: Bundle, path: Path, number: int | None = None) -> Site:
    site = Site(path, number or next(_numbers), bundle.normalize(content))
    log = [build.Past(0, PUBLISHED_ON, "The shipped catalogue.")]
    build.build(text=bundle.to_text(site.content), number=site.number, published_on=PUBLISHED_ON, path=path, log=log)
    return site


def _forget_what_is_kept() -> None:
    for kept in gc.get_objects():
        if type(kept) is _lru_cache_wrapper and kept.__wrapped__.__module__ == once.__name__:
            kept.cache_clear()
        elif type(kept) is once.Kept:
            kept._values.clear()


def point_at(path: Path) -> None:
    django_settings.CATALOGUE_PATH = path
    connections.settings[catalogue.ALIAS]["NAME"] = read_only.address(path)


@contextmanager
def _installed(path: Path) -> Iterator[None]:
    """This path is where the catalogue is; every request opens it anew, as in production."""
    before = django_settings.CATALOGUE_PATH

    def reopen(**kwargs: Any) -> None:
        connections[catalogue.ALIAS].close()

    point_at(path)
    request_started.connect(reopen)
    try:
        yield
    finally:
        request_started.disconnect(reopen)
        reopen()
        point_at(before)


@contextmanager
def _only(*aliases: str) -> Iterator[None]:
    """Opening any other database fails, in every thread."""
    ensure_connection = BaseDatabaseWrapper.ensure_connection

    def refuse(self: BaseDatabaseWrapper) -> None:
        if self.alias not in aliases:
            raise AssertionError(f"This test may open {' and '.join(aliases)}; it opened “{self.alias}”.")
        ensure_connection(self)

    with patch.object(BaseDatabaseWrapper, "ensure_connection", refuse):
        yield


@contextmanager
def _catalogue_beside_the_working_database() -> Iterator[None]:
    """Django's test case shuts every alias that it has no transaction for; the catalogue file needs none."""
    ensure_connection, shut = BaseDatabaseWrapper.ensure_connection, connections[catalogue.ALIAS]

    def ensure(self: BaseDatabaseWrapper) -> None:
        if self.alias != catalogue.ALIAS:
            ensure_connection(self)
        elif self.connection is None:
            self.connect()

    del connections[catalogue.ALIAS]
    try:
        with patch.object(BaseDatabaseWrapper, "ensure_connection", ensure):
            yield
    finally:
        connections[catalogue.ALIAS] = shut
