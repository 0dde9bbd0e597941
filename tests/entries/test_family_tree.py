"""/families/: each therapy is there once, under what it grew out of."""

import re
from typing import Any

from django.test import Client

from tests import builders
from tests.pages import get


def test_every_therapy_is_there_once(site: Any, client: Client) -> None:
    page = get(client, "/families/")
    found = re.findall(r'<li><a href="/therapies/([\w-]+)/">', page)
    assert sorted(found) == sorted(row["slug"] for row in site.content["therapies"])


def test_a_child_is_under_its_parent(serve: Any, client: Client) -> None:
    serve(builders.catalogue(therapies=[builders.therapy("old"), builders.therapy("new", parents=["old"])]))
    page = get(client, "/families/")
    assert '<a href="/therapies/old/">Old</a><ul><li><a href="/therapies/new/">' in page


def test_a_parent_in_another_family_is_named_on_both_sides(serve: Any, client: Client) -> None:
    family = {"slug": "far", "name": "Far family", "plain_name": "Far", "line": "One line."}
    therapies = [builders.therapy("old", family="far"), builders.therapy("new", parents=["old"])]
    serve(builders.catalogue(families=[family], therapies=therapies))
    page = get(client, "/families/")
    assert 'Also grew out of <a href="/therapies/old/">Old</a>' in page
    assert 'In other families, it led to <a href="/therapies/new/">New</a>' in page


def test_a_circle_is_cut(serve: Any, client: Client) -> None:
    serve(builders.catalogue(therapies=[builders.therapy("a", parents=["b"]), builders.therapy("b", parents=["a"])]))
    page = get(client, "/families/")
    assert re.findall(r'<li><a href="/therapies/([\w-]+)/">', page) in (["a", "b"], ["b", "a"])


def test_it_asks_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    with most_queries(5):
        client.get("/families/")
