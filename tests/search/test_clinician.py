"""The clinicians' screen: a code or short form in, options by ages out."""

from typing import Any

import pytest
from django.test import Client

from tests.conftest import Site
from therapies.domain.standing import Label
from therapies.search.clinician import look_up


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("F41.1", "generalized-anxiety"),
        ("GAD", "generalized-anxiety"),
        ("PTSD", "ptsd"),
        ("bulimia", "bulimia-nervosa"),
    ],
)
def test_a_code_a_short_form_and_a_name_lead_to_the_condition(site: Site, query: str, slug: str) -> None:
    condition = look_up(query).condition
    assert condition
    assert condition.slug == slug


def test_options_stand_in_standing_order_for_each_age(site: Site) -> None:
    groups = look_up("depression").groups
    assert [group.name for group in groups] == ["Adults", "Teenagers", "Children"]
    for group in groups:
        ranks = [option.rated.standing.rank for option in group.options if option.rated.standing]
        programs = [option.rated.therapy.is_program for option in group.options]
        assert ranks == sorted(ranks) or any(programs)


def test_what_is_advised_against_never_stands_among_the_options(site: Site) -> None:
    for group in look_up("PTSD").groups:
        labels = {option.rated.standing.label for option in group.options if option.rated.standing}
        assert Label.AGAINST not in labels


def test_a_family_of_codes_offers_the_others(site: Site) -> None:
    assert {card.slug for card in look_up("F41").others} >= {"generalized-anxiety", "panic-attacks-and-panic-disorder"}


def test_the_page_has_a_code_to_the_plain_words_and_is_private(site: Site, client: Client) -> None:
    response = client.get("/quick/", {"q": "F41.1"})
    page = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert 'src="data:image/svg+xml' in page
    assert "/conditions/generalized-anxiety/handout/" in page
    assert "style=" not in page.split("<main")[1].split("</main>")[0].replace("data:", "")


def test_nothing_found_says_so(site: Site, client: Client) -> None:
    assert "We found no concern for “zzzz”" in client.get("/quick/", {"q": "zzzz"}).content.decode()
    assert client.get("/quick/").status_code == 200


def test_the_screen_asks_a_bounded_number_of_queries(site: Site, client: Client, most_queries: Any) -> None:
    client.get("/quick/", {"q": "PTSD"})
    with most_queries(34):
        client.get("/quick/", {"q": "PTSD"})


@pytest.mark.parametrize("name", ["for", "condition"])
def test_the_concern_can_stand_in_the_address_as_on_every_other_page(site: Site, client: Client, name: str) -> None:
    assert "Depression: options at a glance" in client.get("/quick/", {name: "depression"}).content.decode()
    assert "We did not understand “depresion”" in client.get("/quick/", {name: "depresion"}).content.decode()
