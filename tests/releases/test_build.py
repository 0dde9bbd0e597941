import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import builders
from tests.conftest import Site
from therapies.models import CATALOGUE_MODELS, Release
from therapies.releases import build, bundle
from therapies.releases.bundle import BundleError

TEXT = bundle.to_text(builders.catalogue(therapies=[builders.therapy()]))


def make(path: Path, *, number: int = 1, text: str = TEXT) -> build.Stamp:
    return build.build(text=text, number=number, published_on="2026-11-22", path=path)


@pytest.fixture
def path(tmp_path: Path, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield tmp_path / "deep" / "catalogue.sqlite3"


def test_a_file_says_which_release_it_holds(path: Path) -> None:
    stamp = make(path, number=7)
    assert stamp == build.Stamp(7, bundle.digest(TEXT), "2026-11-22", settings.BUILD_ID)
    assert build.read_stamp(path) == stamp


def test_there_is_no_stamp_where_there_is_no_file_or_no_catalogue(tmp_path: Path) -> None:
    assert build.read_stamp(tmp_path / "missing.sqlite3") is None
    (tmp_path / "text.sqlite3").write_text("this is not a database, whatever its name says")
    assert build.read_stamp(tmp_path / "text.sqlite3") is None
    (tmp_path / "empty.sqlite3").touch()
    assert build.read_stamp(tmp_path / "empty.sqlite3") is None


def test_the_file_has_the_tables_of_the_catalogue_and_none_of_the_working_database(release_file: Site) -> None:
    with sqlite3.connect(release_file.path) as file:
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {model._meta.db_table for model in CATALOGUE_MODELS} <= tables
    assert Release._meta.db_table not in tables
    assert not [table for table in tables if table.startswith(("auth_", "django_", "reversion_", "axes_", "otp_"))]


def test_the_file_is_not_in_wal_mode_and_nothing_lies_beside_it(path: Path) -> None:
    make(path)
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert list(path.parent.iterdir()) == [path]


def test_the_file_keeps_the_bundle_word_for_word(serve: Any, shipped: bundle.Bundle) -> None:
    from therapies.serving import catalogue

    serve(shipped)
    assert catalogue.bundle_text() == bundle.to_text(shipped)
    assert bundle.dump(catalogue.ALIAS) == shipped


def test_a_failed_build_leaves_the_old_file_and_no_draft(path: Path) -> None:
    make(path, number=1)
    before = path.read_bytes()
    broken = bundle.to_text(builders.catalogue(therapies=[builders.therapy(family="nowhere")]))
    with pytest.raises(BundleError):
        make(path, number=2, text=broken)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_crash_while_building_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(path, number=1)

    def crash(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "_write_stamp", crash)
    with pytest.raises(KeyboardInterrupt):
        make(path, number=2)
    stamp = build.read_stamp(path)
    assert stamp is not None
    assert stamp.number == 1


def test_the_draft_of_a_crash_is_overwritten(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.with_name(f".{path.name}.{os.getpid()}.draft").write_text("half a file")
    make(path)
    assert build.read_stamp(path) is not None


def test_a_reader_of_the_old_file_reads_it_to_the_end(path: Path) -> None:
    make(path, number=1)
    reader = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    make(path, number=2)
    assert reader.execute("SELECT number FROM installed_release").fetchone() == (1,)
    reader.close()
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as fresh:
        assert fresh.execute("SELECT number FROM installed_release").fetchone() == (2,)


def test_the_draft_is_flushed_to_the_disk_before_it_takes_the_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    flush, replace = build._flush, Path.replace

    def noted_flush(path: Path) -> None:
        steps.append("flush folder" if path.is_dir() else "flush file")
        flush(path)

    def noted_replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(build, "_flush", noted_flush)
    monkeypatch.setattr(Path, "replace", noted_replace)
    make(path)
    assert steps == ["flush file", "rename", "flush folder"]


def test_an_old_bundle_still_builds(path: Path) -> None:
    therapy = {"slug": "cbt", "name": "CBT", "family": "f", "lost_field": 1}
    make(path, text=json.dumps({"format": 1, "families": [{"slug": "f"}], "therapies": [therapy]}))
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT slug, status FROM therapies_therapy").fetchall() == [("cbt", "approach")]


def test_a_release_is_read_from_a_folder_of_any_name(tmp_path: Path) -> None:
    path = tmp_path / "c# 50%20 a+b?" / "catalogue.sqlite3"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE installed_release (number, digest, published_on, build_id)")
        file.execute("INSERT INTO installed_release VALUES (7, 'digest', '2026-11-22', 'build')")
    assert build.read_stamp(path) == build.Stamp(7, "digest", "2026-11-22", "build")
