"""Holds docs/quality.md to its word, and checks what a machine can check of its items."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.kinds import ANSWERS, KINDS
from tests.conftest import Site
from tests.pages import get, text
from therapies.releases.bundle import Bundle
from therapies.serving import catalogue

DOCUMENT = (settings.BASE_DIR / "docs" / "quality.md").read_text()
VERDICTS = {"Met", "Partly", "Not met", "Does not apply"}
ITEMS = {"IPDAS": 16, "DISCERN": 15, "PEMAT-P": 24, "CDC": 20, "Crisis help": 12, "WCAG 2.2": 55}
LIKE_LENGTH = (0.6, 1.7)  # good points to hard points, in words
TEST_NAMES = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
# An address begins after a space or a bracket, so that “good/hard” is none.
ADDRESSES = re.compile(r"(?<![\w`.])(/(?:[\w.-]+/)*(?:[\w.-]+)?(?:\?[\w=&+-]+)?)(?=[\s,;:.)|]|$)")


def instruments() -> dict[str, list[list[str]]]:
    """Each heading with the rows of its table, cell by cell."""
    found = {}
    for part in DOCUMENT.split("\n## ")[1:]:
        rows = [line.strip("| ").split(" | ") for line in part.splitlines() if re.match(r"\| (?!#|---)", line)]
        found[part.splitlines()[0]] = rows
    return found


@pytest.mark.parametrize("name", ITEMS)
def test_every_item_of_an_instrument_has_a_verdict_and_a_place(name: str) -> None:
    rows = next(rows for heading, rows in instruments().items() if heading.startswith(name))
    assert len({row[0] for row in rows}) == len(rows) == ITEMS[name]
    assert [row for row in rows if len(row) != 4 or row[2] not in VERDICTS or not row[3]] == []


def test_what_is_partly_met_says_what_is_missing() -> None:
    rows = [row for rows in instruments().values() for row in rows]
    assert [row[1] for row in rows if row[2] in ("Partly", "Not met") and len(row[3].split()) < 3] == []


def test_every_test_that_is_named_exists() -> None:
    for path, name in TEST_NAMES.findall(DOCUMENT):
        file = Path(settings.BASE_DIR) / path
        assert file.exists(), path
        assert not name or f"def {name}(" in file.read_text(), name


def test_every_address_that_is_named_answers(site: Site, client: Client) -> None:
    places = {address for rows in instruments().values() for row in rows for address in ADDRESSES.findall(row[3])}
    assert len(places) > 15
    wrong = {"/therapies/?condition=xyzzy": 400, "/therapies/cognitve-behavioral-therapy/": 404}
    answers = {address: client.get(address, follow=True).status_code for address in places}
    assert {address: status for address, status in answers.items() if status != wrong.get(address, 200)} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_help_first_a_date_and_who_it_is_from(site: Site, client: Client, kind: str) -> None:
    page = get(client, KINDS[kind], ANSWERS.get(kind, 200))
    body = page.split("<body")[1]
    assert body.index('href="/help-now/"') < body.index("data-leave") < body.index('class="masthead"')
    assert f"Catalogue release {site.number} of 2026-11-22" in text(page)
    assert "not medical advice" in text(page)


def test_good_and_hard_points_come_together_and_at_like_length(shipped: Bundle) -> None:
    least, most = LIKE_LENGTH
    for row in shipped["therapies"]:
        good, hard = len(row["good_points"].split()), len(row["hard_parts"].split())
        assert bool(good) == bool(hard), row["slug"]
        assert not good or least <= good / hard <= most, row["slug"]


def test_figures_are_people_out_of_a_hundred_beside_their_comparison(
    site: Site, client: Client, shipped: Bundle
) -> None:
    for row in shipped["outcomes"]:
        assert row["comparison"], row["slug"]
        assert 0 <= row["comparison_per_100"] <= 100 >= row["treated_per_100"] >= 0, row["slug"]
    figure = next(row for row in shipped["outcomes"] if row["therapy"])
    words = text(client.get(f"/therapies/{figure['therapy']}/"))
    assert f"{figure['treated_per_100']} of 100" in words
    assert f"{figure['comparison_per_100']} of 100" in words


def test_no_text_has_a_bare_percentage(shipped: Bundle) -> None:
    texts = [
        (row["slug"], value) for kind in ("therapies", "conditions") for row in shipped[kind] for value in words(row)
    ]
    assert [slug for slug, text in texts if re.search(r"\d\s?%|\bper ?cent\b", text)] == []


def words(row: dict[str, Any]) -> list[str]:
    return [value for name, value in row.items() if isinstance(value, str) and name not in ("note", "seen_note")]


def test_the_site_says_who_paid_and_how_it_is_kept_up_to_date(site: Site, client: Client) -> None:
    words = text(client.get("/about/"))
    assert "Who paid" in words
    assert "at least once a year" in words


def test_what_is_not_checked_says_so_beside_it(site: Site, client: Client) -> None:
    row = catalogue.recommendations().filter(basis="recalled", source__status="current").first()
    assert row
    assert "To be checked against the document" in text(client.get(f"/therapies/{row.therapy.slug}/"))


def test_an_entry_opens_with_its_one_sentence(site: Site, client: Client) -> None:
    page = get(client, "/therapies/cognitive-behavioral-therapy/")
    assert page.index('class="lede"') < page.index("What is the idea?")


def test_help_is_ready_to_tap_with_the_emergency_number_apart(site: Site, client: Client) -> None:
    page = get(client, "/help-now/?country=us").split("<main")[1].split("</main>")[0]
    assert page.index("<strong>Emergency:</strong>") < page.index('class="help-lines"')
    assert '<a class="call" href="tel:911">' in page
    lines = page.count('<p class="small soft">')
    assert page.count("Seen in a source") + page.count("Checked on") >= lines > 10
    assert page.count("Hours not known") == 0
