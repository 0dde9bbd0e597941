"""/evidence/: the whole field as grids, what they can be narrowed to, and the statements behind a mark."""

import re
from typing import Any

from django.test import Client

from tests import builders


def marks(html: str) -> list[tuple[str, str]]:
    """(therapy, condition) of every mark."""
    return re.findall(r'<td data-standing="[^"]+"><a href="/evidence/\?therapy=([\w-]+)&amp;condition=([\w-]+)"', html)


def test_a_mark_says_its_standing_by_shape_letter_and_words(serve: Any, client: Client) -> None:
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=[builders.recommendation()]))
    html = client.get("/evidence/").content.decode()
    assert '<span aria-hidden="true">R</span><span class="hidden">Recommended, 1 of 1 body</span>' in html
    assert 'class="shape"' in html


def test_what_was_not_checked_has_no_mark(serve: Any, client: Client) -> None:
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=[builders.recommendation(seen=False)]))
    assert marks(client.get("/evidence/").content.decode()) == []


def test_every_pair_with_a_standing_has_a_mark(site: Any, client: Client) -> None:
    found = marks(client.get("/evidence/").content.decode())
    assert len(found) == len(set(found)) > 300
    assert ("cognitive-behavioral-therapy", "generalized-anxiety") in found


def test_where_the_bodies_disagree_is_marked_so(serve: Any, client: Client) -> None:
    against = builders.source("other-2021", body="Other Body")
    rows = [
        builders.recommendation(),
        builders.recommendation("row-2", source="other-2021", stance="do-not"),
    ]
    serve(builders.catalogue(therapies=[builders.therapy()], sources=[against], recommendations=rows))
    assert '<td data-standing="guidelines-differ">' in client.get("/evidence/").content.decode()


def test_it_can_be_narrowed_by_family_group_age_and_body(site: Any, client: Client) -> None:
    every = set(marks(client.get("/evidence/").content.decode()))
    for choice in ("family=creative-expressive", "group=mood", "age=child", "body=NICE"):
        some = set(marks(client.get(f"/evidence/?{choice}").content.decode()))
        assert some
        assert some < every


def test_a_choice_that_is_none_is_said_and_the_rest_is_kept(site: Any, client: Client) -> None:
    page = client.get("/evidence/?group=mood&body=Nobody")
    assert page.status_code == 400
    assert "“Nobody” is none of the choices for Who says so." in page.content.decode()
    assert marks(page.content.decode()) == marks(client.get("/evidence/?group=mood").content.decode())


def test_the_same_can_be_read_as_lists_in_words(site: Any, client: Client) -> None:
    grids = set(marks(client.get("/evidence/?group=mood").content.decode()))
    html = client.get("/evidence/?group=mood&view=list").content.decode()
    lists = set(re.findall(r'<a href="/evidence/\?therapy=([\w-]+)&amp;condition=([\w-]+)"', html))
    assert lists == grids
    assert "<table" not in html


def test_behind_a_mark_stand_the_statements_of_each_body(site: Any, client: Client) -> None:
    html = client.get("/evidence/?therapy=cbt&condition=generalized-anxiety").content.decode()
    assert "<h3>RANZCP</h3>" in html
    assert "recommended initial option" in html


def test_a_pair_that_is_not_understood_is_not_found_and_says_so(site: Any, client: Client) -> None:
    page = client.get("/evidence/?therapy=zzzz&condition=ptsd")
    assert page.status_code == 404
    assert "We did not understand “zzzz”." in page.content.decode()
    assert client.get("/evidence/?therapy=cbt").status_code == 404


def test_it_asks_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    with most_queries(9):
        client.get("/evidence/?age=older")
    with most_queries(2):
        client.get("/evidence/?age=older&view=list")
