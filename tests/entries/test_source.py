"""The list of sources with its filters, and the page of each document with what rests on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get

MOST_QUERIES = 12


@pytest.mark.parametrize("slug", ["nice-ng222", "div12-list"])
def test_a_page_costs_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], slug: str
) -> None:
    with most_queries(MOST_QUERIES):
        client.get(f"/sources/{slug}/")


def test_the_pages_of_the_list_hold_every_source_once(
    site: Site, client: Client, most_queries: Callable[[int], Any]
) -> None:
    address, found = "/sources/", ""
    while address:
        with most_queries(4):
            page = get(client, address)
        found += page
        address = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
    assert all(found.count(f'href="/sources/{row["slug"]}/"') == 1 for row in site.content["sources"])


def test_words_kind_and_status_narrow_the_list_together(serve: Callable[..., Site], client: Client) -> None:
    serve(
        builders.catalogue(
            sources=[
                builders.source("one", title="Worry in adults"),
                builders.source("two", title="Worry in children", status="superseded"),
                builders.source("three", title="Worry, a study", kind="study"),
                builders.source("four", title="Sleep"),
            ],
            conditions=[],
        )
    )
    page = get(client, "/sources/?q=worry&kind=guideline&status=current")
    assert 'data-total="1"' in page
    assert 'href="/sources/one/"' in page
    assert 'data-total="0"' in get(client, "/sources/?q=worry+sleep")


def test_what_somebody_typed_is_not_kept(site: Site, client: Client) -> None:
    assert client.get("/sources/?q=nice")["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/sources/?kind=guideline")["Cache-Control"]


def test_what_is_not_understood_is_named_and_the_rest_is_honoured(site: Site, client: Client) -> None:
    page = get(client, "/sources/?kind=novel&status=superseded", 400)
    assert "We did not understand “novel” as a kind of source" in page
    assert '<option value="superseded" selected>' in page
    assert "is not a page number" in get(client, "/sources/?page=two", 400)
    assert "There is no page 999." in get(client, "/sources/?page=999", 404)
    assert "“-1” is not a page number" in get(client, "/sources/?page=-1", 400)


def test_a_source_shows_what_rests_on_it_and_how_current_it_is(serve: Callable[..., Site], client: Client) -> None:
    serve(
        builders.catalogue(
            sources=[
                builders.source("new", status_basis="recalled", url="https://new.example/", url_is_official=True),
                builders.source(
                    "old", year="2001", status="superseded", superseded_by="new", url="https://copy.example/"
                ),
            ],
            therapies=[builders.therapy(text_sources=["new"])],
            recommendations=[
                builders.recommendation(source="new", strength_as_issued="strong for"),
                builders.recommendation("row-2", source="new", basis="recalled"),
            ],
        )
    )
    new = get(client, "/sources/new/")
    assert "Current (from general knowledge, not yet checked)" in new
    assert 'href="https://new.example/"' in new
    assert "strong for" in new
    assert new.count("Not yet checked against the source") == 1
    assert 'href="/sources/old/"' in new
    assert "Words that rest on it" in new
    old = get(client, "/sources/old/")
    assert "Superseded: a newer document has replaced it." in old
    assert 'href="/sources/new/"' in old
    assert "copy.example" not in old
    assert "Nothing in the catalogue rests on it now." in old
