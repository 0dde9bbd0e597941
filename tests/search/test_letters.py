"""What have I been offered: letters in, their words explained; and nothing of them kept."""

import pytest
from django.test import Client

from tests.conftest import Site
from therapies.search.letters import read


def test_a_letter_is_taken_apart(site: Site) -> None:
    offer = read("IAPT step 3, 8 sessions HI CBT, group")
    (offered,) = offer.therapies
    assert [therapy.slug for therapy in offered.therapies] == ["cognitive-behavioral-therapy"]
    assert [number.meaning for number in offer.numbers] == ["8 sessions"]
    assert [words.card.slug for words in offer.formats if words.card] == ["group"]
    assert {words.written for words in offer.words} == {"IAPT", "step 3"}
    assert offer.unknown == []


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("8 sessions", "8 sessions"),
        ("8-12 sessions", "8 to 12 sessions"),
        ("up to twenty weekly sessions", "20 sessions"),
        ("EMDR x 8", "8 sessions"),
        ("six x 50 minute sessions", "6 sessions"),
        ("1 session", "1 session"),
        ("90 min", "90 minutes each time"),
        ("24 weeks", "over 24 weeks"),
    ],
)
def test_numbers_are_read(site: Site, text: str, meaning: str) -> None:
    assert meaning in [number.meaning for number in read(text).numbers]


def test_a_short_form_with_several_meanings_asks_which(site: Site) -> None:
    offer = read("EFT with a psychologist")
    assert len(offer.therapies[0].therapies) == 3
    assert [words.written for words in offer.providers] == ["psychologist"]


def test_therapies_can_be_compared(site: Site) -> None:
    assert read("CBT or IPT").compare_url == "/compare/?t=cognitive-behavioral-therapy&t=interpersonal-psychotherapy"


def test_what_is_not_recognized_is_said(site: Site) -> None:
    offer = read("12 sessions of blorp")
    assert offer.unknown == ["blorp"]
    assert "What is the therapy called, and what does it involve?" in offer.questions_to_ask


def test_a_greeting_is_not_high_intensity(site: Site) -> None:
    assert read("hi there").words == []


def test_the_page_is_private_and_explains(site: Site, client: Client) -> None:
    response = client.get("/offered/", {"q": "8 sessions HI CBT, group"})
    assert response["Cache-Control"] == "private, no-store"
    assert "Cognitive behavioral therapy" in response.content.decode()


@pytest.mark.parametrize("before", ["", "We are glad to offer you eight sessions in a group. " * 36])
def test_danger_in_a_letter_shows_help_wherever_it_is(site: Site, client: Client, before: str) -> None:
    assert "help-panel" in client.get("/offered/", {"q": f"{before}CBT after a suicide attempt"}).content.decode()


@pytest.mark.parametrize("text", ["", "x" * 10_000, "((((", "🙂", "\x00", "NEAR AND", "99999999999 sessions", "‮אבג"])
def test_odd_letters_get_a_page(site: Site, client: Client, text: str) -> None:
    assert client.get("/offered/", {"q": text}).status_code == 200
