"""A backup is worth what its restore brings back. Tried with real commands, on a site made for the test."""

import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.own_site import CONTENT, OwnSite

STATE = """
from django.contrib.auth.models import User
from therapies.models import Lead, Release, Therapy
print(Therapy.objects.get().summary, list(Release.objects.values_list("number", flat=True)), end=" ")
print(User.objects.count(), Lead.objects.count())
"""
LEAD = 'from therapies.models import Lead; Lead.objects.create(kind="recommendations", slug="a", title="A")'
CHANGE = 'from therapies.models import Therapy; Therapy.objects.update(summary="Two.")'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> OwnSite:
    """A site with one curator, one lead and one release, and a backup of it."""
    site = OwnSite(tmp_path_factory.mktemp("own"))
    site.manage("migrate", "-v0")
    site.python(CONTENT)
    site.python(LEAD)
    site.publish("First.")
    site.manage("createcurator", "cora", "--generate")
    site.manage("backup", str(site.folder / "kept" / "one.backup"))
    return site


@pytest.fixture
def kept(site: OwnSite) -> Path:
    return site.folder / "kept" / "one.backup"


def test_a_restore_brings_everything_back_on_an_empty_machine(site: OwnSite, kept: Path, tmp_path: Path) -> None:
    fresh = OwnSite(tmp_path)
    output = fresh.manage("restore", str(kept), "--replace")
    assert "Release 0 is installed." in output
    assert fresh.python(STATE).strip() == "One. [0] 1 1"
    assert (tmp_path / "catalogue.sqlite3").exists()


def test_a_restore_undoes_what_came_after_and_asks_first(site: OwnSite, kept: Path) -> None:
    site.python(CHANGE)
    site.publish("Second.")
    assert site.python(STATE).strip() == "Two. [1, 0] 1 1"
    assert "Say --replace" in site.manage("restore", str(kept), fails=True)
    assert site.python(STATE).strip() == "Two. [1, 0] 1 1"
    site.manage("restore", str(kept), "--replace")
    assert site.python(STATE).strip() == "One. [0] 1 1"


def test_a_backup_is_readable_by_its_owner_alone(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_a_damaged_backup_is_refused_and_nothing_is_touched(site: OwnSite, kept: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.backup"
    short.write_bytes(kept.read_bytes()[:-200])
    assert "not a whole backup" in site.manage("restore", str(short), "--replace", fails=True)
    changed = tmp_path / "changed.backup"
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(changed, "w") as new:
        new.writestr("manifest.json", old.read("manifest.json"))
        new.writestr("working-copy", old.read("working-copy")[:-1] + b"x")
    assert "does not match its digest" in site.manage("restore", str(changed), "--replace", fails=True)
    assert site.python(STATE).startswith("One.") or site.python(STATE).startswith("Two.")


def with_digest(kept: Path, target: Path, content: bytes, **manifest: object) -> Path:
    """A backup whose digest is right for what is in it."""
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(target, "w") as new:
        said = json.loads(old.read("manifest.json")) | {"digest": sha256(content).hexdigest()} | manifest
        new.writestr("manifest.json", json.dumps(said))
        new.writestr("working-copy", content)
    return target


def test_a_backup_with_a_new_digest_over_damage_is_refused_and_nothing_is_touched(
    site: OwnSite, kept: Path, tmp_path: Path
) -> None:
    before = site.python(STATE)
    whole = zipfile.ZipFile(kept).read("working-copy")
    middle = len(whole) // 2 // 4096 * 4096
    damaged = whole[:middle] + b"\xa5" * 40_960 + whole[middle + 40_960 :]
    for name, content, manifest, said in (
        ("format", whole, {"format": 99}, "is of format 99"),
        ("empty", b"", {}, "is no working database"),
        ("garbage", b"\xa5" * 10_000, {}, "is no working database"),
        ("pages", damaged, {}, "damaged"),
    ):
        path = with_digest(kept, tmp_path / f"{name}.backup", content, **manifest)
        assert said in site.manage("restore", str(path), "--replace", fails=True), name
    assert site.python(STATE) == before


def test_a_backup_that_cannot_be_written_leaves_the_old_one(site: OwnSite, kept: Path) -> None:
    copy = kept.with_name("two.backup")
    shutil.copy(kept, copy)
    assert "is a folder" in site.manage("backup", str(kept.parent), fails=True)
    site.manage("backup", str(copy))
    assert not [path for path in kept.parent.iterdir() if path.name.startswith(".")]
