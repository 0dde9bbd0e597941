"""“Something wrong on this page?”: keeps the words and nothing of the reader."""

import secrets
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core import signing
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.builders import catalogue, therapy
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.models import Correction
from therapies.releases import bundle
from therapies.releases.publish import publish
from therapies.site import corrections

WORDS = "The guideline of 2022 says 16 sessions, not 20."


@pytest.fixture
def reader(published: Path) -> Client:
    bundle.load(catalogue(therapies=[therapy()]))
    publish(notes="First.")
    return Client()


def ticket(seconds_ago: int = 60) -> str:
    made = int(timezone.now().timestamp()) - seconds_ago
    return signing.dumps([made, secrets.token_hex(8)], salt=corrections.SALT)


def form(**fields: str) -> dict[str, str]:
    return {"page": "/therapies/worry-therapy/", "text": WORDS, "ticket": ticket(), **fields}


def test_the_form_is_offered_on_every_page_and_sets_no_cookie(site: Site, client: Client) -> None:
    assert "/correct/?page=/therapies/" in links(get(client, "/therapies/"))
    answer = client.get("/correct/?page=/therapies/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_of_two_pages_the_first_is_taken_and_said(site: Site, client: Client) -> None:
    page = get(client, "/correct/?page=/therapies/&page=/guide/", 400)
    assert "“page” was given more than once. Only the first, “/therapies/”, was read." in page


def test_the_words_the_page_and_the_release_are_kept_and_nothing_else(reader: Client) -> None:
    answer = reader.post("/correct/", form(), REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Somebody's browser")
    assert answer["Location"] == "/correct/thanks/"
    assert not answer.cookies
    kept = Correction.objects.get()
    assert (kept.path, kept.text, kept.release) == ("/therapies/worry-therapy/", WORDS, 0)
    fields = {field.name for field in Correction._meta.fields}
    assert fields == {"id", "path", "text", "release", "received_at", "ticket", "handled_at", "handled_by", "answer"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "wrong"}, "say in a sentence"),
        ({"text": "x" * 3_001}, "under 3,000 characters"),
        ({"text": "See https://a.example https://b.example and www.c.example"}, "at most two web addresses"),
        ({"ticket": "made up"}, "did not arrive whole"),
        ({"ticket": "0"}, "very quick"),
        ({"ticket": "90000"}, "from yesterday"),
    ],
)
def test_what_cannot_be_kept_says_why_and_the_words_stay_in_the_box(
    reader: Client, fields: dict[str, str], message: str
) -> None:
    now = timezone.now()
    with patch.object(corrections.timezone, "now", lambda: now):
        if fields.get("ticket", "").isdigit():
            fields = {"ticket": ticket(int(fields["ticket"]))}
        answer = reader.post("/correct/", form(**fields))
    assert answer.status_code == 400
    assert message in text(answer)
    assert form(**fields)["text"] in text(answer)
    assert not Correction.objects.exists()


def test_who_falls_into_the_trap_is_thanked_and_not_kept(reader: Client) -> None:
    assert reader.post("/correct/", form(website="https://spam.example/")).status_code == 302
    assert not Correction.objects.exists()


def test_a_form_that_is_sent_twice_is_kept_once(reader: Client) -> None:
    twice = form()
    assert [reader.post("/correct/", twice).status_code for _ in range(2)] == [302, 302]
    assert Correction.objects.count() == 1
    assert "did not arrive whole" in text(
        reader.post("/correct/", form(ticket=signing.dumps(1, salt=corrections.SALT)))
    )


def test_a_flood_is_stopped_and_forgotten_after_an_hour(reader: Client) -> None:
    for _ in range(corrections.MOST_A_PAGE):
        reader.post("/correct/", form())
    assert reader.post("/correct/", form()).status_code == 429
    assert reader.post("/correct/", form(page="/therapies/")).status_code == 302
    Correction.objects.update(received_at=timezone.now() - timedelta(hours=2))
    assert reader.post("/correct/", form()).status_code == 302


def test_without_the_working_database_the_reader_is_told_and_loses_nothing(reader: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        answer = reader.post("/correct/", form())
    assert answer.status_code == 503
    assert "We cannot keep notes just now." in text(answer)
    assert WORDS in text(answer)


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("/therapies/?q=secret", "/therapies/"),
        ("/learn/#top", "/learn/"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/admin/", "/"),
        ("/nothing/here/", "/"),
        ("", "/"),
    ],
)
def test_only_pages_of_this_site_are_named_without_what_was_typed(written: str, page: str) -> None:
    assert corrections.page_named(written) == page


def test_the_ticket_of_a_form_is_good_after_a_moment() -> None:
    made = corrections.ticket()
    later = timezone.now() + timedelta(minutes=1)
    with patch.object(corrections.timezone, "now", lambda: later):
        assert corrections._wrong_time(signing.loads(made, salt=corrections.SALT)[0]) is None


def test_a_clock_that_was_put_back_takes_nobody_for_a_machine() -> None:
    made = corrections.ticket()
    earlier = timezone.now() - timedelta(days=1)
    with patch.object(corrections.timezone, "now", lambda: earlier):
        assert corrections._wrong_time(signing.loads(made, salt=corrections.SALT)[0]) is None
