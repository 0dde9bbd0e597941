"""History: any state of an entry can be restored, and a deleted entry comes back, references included."""

import pytest
from django.test import Client
from reversion.models import Version

from tests.admin.test_entries import address, changed
from tests.builders import catalogue, condition, therapy
from tests.people import browser, person
from therapies.curate.history import keep_first_version, last_editor
from therapies.models import Therapy
from therapies.releases import bundle


@pytest.fixture
def curator(db: None) -> Client:
    bundle.load(
        catalogue(
            conditions=[condition(), condition("fear")],
            therapies=[therapy(summary="Old words.", commonly_used_for=["worry", "fear"])],
        )
    )
    return browser(person("cora", "Curator"))


def test_an_entry_that_nobody_changed_has_no_editor(curator: Client) -> None:
    assert last_editor(Therapy.objects.get()) is None


def test_the_first_state_is_kept_once(curator: Client) -> None:
    entry = Therapy.objects.get()
    keep_first_version(entry)
    keep_first_version(entry)
    assert Version.objects.get_for_object(entry).count() == 1


def test_the_shipped_state_is_restored_with_its_references(curator: Client) -> None:
    entry = Therapy.objects.get()
    screen = address("therapies", f"{entry.pk}/change/")
    curator.post(screen, changed(entry, summary="New words."))
    entry.refresh_from_db()
    assert (entry.summary, entry.commonly_used_for.count()) == ("New words.", 0)
    first = Version.objects.get_for_object(entry).order_by("pk").first()
    assert first
    restore = address("therapies", f"{entry.pk}/history/{first.pk}/")
    assert "Old words." in curator.get(restore).content.decode()
    conditions = [str(row.pk) for row in entry.commonly_used_for.model.objects.all()]
    curator.post(restore, changed(entry, summary="Old words.") | {"commonly_used_for": conditions})
    entry.refresh_from_db()
    assert entry.summary == "Old words."
    assert set(entry.commonly_used_for.values_list("slug", flat=True)) == {"worry", "fear"}


def test_a_deleted_entry_is_recovered(curator: Client) -> None:
    entry = Therapy.objects.get()
    curator.post(address("therapies", f"{entry.pk}/delete/"), {"post": "yes"})
    assert not Therapy.objects.exists()
    page = curator.get(address("therapies", "recover/")).content.decode()
    assert "Worry therapy" in page
    version = Version.objects.get_deleted(Therapy).get()
    curator.post(address("therapies", f"recover/{version.pk}/"), changed(entry, summary="Old words."))
    assert Therapy.objects.get().slug == "worry-therapy"
