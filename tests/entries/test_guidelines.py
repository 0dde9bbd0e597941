"""The page of guidelines: bodies with their editions, narrowed by words, region and topic."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, text
from therapies.models import Source
from therapies.models.base import name_key

FEW = 12
GROUPS = [
    {"slug": "mood-group", "name": "Mood disorders", "plain_name": "Low mood"},
    {"slug": "anxiety-group", "name": "Anxiety disorders", "plain_name": "Worry and fear"},
]
CATALOGUE = builders.catalogue(
    condition_groups=GROUPS,
    conditions=[builders.condition("low-mood", group="mood-group")],
    therapies=[builders.therapy()],
    sources=[
        builders.source("new", title="Mood in adults", region="UK", gone_through_on="2026-11-02"),
        builders.source("old", title="Mood, first edition", region="UK", year="2009", status="superseded"),
        builders.source("draft", title="Mood, next edition", region="UK", year="2026", status="draft"),
        builders.source("gone", body="Other Body", body_short="OB", title="Taken back", status="withdrawn"),
        builders.source("maybe", body="Third Body", title="Worry", region="France", status="unknown"),
        builders.source("a-study", title="Mood, a study", kind="study"),
    ],
    recommendations=[
        builders.recommendation("one", source="new", condition="low-mood"),
        builders.recommendation("two", source="new", condition="low-mood", basis="copy"),
        builders.recommendation("three", source="maybe", basis="recalled"),
    ],
)


@pytest.fixture
def guidelines(serve: Callable[..., Site]) -> Site:
    return serve(CATALOGUE)


def body(page: str, short: str) -> str:
    """The part of the page about one body."""
    return page.split(f'<div id="body-{name_key(short)}"')[1].split("</div>")[0]


def test_it_names_every_body_with_a_guideline_in_force(site: Site, client: Client) -> None:
    page = get(client, "/guidelines/")
    in_force = [
        row for row in site.content["sources"] if row["kind"] in Source.EDITIONS and row["status"] in Source.IN_FORCE
    ]
    assert in_force
    for row in in_force:
        listed = body(page, row["body_short"] or row["body"]).split("<details")[0]
        assert f'href="/sources/{row["slug"]}/"' in listed, row["slug"]


def test_it_lists_every_edition_once_and_no_other_document(site: Site, client: Client) -> None:
    page = get(client, "/guidelines/")
    for row in site.content["sources"]:
        expected = 1 if row["kind"] in Source.EDITIONS else 0
        assert page.count(f'href="/sources/{row["slug"]}/"') == expected, row["slug"]


@pytest.mark.parametrize("query", ["", "?region=uk", "?group=mood", "?q=nice+depression"])
def test_it_costs_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], query: str
) -> None:
    with most_queries(FEW):
        client.get(f"/guidelines/{query}")


def test_editions_in_force_come_first_and_the_others_are_folded(guidelines: Site, client: Client) -> None:
    first, folded = body(get(client, "/guidelines/"), "National Body").split("<details")
    assert 'href="/sources/new/"' in first
    assert 'href="/sources/old/"' in folded
    assert 'href="/sources/draft/"' in folded
    assert "superseded" in folded
    assert "draft" in folded


def test_an_edition_says_how_it_stands_how_much_was_read_and_whether_it_is_complete(
    guidelines: Site, client: Client
) -> None:
    page = get(client, "/guidelines/")
    national, third = text(body(page, "National Body")), text(body(page, "Third Body"))
    assert "current 2 statements: 1 read in the document, 1 read in a copy or a report of it" in national
    assert "gone through as a whole on 2026-11-02" in national
    assert "edition not confirmed 1 statement: 1 to be checked" in third
    assert "not yet gone through as a whole" in third


def test_a_body_with_nothing_in_force_says_so(guidelines: Site, client: Client) -> None:
    page = get(client, "/guidelines/")
    assert "None in force on file." in body(page, "OB")
    assert "Other Body" in body(page, "OB")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("region=uk", {"new", "old", "draft"}),
        ("group=mood-group", {"new"}),
        ("group=anxiety-group", {"maybe"}),
        ("q=third+worry", {"maybe"}),
        ("region=uk&q=first", {"old"}),
        ("region=france&group=mood-group", set()),
    ],
)
def test_words_region_and_topic_narrow_it_together(
    guidelines: Site, client: Client, query: str, shown: set[str]
) -> None:
    page = get(client, f"/guidelines/?{query}")
    slugs = [row["slug"] for row in CATALOGUE["sources"]]
    assert {slug for slug in slugs if f'href="/sources/{slug}/"' in page} == shown
    assert f'data-total="{len(shown)}"' in page


def test_what_is_not_understood_is_named_and_the_rest_is_honored(guidelines: Site, client: Client) -> None:
    page = get(client, "/guidelines/?region=atlantis&group=mood-group", 400)
    assert "We did not understand “atlantis” as a country or region, and left it out." in page
    assert '<option value="mood-group" selected>' in page
    assert "We did not understand “x” as a topic" in get(client, "/guidelines/?group=x", 400)


def test_words_typed_on_the_list_are_not_kept(guidelines: Site, client: Client) -> None:
    assert client.get("/guidelines/?q=mood")["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/guidelines/?region=uk")["Cache-Control"]


def test_a_document_leads_to_its_body_if_it_is_an_edition(guidelines: Site, client: Client) -> None:
    assert 'href="/guidelines/#body-ob"' in get(client, "/sources/gone/")
    assert 'href="/guidelines/#' not in get(client, "/sources/a-study/")


@pytest.mark.parametrize("address", ["/", "/sources/", "/evidence/", "/about/", "/about/evidence/"])
def test_its_neighbors_lead_to_it(site: Site, client: Client, address: str) -> None:
    assert 'href="/guidelines/"' in get(client, address).split("<main" if address != "/" else "<footer")[1]


def test_those_with_the_most_editions_come_first_and_those_with_one_are_folded(site: Site, client: Client) -> None:
    page = get(client, "/guidelines/")
    first, folded = page.split("more, with one edition in force or none")
    counts = [int(count) for count in re.findall(r"(\d+) in force</span>", first)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 1
    assert set(re.findall(r"(\d+) in force</span>", folded)) == {"0", "1"}
    assert "more, with one" not in get(client, "/guidelines/?region=uk")
