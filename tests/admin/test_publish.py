"""Publishing from the admin: what goes in, what stops it, who wins, and going back."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests.builders import catalogue, recommendation, therapy
from tests.people import browser, person
from therapies.curate.sign_off import SignOffError, sign_off
from therapies.models import Family, Release, Therapy
from therapies.releases import bundle
from therapies.releases import publish as publishing
from therapies.releases.build import read_stamp
from therapies.releases.publish import PublishError, make_candidate, publish, revert


@pytest.fixture
def site_path(published: Path, settings: Settings) -> Path:
    settings.REQUIRE_SIGN_OFF = True
    bundle.load(catalogue(therapies=[therapy(summary="Old words here.")]))
    publish(notes="First.")
    return published


@pytest.fixture
def publisher(site_path: Path) -> Client:
    return browser(person("pia", "Publisher"))


def edit(**fields: str) -> Therapy:
    entry = Therapy.objects.get()
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    return entry


def publish_page(browser: Client) -> str:
    return browser.get("/admin/publish/").content.decode()


def test_the_screen_says_what_keeps_its_last_text_until_somebody_signs_it_off(publisher: Client) -> None:
    entry = edit(summary="New words here.")
    assert make_candidate().merged.keeps_last == [("therapies", "worry-therapy")]
    assert "Keeps its last text" in publish_page(publisher)
    sign_off(entry, by=person("rita", "Reviewer"))
    page = publish_page(publisher)
    assert "<del>Old</del><ins>New</ins> words here." in page.replace("\n", "")


def test_warnings_are_listed_under_a_title_in_words(publisher: Client) -> None:
    sign_off(edit(summary="See [this](/nowhere/)."), by=person("rita", "Reviewer"))
    assert "1 with a link that leads nowhere" in publish_page(publisher)


def test_publishing_from_the_screen_goes_live_with_its_notes(publisher: Client, site_path: Path) -> None:
    sign_off(edit(summary="New words here."), by=person("rita", "Reviewer"))
    answer = publisher.post(
        "/admin/publish/", {"notes": "Better words.", "seen_digest": make_candidate().digest}, follow=True
    )
    assert "Release 1 is published and live." in answer.content.decode()
    stamp = read_stamp(site_path)
    assert stamp
    assert stamp.number == 1
    assert Release.objects.get(number=1).published_by == User.objects.get(username="pia")
    assert Release.objects.get(number=1).changes[0]["name"] == "Worry therapy"


def test_what_changed_since_the_publisher_looked_is_not_published(publisher: Client) -> None:
    looked_at = make_candidate().digest
    sign_off(edit(summary="New words here."), by=person("rita", "Reviewer"))
    answer = publisher.post("/admin/publish/", {"notes": "Better.", "seen_digest": looked_at})
    assert "Something changed since you looked." in answer.content.decode()
    assert Release.objects.count() == 1


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(site_path: Path) -> None:
    merge = publishing.merge

    def publish_meanwhile(**inputs: Any) -> Any:
        with patch.object(publishing, "merge", merge):
            publish(notes="The quicker one.")
        return merge(**inputs)

    with (
        patch.object(publishing, "merge", publish_meanwhile),
        pytest.raises(PublishError, match="Somebody else published release 1"),
    ):
        publish(notes="The slower one.")
    assert [release.notes for release in Release.objects.all()] == ["The quicker one.", "First."]


def test_a_dangling_reference_stops_the_release_and_is_shown_with_its_fix(publisher: Client) -> None:
    content = bundle.dump()
    content["recommendations"] = catalogue(recommendations=[recommendation(therapy="new-one")])["recommendations"]
    content["therapies"] = content["therapies"] + catalogue(therapies=[therapy("new-one")])["therapies"]
    bundle.load(content)
    row = Therapy.objects.get(slug="new-one").recommendations.get()
    sign_off(row, by=person("rita", "Reviewer"))  # the row is ready, the therapy it is about is not
    assert "“new-one” does not exist." in publish_page(publisher)
    with pytest.raises(PublishError, match="new-one"):
        publish(notes="Broken.")


def test_reverting_publishes_the_old_content_as_a_new_release(publisher: Client, site_path: Path) -> None:
    sign_off(edit(summary="New words here."), by=person("rita", "Reviewer"))
    publish(notes="Second.")
    answer = publisher.post("/admin/releases/0/", {"notes": "The new words were wrong."}, follow=True)
    assert "Release 2 has the content of release 0 and is live." in answer.content.decode()
    newest = Release.objects.get(number=2)
    assert newest.digest == Release.objects.get(number=0).digest
    assert "Old words here." in {field["after"] for field in newest.changes[0]["fields"]}


def test_only_a_publisher_may_publish_or_revert(site_path: Path) -> None:
    curator = browser(person("cora", "Curator"))
    assert curator.get("/admin/publish/").status_code == 403
    assert curator.get("/admin/releases/0/").status_code == 200
    assert curator.post("/admin/releases/0/").status_code == 403


def test_an_unknown_release_is_named(site_path: Path) -> None:
    with pytest.raises(PublishError, match="There is no release 7"):
        revert(7)


def test_who_edited_last_may_not_sign_off_unless_one_person_runs_the_site(site_path: Path, settings: Settings) -> None:
    rita = person("rita", "Reviewer")
    entry = Therapy.objects.get()
    family = Family.objects.get()
    form = {"name": "New name", "family": str(family.pk), "status": "approach"}
    browser(rita).post(f"/admin/therapies/therapy/{entry.pk}/change/", form)
    entry.refresh_from_db()
    assert entry.name == "New name"
    with pytest.raises(SignOffError, match="somebody else has to sign it off"):
        sign_off(entry, by=rita)
    sign_off(entry, by=person("rob", "Reviewer"))
    settings.ONE_PERSON_SITE = True
    sign_off(entry, by=rita)


def test_only_a_reviewer_may_sign_off(site_path: Path) -> None:
    with pytest.raises(SignOffError, match="Only a reviewer"):
        sign_off(Therapy.objects.get(), by=person("cora", "Curator"))


def test_a_sign_off_is_refused_if_the_entry_changed_while_it_was_read(site_path: Path) -> None:
    entry = Therapy.objects.get()
    read = bundle.entry_digest(bundle.row_of(entry))
    edit(summary="Newer.")
    entry.refresh_from_db()
    with pytest.raises(SignOffError, match="read it again"):
        sign_off(entry, by=person("rita", "Reviewer"), digest=read)
