"""/evidence/: the whole field as grids, what they can be narrowed to, and the statements behind a mark."""

import re
from typing import Any

from django.test import Client

from tests import builders
from tests.pages import get, links, text
from therapies.evidence.grid import MOST_ROWS, Narrowing, grids

PAIR = re.compile(r"/evidence/\?(?:.*&)?therapy=([a-z0-9-]+)&condition=([a-z0-9-]+)")


def marks(page: str) -> list[tuple[str, str]]:
    """(therapy, condition) of every mark in the grids."""
    return pairs("".join(re.findall(r"<td\s+data-standing=.*?</td>", page, re.DOTALL)))


def pairs(page: str) -> list[tuple[str, str]]:
    return [found.groups() for address in links(page) if (found := PAIR.fullmatch(address))]  # type: ignore[misc]


def test_a_mark_has_its_standing_as_shape_letter_and_words(serve: Any, client: Client) -> None:
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=[builders.recommendation()]))
    (mark,) = re.findall(r"<td data-standing=.*?</td>", get(client, "/evidence/"))
    assert 'href="#s-rec"' in mark
    assert '<span aria-hidden="true">R</span><span class="hidden">Recommended, 1 guideline recommends it</span>' in mark


def test_what_is_to_be_checked_says_so_and_can_be_left_out(serve: Any, client: Client) -> None:
    rows = [builders.recommendation(basis="recalled")]
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=rows))
    page = get(client, "/evidence/")
    assert '<td data-standing="recommended" data-unchecked>' in page
    assert "Recommended, 1 guideline recommends it, to be checked" in text(page)
    assert marks(get(client, "/evidence/?checked=1")) == []


def marks_of_every_group(client: Client) -> list[tuple[str, str]]:
    groups = [address for address in links(get(client, "/evidence/")) if address.startswith("/evidence/?group=")]
    return [mark for address in groups for mark in marks(get(client, address))]


def test_without_a_choice_the_page_leads_to_each_group(site: Any, client: Client) -> None:
    assert marks(get(client, "/evidence/")) == []
    assert "/evidence/?group=mood&view=list" in links(get(client, "/evidence/?view=list"))


def test_every_pair_with_a_standing_has_a_mark(site: Any, client: Client) -> None:
    found = marks_of_every_group(client)
    assert len(found) == len(set(found)) > 300
    assert ("cognitive-behavioral-therapy", "generalized-anxiety") in found


def test_where_the_bodies_disagree_is_marked_so(serve: Any, client: Client) -> None:
    against = builders.source("other-2021", body="Other Body")
    rows = [
        builders.recommendation(),
        builders.recommendation("row-2", source="other-2021", stance="do-not"),
    ]
    serve(builders.catalogue(therapies=[builders.therapy()], sources=[against], recommendations=rows))
    assert '<td data-standing="guidelines-differ">' in get(client, "/evidence/")


def test_it_can_be_narrowed_by_family_group_age_and_body(site: Any, client: Client) -> None:
    every = set(marks_of_every_group(client))
    for choice in ("family=creative-expressive", "group=mood", "age=child", "body=NICE"):
        some = set(marks(get(client, f"/evidence/?{choice}")))
        assert some
        assert some < every


def test_choices_of_one_kind_add_up_and_of_two_kinds_narrow(site: Any, client: Client) -> None:
    nice, mood = (set(marks(get(client, f"/evidence/?{choice}"))) for choice in ("body=NICE", "group=mood"))
    assert set(marks(get(client, "/evidence/?body=NICE&group=mood"))) == nice & mood
    assert set(marks(get(client, "/evidence/?body=NICE&body=RANZCP"))) >= nice


def test_a_choice_that_does_not_exist_is_named_and_the_rest_is_kept(site: Any, client: Client) -> None:
    page = get(client, "/evidence/?group=mood&body=Nobody", 400)
    assert "“Nobody” is none of the choices for Who says so." in text(page)
    assert marks(page) == marks(get(client, "/evidence/?group=mood"))


def test_the_same_can_be_read_as_lists_in_words(site: Any, client: Client) -> None:
    lists = get(client, "/evidence/?group=mood&view=list")
    assert set(pairs(lists)) == set(pairs(get(client, "/evidence/?group=mood")))
    assert "<table" not in lists


def test_behind_a_mark_are_the_statements_of_each_body(site: Any, client: Client) -> None:
    page = get(client, "/evidence/?therapy=cbt&condition=generalized-anxiety")
    assert "<h3>RANZCP</h3>" in page
    assert "recommended initial option" in text(page)


def test_a_pair_that_is_not_understood_is_not_found_and_is_named(site: Any, client: Client) -> None:
    assert "We did not understand “zzzz”" in text(get(client, "/evidence/?therapy=zzzz&condition=ptsd", 400))
    assert "Name one of the conditions too." in text(get(client, "/evidence/?therapy=cbt", 400))


def test_a_name_of_a_cell_that_can_mean_two_things_offers_both(site: Any, client: Client) -> None:
    page = get(client, "/evidence/?therapy=eft&condition=ocd", 400)
    assert "“eft” (Therapy) can mean more than one thing" in text(page)
    assert "/evidence/?therapy=emotion-focused-therapy&condition=ocd" in links(page)


def test_a_grid_that_is_too_long_says_how_many_therapies_it_leaves_out(serve: Any, client: Client) -> None:
    slugs = [f"therapy-{number}" for number in range(MOST_ROWS + 2)]
    rows = [builders.recommendation(f"row-{slug}", therapy=slug) for slug in slugs]
    serve(builders.catalogue(therapies=[builders.therapy(slug) for slug in slugs], recommendations=rows))
    (grid,) = grids(Narrowing())
    assert (len(grid.rows), grid.left_out) == (MOST_ROWS, 2)
    assert "2 more therapies are rated here" in text(get(client, "/evidence/"))


def test_it_asks_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    client.get("/evidence/?age=child")  # makes what is made once a release
    with most_queries(9):
        client.get("/evidence/?age=older")
    with most_queries(2):
        client.get("/evidence/?age=older&view=list")


def test_a_mark_leads_to_what_it_showed(serve: Any, client: Client) -> None:
    rows = [
        builders.recommendation("row-1", ages=["adult"], stance="do-not"),
        builders.recommendation("row-2", ages=["child"]),
    ]
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=rows))
    (address,) = [url for url in links(get(client, "/evidence/?age=child")) if "therapy=" in url]
    assert address == "/evidence/?age=child&therapy=worry-therapy&condition=worry"
    page = text(get(client, address))
    assert page.index("For children") < page.index("Recommended") < page.index("Guidelines differ")


def test_what_is_warned_against_altogether_has_no_mark_of_praise(serve: Any, client: Client) -> None:
    warned = builders.therapy(status="discouraged")
    finding = builders.recommendation(stance="finding", finding_level="strong")
    serve(builders.catalogue(therapies=[warned], recommendations=[finding]))
    assert marks(get(client, "/evidence/")) == []
    serve(builders.catalogue(therapies=[warned], recommendations=[finding | {"stance": "do-not"}]))
    assert marks(get(client, "/evidence/")) == [("worry-therapy", "worry")]


def test_a_practice_that_is_warned_against_shows_where_no_benefit_was_found(serve: Any, client: Client) -> None:
    warned = builders.therapy(status="discouraged")
    finding = builders.recommendation(stance="finding", finding_level="none")
    serve(builders.catalogue(therapies=[warned], recommendations=[finding]))
    page = get(client, "/evidence/")
    assert marks(page) == [("worry-therapy", "worry")]
    assert "Research: no benefit shown" in page
