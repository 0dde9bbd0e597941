"""/therapies/ as a reader meets it: the list, what narrows it, and what it says of what it does not understand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.browse.listing import PER_PAGE

MOST_QUERIES = 14
MOST_QUERIES_WITH_MISTAKES = 30  # names are looked up, and the nearest ones for the first three
LINK = re.compile(r'<h3><a href="/therapies/([a-z0-9-]+)/">')


def listing(client: Client, query: str, status: int = 200) -> str:
    return get(client, f"/therapies/{query}", status)


def total(page: str) -> int:
    return int(re.findall(r'data-total="(\d+)"', page)[0])


def warning(page: str) -> str:
    return text(" ".join(re.findall(r'role="alert">(.*?)</div>', page)))


def ticked(page: str) -> set[tuple[str, str]]:
    return set(re.findall(r'name="([a-z]+)" value="([^"]+)" data-count="\d+" checked', page))


# ── The list ──


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?condition=ptsd",
        "?condition=ptsd&condition=depression&age=adult&standing=recommended&sort=standing&page=1",
        "?participants=group&delivery=in-person&technique=graded-exposure&family=creative-expressive&sort=sessions",
        "?condition=generalized-anxiety&t=cbt&t=act&programs=1&page=2",
    ],
)
def test_any_list_takes_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], query: str
) -> None:
    client.get("/therapies/?sort=name")  # makes what is made once a release
    with most_queries(MOST_QUERIES):
        client.get(f"/therapies/{query}")


def test_a_hundred_mistakes_take_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any]
) -> None:
    client.get("/therapies/?sort=name")
    facets = ("condition", "technique", "family", "participants", "delivery", "age")
    query = "&".join(f"{facet}=nonsense-{number}" for facet in facets for number in range(20))
    with most_queries(MOST_QUERIES_WITH_MISTAKES):
        assert client.get(f"/therapies/?condition=ptsd&{query}").status_code == 400


def test_choices_beside_many_mistakes_are_still_honoured(site: Site, client: Client) -> None:
    many = "&".join(f"condition=nonsense-{number}" for number in range(80))
    page = listing(client, f"?{many}&condition=ptsd&condition=gad", 400)
    assert ticked(page) == {("condition", "ptsd")}
    assert "“gad”" in warning(page), "what was not looked up is named"


def test_choices_are_ticked_and_have_a_chip_that_takes_them_away(site: Site, client: Client) -> None:
    page = listing(client, "?condition=ptsd&participants=group&sort=name")
    assert ticked(page) == {("condition", "ptsd"), ("participants", "group")}
    assert {"/therapies/?participants=group&sort=name", "/therapies/?condition=ptsd&sort=name"} <= {*links(page)}
    assert '<a class="clear" href="/therapies/">' in page


def test_pages_hold_24_therapies_and_together_the_whole_list_once(site: Site, client: Client) -> None:
    first = listing(client, "")
    slugs: list[str] = []
    for number in range(1, -(-total(first) // PER_PAGE) + 1):
        found = LINK.findall(listing(client, f"?page={number}"))
        assert len(found) == PER_PAGE or number * PER_PAGE > total(first)
        slugs += found
    assert len(slugs) == len(set(slugs)) == total(first)


def test_pages_link_to_their_neighbors_with_the_same_choices(site: Site, client: Client) -> None:
    page = listing(client, "?condition=depression&page=2")
    assert '/therapies/?condition=depression" rel="prev"' in page
    assert '/therapies/?condition=depression&amp;page=3" rel="next"' in page


def test_an_alias_in_a_facet_is_understood(site: Site, client: Client) -> None:
    assert ticked(listing(client, "?condition=GAD")) == {("condition", "generalized-anxiety")}
    assert total(listing(client, "?condition=gad")) == total(listing(client, "?condition=generalized-anxiety"))


def test_ticked_therapies_stay_while_the_list_is_filtered(site: Site, client: Client) -> None:
    page = listing(client, "?condition=insomnia&t=cbt&t=act")
    assert "/therapies/?condition=insomnia&t=acceptance-and-commitment-therapy" in links(page)
    for slug in ("cognitive-behavioral-therapy", "acceptance-and-commitment-therapy"):
        assert re.search(rf'name="t" value="{slug}"( checked)?>', page)


def test_specific_programs_show_only_when_asked_for(site: Site, client: Client) -> None:
    assert total(listing(client, "?programs=1")) > total(listing(client, ""))


def test_discouraged_practices_are_in_no_list(site: Site, client: Client) -> None:
    discouraged = {row["slug"] for row in site.content["therapies"] if row["status"] == "discouraged"}
    pages = -(-total(listing(client, "?programs=1")) // PER_PAGE)
    listed = {slug for n in range(pages) for slug in LINK.findall(listing(client, f"?programs=1&page={n + 1}"))}
    assert discouraged
    assert not discouraged & listed


def test_nothing_found_says_so_in_plain_words(site: Site, client: Client) -> None:
    page = listing(client, "?condition=ptsd&family=creative-expressive&technique=graded-exposure&length=long")
    assert total(page) == 0
    assert "No therapy in the catalogue has all of this together" in page


def test_a_name_with_markup_is_shown_as_text(serve: Callable[..., Site], client: Client) -> None:
    hostile = '<script>alert("x")</script>'
    serve(
        builders.catalogue(
            therapies=[builders.therapy(name=hostile, summary=hostile, commonly_used_for=["worry"])],
            conditions=[builders.condition("worry", name=hostile, plain_name=hostile)],
        )
    )
    for query in ("", "?condition=worry", "?condition=%3Cscript%3Ealert(1)%3C/script%3E", "?t=%3Cscript%3E"):
        assert b"<script>alert" not in client.get(f"/therapies/{query}").content


# ── What is not understood ──


def test_an_unknown_choice_is_named_and_the_rest_is_honoured(site: Site, client: Client) -> None:
    page = listing(client, "?condition=ptsd&condition=sadnes-xyz", 400)
    assert "“sadnes-xyz”" in warning(page)
    assert ticked(page) == {("condition", "ptsd")}
    assert total(page) == total(listing(client, "?condition=ptsd"))


@pytest.mark.parametrize("query", ["?condition=nonsense-xyz", "?standing=best", "?age=999&family=nobody", "?focus=%00"])
def test_where_nothing_is_understood_there_is_no_list_at_all(site: Site, client: Client, query: str) -> None:
    page = listing(client, query, 400)
    assert "We did not understand" in warning(page)
    assert "data-total" not in page
    assert not LINK.findall(page)


def test_a_near_miss_brings_a_suggestion(site: Site, client: Client) -> None:
    assert "Depression" in warning(listing(client, "?condition=depresion", 400))


def test_an_ambiguous_choice_lists_its_meanings(serve: Callable[..., Site], client: Client) -> None:
    distress, panic = (builders.condition(slug, abbreviations=["PD"]) for slug in ("personal-distress", "panic"))
    serve(builders.catalogue(conditions=[distress, panic], therapies=[builders.therapy(commonly_used_for=["panic"])]))
    words = warning(listing(client, "?condition=pd&age=adult", 400))
    assert "can mean more than one thing: Panic, Personal distress." in words


def test_a_fifth_therapy_to_compare_is_refused_by_name(site: Site, client: Client) -> None:
    page = listing(client, "?t=cbt&t=act&t=dbt&t=emdr&t=ipt", 400)
    assert "four at most" in warning(page)
    assert "Interpersonal" in warning(page)


def test_a_page_past_the_end_shows_the_last_and_says_so(site: Site, client: Client) -> None:
    page = listing(client, "?page=9999", 404)
    assert "There is no page 9999" in warning(page)
    assert 0 < len(LINK.findall(page)) <= PER_PAGE


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", "１２", "99999999999999999999", "%00", "²"])
def test_a_broken_page_number_shows_the_first_and_says_so(site: Site, client: Client, number: str) -> None:
    page = listing(client, f"?condition=ptsd&page={number}", 400)
    assert "is not a page number" in warning(page)
    assert LINK.findall(page) == LINK.findall(listing(client, "?condition=ptsd"))


def test_an_unknown_order_is_named(site: Site, client: Client) -> None:
    page = listing(client, "?condition=ptsd&sort=price", 400)
    assert "price" in warning(page)
    assert total(page) == total(listing(client, "?condition=ptsd"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("programs=true", "We did not understand “programs=true”. Write programs=1, or leave it out."),
        ("page=2&page=1", "“page” was given more than once. Only the first, “2”, was read."),
        ("sort=name&sort=sessions", "“sort” was given more than once. Only the first, “name”, was read."),
    ],
)
def test_a_switch_or_a_single_choice_that_is_misread_is_named(
    site: Site, client: Client, query: str, sentence: str
) -> None:
    page = listing(client, f"?condition=ptsd&{query}", 400)
    assert sentence in warning(page)
    assert total(page) == total(listing(client, "?condition=ptsd"))


@pytest.mark.parametrize("query", ["?", "?condition=", "?page=", "?programs=0", "?unknown=1", "?sort=&condition=&t="])
def test_empty_and_unrelated_parameters_are_no_mistake(site: Site, client: Client, query: str) -> None:
    assert total(listing(client, query)) == total(listing(client, ""))


MONSTERS = {
    "long": "?condition=" + "x" * 3000,
    "many": "?" + "&".join(f"t=a{number}" for number in range(300)),
    "brackets": "?condition[]=ptsd",
    "no text": "?%ff=%fe&condition=%ff",
}


@pytest.mark.parametrize("query", MONSTERS.values(), ids=MONSTERS)
def test_monstrous_addresses_get_an_answer(site: Site, client: Client, query: str) -> None:
    assert client.get(f"/therapies/{query}").status_code in {200, 400}
