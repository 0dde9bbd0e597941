"""The public change log, its feeds and the ledger: made from what is installed, naming nobody."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from tests.builders import catalogue, condition, recommendation, therapy
from tests.conftest import Site
from tests.pages import get, text
from tests.people import person
from therapies.curate.sign_off import sign_off
from therapies.models import Release, Therapy
from therapies.releases import bundle
from therapies.releases.publish import publish, revert
from therapies.site import freshness

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def changed(published: Path) -> Path:
    """Three releases: the first, a mended text, and back again."""
    bundle.load(
        catalogue(
            conditions=[condition(), condition("fear")],
            therapies=[therapy(summary="Ten to 20 sessions.", commonly_used_for=["worry"])],
            recommendations=[recommendation()],
        )
    )
    publish(notes="The first one.", by=person("pia", "Publisher"))
    Therapy.objects.update(summary="Ten to 16 sessions & more.")
    publish(notes="Session count mended.")
    revert(0, notes="The old count was right.")
    return published


def test_the_log_lists_every_release_newest_first_with_its_notes(changed: Path, client: Client) -> None:
    page = get(client, "/releases/")
    assert page.index("The old count was right.") < page.index("Session count mended.") < page.index("The first one.")
    assert "It brings back" in page
    assert "everything was new" in page


def test_a_release_shows_what_it_changed_word_by_word(changed: Path, client: Client) -> None:
    page = get(client, "/releases/1/")
    assert '<a href="/therapies/worry-therapy/">Worry therapy</a>' in page
    deleted, inserted = (re.findall(rf"<{tag}>.*?</{tag}>", page) for tag in ("del", "ins"))
    assert text(deleted[0]).startswith("[taken out: 20")
    assert text(inserted[0]).startswith("[new: 16")
    assert "& more" in text(page)
    assert client.get("/releases/7/").status_code == 404


def test_nobody_is_named_in_what_is_installed(changed: Path, client: Client) -> None:
    assert Release.objects.get(number=0).published_by
    assert b"pia" not in changed.read_bytes()


@pytest.mark.parametrize("path", ["/releases.atom", "/conditions/worry/changes.atom"])
def test_the_feeds_are_atom(changed: Path, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) >= 2
    ids = [entry.findtext("a:id", "", ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(entry.findtext("a:updated", "", ATOM) for entry in entries)


def test_the_feed_of_a_condition_holds_what_concerns_its_readers_alone(changed: Path, client: Client) -> None:
    assert "Changed: Worry therapy (therapy)" in client.get("/conditions/worry/changes.atom").content.decode()
    assert "Worry therapy" not in client.get("/conditions/fear/changes.atom").content.decode()
    assert client.get("/conditions/nothing/changes.atom").status_code == 404


def test_the_ledger_counts_reviews_and_checks(published: Path, client: Client, settings: Settings) -> None:
    rows = [recommendation(), recommendation("row-2", basis="recalled")]
    bundle.load(catalogue(therapies=[therapy(), therapy("other")], recommendations=rows))
    sign_off(Therapy.objects.get(slug="other"), by=person("rita", "Reviewer"))
    publish(notes="First.")
    page = get(client, "/about/freshness/")
    assert "Therapies 2 1 0 0 1 " in text(page)
    assert "Recommendations 2 1 0 1 " in text(page)
    assert "Documents in force make 2 statements. We read 1 of them in the document." in text(page)
    assert "They give 1 label," in text(page)
    assert "One person runs this site" not in page


def test_the_ledger_counts_concerns_and_bodies_and_counts_a_release_once(
    site: Site, client: Client, most_queries: Any
) -> None:
    with most_queries(25):
        page = get(client, "/about/freshness/")
    with most_queries(20):
        assert get(client, "/about/freshness/") == page
    counted = freshness.evidence()
    for tally in (*counted.conditions, *counted.bodies):
        line = f"{tally.read} {tally.copy} {tally.recalled} {tally.complete} of {tally.editions}"
        assert f"{line} {tally.to_check} of {tally.labels}" in text(page), tally
    assert 'href="/conditions/depression/"' in page


def test_a_site_that_one_person_runs_says_so(published: Path, client: Client, settings: Settings) -> None:
    settings.ONE_PERSON_SITE = True
    bundle.load(catalogue())
    publish(notes="First.")
    assert "One person runs this site" in get(client, "/about/freshness/")


def test_these_pages_answer_from_the_shipped_release_without_a_working_database(site: Site, client: Client) -> None:
    for path in ("/releases/", "/releases.atom", "/about/freshness/", "/conditions/depression/changes.atom"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not answer.cookies


def test_a_broken_working_database_does_not_touch_the_log(changed: Path, client: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        assert client.get("/releases/1/").status_code == 200
