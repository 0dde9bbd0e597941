"""Bad days, tried for real: whatever breaks, readers see the old release or the new one, and somebody is told."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.builders import catalogue, therapy
from tests.conftest import Site
from tests.own_site import OwnSite
from tests.pages import text
from therapies.models import Release, Therapy
from therapies.releases import bundle
from therapies.releases.build import read_stamp
from therapies.releases.publish import PublishError, install, publish


@pytest.fixture
def live(published: Path) -> Path:
    bundle.load(catalogue(therapies=[therapy(summary="One.")]))
    publish(notes="First.")
    return published


def number_in(path: Path) -> int:
    stamp = read_stamp(path)
    assert stamp
    return stamp.number


def test_power_fails_at_every_step_of_publishing(tmp_path: Path) -> None:
    own = OwnSite(tmp_path)
    own.manage("migrate", "-v0")
    said = own.run("-m", "tests.faults")
    assert "24 steps survived" in said, said


def test_a_bundle_that_was_changed_in_the_database_is_not_installed(live: Path) -> None:
    Therapy.objects.update(summary="Two.")
    with patch("therapies.releases.publish.install"):
        publish(notes="Second.")
    Release.objects.filter(number=1).update(bundle=gzip.compress(b'{"format": 1}'))
    with pytest.raises(PublishError, match="does not match its digest"):
        install()
    assert number_in(live) == 0


def test_a_bundle_that_was_cut_off_is_not_installed(live: Path) -> None:
    with patch("therapies.releases.publish.install"):
        publish(notes="Second.")
    whole = bytes(Release.objects.get(number=1).bundle)
    Release.objects.filter(number=1).update(bundle=whole[: len(whole) // 2])
    with pytest.raises(PublishError, match="cannot be read"):
        install()
    assert number_in(live) == 0


def test_a_file_that_was_cut_off_is_made_anew(live: Path) -> None:
    live.write_bytes(live.read_bytes()[:5_000])
    install()
    assert number_in(live) == 0
    assert Client().get("/therapies/worry-therapy/").status_code == 200


def test_damage_anywhere_in_the_file_is_said_by_healthz_and_mended_by_the_next_install(live: Path) -> None:
    """A page in the middle overwritten: what the file says of itself can still be read."""
    reader = Client(raise_request_exception=False)
    assert reader.get("/healthz").status_code == 200
    whole = live.read_bytes()
    for place in (len(whole) // 3, len(whole) // 2, len(whole) * 2 // 3):
        with live.open("r+b") as file:
            file.seek(place)
            file.write(b"\xa5" * 2_000)
        assert number_in(live) == 0
        health = reader.get("/healthz")
        assert health.status_code == 503
        assert "install_release" in health.json()["problem"]
        call_command("install_release")
        assert reader.get("/healthz").status_code == 200
        assert reader.get("/therapies/worry-therapy/").status_code == 200


def test_a_release_can_be_installed_anew_though_it_looks_right(live: Path) -> None:
    before = live.stat().st_ino
    call_command("install_release")
    assert live.stat().st_ino == before
    call_command("install_release", force=True)
    assert live.stat().st_ino != before


def test_a_folder_in_the_place_of_the_file_is_said(live: Path) -> None:
    live.unlink()
    live.mkdir()
    with pytest.raises(CommandError, match=r"catalogue\.sqlite3 cannot be written: Is a directory"):
        call_command("install_release")
    answer = Client(raise_request_exception=False).get("/therapies/worry-therapy/")
    assert answer.status_code == 503


def test_a_path_that_leads_through_a_file_is_no_crash(live: Path, settings: Settings) -> None:
    settings.CATALOGUE_PATH = live / "catalogue.sqlite3"
    assert Client(raise_request_exception=False).get("/healthz").status_code == 503
    with pytest.raises(CommandError, match="cannot be written: "):
        call_command("install_release")


def test_after_a_restore_no_reader_gets_a_page_of_a_release_that_is_gone(tmp_path: Path) -> None:
    own = OwnSite(tmp_path)
    own.manage("migrate", "-v0")
    said = own.run("-m", "tests.restoring")
    assert "200 Before. 200 Second. 304 True" in said


def test_a_node_with_newer_code_makes_its_own_file_of_the_same_release(live: Path, settings: Settings) -> None:
    settings.BUILD_ID = "another-build"
    stamp = install()
    assert (stamp.number, stamp.build_id) == (0, "another-build")


def test_a_clock_that_goes_back_does_not_put_releases_out_of_order(live: Path) -> None:
    Therapy.objects.update(summary="Two.")
    with patch.object(timezone, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC)):
        publish(notes="Second, on a machine with a wrong clock.")
    assert number_in(live) == 1
    assert "Two." in text(Client().get("/therapies/worry-therapy/"))


def test_a_full_disk_leaves_the_old_release_and_the_next_run_heals(tmp_path: Path) -> None:
    said = OwnSite(tmp_path).run("-m", "tests.full_disk").splitlines()
    assert any(line.startswith("publish: refused: The release cannot be recorded: ") for line in said), said
    assert any(line.startswith("install_release: refused: ") and "cannot be written: " in line for line in said), said
    assert any(line.startswith("backup: refused: No backup was made: ") for line in said), said
    assert [line for line in said if line.startswith("state: ")] == ["state: 0 []", "state: 1 []"]


def test_a_folder_that_cannot_be_written_to_is_named(live: Path) -> None:
    Therapy.objects.update(summary="Two.")
    with (
        patch("pathlib.Path.replace", side_effect=PermissionError(13, "Permission denied")),
        pytest.raises(PublishError, match="Permission denied"),
    ):
        publish(notes="Second.")
    assert number_in(live) == 0


def test_public_pages_stay_up_while_the_working_database_is_down(site: Site, client: Client) -> None:
    for path in (
        "/",
        "/therapies/",
        "/therapies/cognitive-behavioral-therapy/",
        "/help-now/",
        "/releases/",
        "/healthz",
    ):
        assert client.get(path).status_code == 200, path


@pytest.fixture(scope="module")
def lost_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a site said whose working database was locked, damaged and emptied."""
    return OwnSite(tmp_path_factory.mktemp("lost")).run("-m", "tests.lost_database")


def test_a_note_waits_two_seconds_for_a_locked_database_and_not_twenty(lost_database: str) -> None:
    assert "note while locked: 503, after two seconds; then 302" in lost_database


def test_notes_that_come_at_once_do_not_get_past_the_limit(lost_database: str) -> None:
    assert "many notes at once: 8 of 8 kept, 8 thanked" in lost_database


@pytest.mark.parametrize("state", ["damage", "nothing"])
def test_a_site_starts_with_what_is_installed_though_the_working_database_is_lost(
    lost_database: str, state: str
) -> None:
    assert f"start with {state}: serves 1, 200" in lost_database
    assert "Public pages are served from release 1, which is installed." in lost_database
    assert "Traceback" not in lost_database


def test_without_database_and_catalogue_a_start_says_so_in_one_line(lost_database: str) -> None:
    assert (
        "catalogue: refused: The working database cannot be used: file is not a database. No release" in lost_database
    )


def test_the_admin_says_that_the_working_database_is_down(live: Path) -> None:
    ensure = BaseDatabaseWrapper.ensure_connection

    def refuse(self: BaseDatabaseWrapper) -> None:
        if self.alias == "default":
            raise OperationalError("connection refused")
        ensure(self)

    curator = Client(raise_request_exception=False)
    curator.cookies["sessionid"] = "x" * 32
    with (
        patch.object(BaseDatabaseWrapper, "ensure_connection", refuse),
        patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("connection refused")),
    ):
        answer = curator.get("/admin/")
    assert answer.status_code == 503
    assert "The working database does not answer" in text(answer)
