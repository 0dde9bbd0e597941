import gzip
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests import builders
from therapies.models import Lead, Recommendation, Release, Therapy
from therapies.releases import build, bundle, publish
from therapies.releases.publish import PublishError, install, revert
from therapies.rules.problems import Problem


@pytest.fixture
def worked_on(published: Path) -> Path:
    """A working copy with one therapy, nothing published."""
    bundle.load(builders.catalogue(therapies=[builders.therapy("worry-therapy")]))
    return published


def installed(path: Path) -> int | None:
    stamp = build.read_stamp(path)
    return stamp.number if stamp else None


def test_publishing_numbers_records_and_installs(worked_on: Path) -> None:
    first, second = publish.publish(notes="First."), publish.publish(notes=" Second. ")
    assert (first.number, second.number, second.notes) == (0, 1, "Second.")
    assert first.digest == second.digest == bundle.digest(publish.text_of(first))
    assert installed(worked_on) == 1


def test_an_edit_is_not_public_until_it_is_published(worked_on: Path, client: Client) -> None:
    publish.publish(notes="First.")
    Therapy.objects.update(name="A better name")
    assert b"A better name" not in client.get("/therapies/?page=1").content
    publish.publish(notes="Renamed.")
    page = client.get("/therapies/?page=1").content
    assert b"A better name" in page
    assert b"Catalogue release 1<" in page


def test_reverting_is_a_new_release_with_old_content(worked_on: Path, client: Client) -> None:
    publish.publish(notes="First.")
    Therapy.objects.update(name="A mistake")
    publish.publish(notes="Second.")
    back = revert(0)
    assert (back.number, back.reverts_to, back.notes) == (2, 0, "Back to release 0.")
    assert back.digest == Release.objects.get(number=0).digest
    assert b"A mistake" not in client.get("/therapies/").content
    assert Therapy.objects.get().name == "A mistake", "the working copy is not touched"


def test_a_revert_to_an_unknown_release_says_which_there_are(worked_on: Path) -> None:
    publish.publish(notes="First.")
    with pytest.raises(PublishError, match=r"There is no release 9\. The releases are: 0\."):
        revert(9)


def test_a_release_without_notes_is_refused(worked_on: Path) -> None:
    with pytest.raises(PublishError, match="notes"):
        publish.publish(notes="  ")
    assert not Release.objects.exists()


def test_a_release_that_breaks_a_rule_is_refused_and_nothing_changes(
    worked_on: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(notes="First.")
    problem = Problem("therapies", "worry-therapy", "idea", "Too long.")
    monkeypatch.setattr(publish, "blocking_problems", lambda content, today: [problem])
    with pytest.raises(PublishError, match="therapies/worry-therapy, idea: Too long"):
        publish.publish(notes="Second.")
    assert Release.objects.count() == 1
    assert installed(worked_on) == 0


def test_installing_twice_builds_once(worked_on: Path) -> None:
    publish.publish(notes="First.")
    before = worked_on.stat()
    assert install().number == 0
    assert (worked_on.stat().st_ino, worked_on.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_installing_makes_a_lost_or_damaged_file_again(worked_on: Path) -> None:
    publish.publish(notes="First.")
    worked_on.unlink()
    assert install().number == installed(worked_on) == 0
    worked_on.write_bytes(worked_on.read_bytes()[:1000])
    assert install().number == installed(worked_on) == 0


def test_new_code_makes_the_file_again(worked_on: Path, settings: Any) -> None:
    publish.publish(notes="First.")
    settings.BUILD_ID = "another-build"
    assert install().build_id == "another-build"


def test_a_crash_between_record_and_file_heals_with_the_next_install(
    worked_on: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(notes="First.")
    with monkeypatch.context() as crashing:
        crashing.setattr(build, "build", _disk_full)
        with pytest.raises(PublishError, match="disk full"):
            publish.publish(notes="Second.")
    assert Release.objects.count() == 2
    assert installed(worked_on) == 0, "the old release stays up"
    install()
    assert installed(worked_on) == 1


def _disk_full(**kwargs: Any) -> None:
    raise OSError("disk full")


def test_a_release_that_was_tampered_with_is_not_installed(worked_on: Path) -> None:
    publish.publish(notes="First.")
    release = publish.publish(notes="Second.")
    forged = publish.text_of(release).replace("Worry therapy", "Snake oil")
    Release.objects.filter(pk=release.pk).update(bundle=gzip.compress(forged.encode()))
    worked_on.unlink()
    with pytest.raises(PublishError, match="does not match its digest"):
        install()
    assert not worked_on.exists()


def test_without_a_release_the_message_names_the_command_that_publishes(published: Path) -> None:
    with pytest.raises(PublishError, match=r"manage\.py publish"):
        install()


def test_two_installs_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite3"
    order: list[str] = []

    def other() -> None:
        with publish.one_at_a_time(path):
            order.append("second")

    with publish.one_at_a_time(path):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.2)  # time in which one that does not wait shows itself
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_the_commands_say_what_they_did(worked_on: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish", notes="First.")
    call_command("publish", notes="Second.")
    call_command("revert", 0, notes="Oops.")
    call_command("install_release")
    call_command("releases")
    output = capsys.readouterr().out
    assert "Release 0 is published and installed" in output
    assert "Release 2 has the content of release 0" in output
    assert [line[:6] for line in output.splitlines()[-3:]] == ["*    2", "     1", "     0"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["install_release"], "Nothing has been published"),
        (["revert", "3"], "There is no release 3"),
        (["publish", "--notes", ""], "Say in the notes what changed"),
    ],
)
def test_a_command_that_is_refused_says_why(published: Path, command: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command(*command)


def test_the_shipped_catalogue_is_loaded_once_and_never_over_a_curators_work(published: Path, capsys: Any) -> None:
    call_command("load_catalogue")
    said = capsys.readouterr().out
    assert "Release 0 is published" in said
    assert f"Loaded {Lead.objects.count()} leads" in said
    Therapy.objects.filter(slug="cognitive-behavioral-therapy").update(idea="A curator's words.")
    Recommendation.objects.first().delete()  # type: ignore[union-attr]
    count = Recommendation.objects.count()
    call_command("load_catalogue")
    assert "nothing was loaded" in capsys.readouterr().out
    assert Therapy.objects.get(slug="cognitive-behavioral-therapy").idea == "A curator's words."
    assert (Recommendation.objects.count(), Release.objects.count()) == (count, 1)
