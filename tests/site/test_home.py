"""The first page: three doors, what is often looked for, and one example in marks."""

from typing import Any

from django.test import Client

from tests.builders import catalogue
from tests.pages import get, links, text
from therapies.site import home


def test_each_door_leads_on(site: Any, client: Client) -> None:
    page = get(client, "/")
    assert 'action="/search/"' in page
    for address in ("/offered/", "/quick/", "/learn/for-carers/", "/learn/for-teenagers/", "/guide/"):
        assert address in links(page)


def test_what_is_often_looked_for_is_in_plain_words_with_a_drawing(site: Any, client: Client) -> None:
    page = get(client, "/")
    for slug, drawing in home.OFTEN_LOOKED_FOR.items():
        assert f'href="/conditions/{slug}/"><svg class="i"' in page
        assert f'<use href="#{drawing}"/>' in page
    assert "Constant worry" in text(page)


def test_the_example_says_what_its_marks_show(site: Any, client: Client) -> None:
    verdict = home.example()
    assert verdict
    assert verdict.standing
    assert verdict.standing.sentence in text(get(client, "/"))


def test_without_the_example_the_page_stands(serve: Any, client: Client) -> None:
    serve(catalogue())
    assert "For example" not in text(get(client, "/"))


def test_it_asks_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    client.get("/")
    with most_queries(6):
        client.get("/?x=1")
