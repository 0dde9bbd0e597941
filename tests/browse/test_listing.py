"""/therapies/ as a reader meets it: the list, what narrows it, and what it says of what it does not understand."""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.browse.facets import FACETS
from therapies.browse.index import index as facet_index
from therapies.browse.listing import PER_PAGE
from therapies.browse.panel import SHOWN_AT_ONCE
from therapies.serving import catalogue
from therapies.serving.concerns import OFTEN_LOOKED_FOR

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
        "?condition=ptsd&condition=depression&all=1&standing=recommended&more=condition&more=technique",
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


def test_pages_hold_so_many_therapies_and_together_the_whole_list_once(site: Site, client: Client) -> None:
    first = listing(client, "?page=1")
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
    assert '/therapies/?page=1" rel="prev"' in listing(client, "?page=2"), "without a page it would be the kinds"


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


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"sessions_min": 8, "homework": "no"}, "8 meetings · no tasks"),
        ({"homework": "yes"}, "Tasks most weeks"),
    ],
)
def test_a_card_says_in_short_what_is_known(
    serve: Callable[..., Site], client: Client, facts: dict[str, Any], words: str
) -> None:
    serve(builders.catalogue(therapies=[builders.therapy(**facts)]))
    page = listing(client, "?page=1")
    assert f'<p class="in-short">{words}</p>' in page
    assert "Not known" not in text(page)


# ── What the page opens on ──


def test_it_opens_on_kinds_of_which_guidelines_recommend_most(site: Site, client: Client) -> None:
    page = listing(client, "")
    kinds = re.findall(
        r'<li data-family="([a-z-]+)">.*?(\d+) therap(?:y|ies)(?:,\s+(\d+) recommended)?</b>', page, re.S
    )
    assert len(kinds) >= 12
    assert sum(int(count) for _, count, _ in kinds) == total(page)
    recommended = [int(count or 0) for *_, count in kinds]
    assert recommended == sorted(recommended, reverse=True)
    assert LINK.findall(page) == []
    for slug, count, _ in kinds:
        assert f"/therapies/?family={slug}" in links(page)
        assert total(listing(client, f"?family={slug}")) == int(count)


def test_it_says_what_of_the_catalogue_is_not_in_the_list(site: Site, client: Client) -> None:
    shown = total(listing(client, ""))
    programs = total(listing(client, "?programs=1")) - shown
    every = catalogue.therapies().count()
    for query in ("", "?sort=name"):
        words = text(listing(client, query))
        assert f"The other {every - shown} of {every} entries are {programs} specific programs" in words
        assert f"{every - shown - programs} practices that are warned against" in words
    assert "entries are" not in text(listing(client, "?condition=ptsd") + listing(client, "?programs=1"))


@pytest.mark.parametrize("query", ["?page=1", "?page=2", "?sort=name", "?sort=standing", "?programs=1", "?age=adult"])
def test_whoever_asks_for_a_list_gets_one(site: Site, client: Client, query: str) -> None:
    assert LINK.findall(listing(client, query))


def test_without_a_choice_of_order_no_list_is_in_that_of_the_alphabet(site: Site, client: Client) -> None:
    for query in ("?page=1", "?family=cognitive-behavioral", "?condition=ptsd"):
        assert LINK.findall(listing(client, query)) == LINK.findall(listing(client, f"{query}&sort=standing"))


def test_what_is_ticked_goes_on_from_the_kinds(site: Site, client: Client) -> None:
    page = listing(client, "?t=cbt")
    assert "/therapies/?family=behavioral&t=cognitive-behavioral-therapy" in links(page)
    assert 'type="hidden" name="t" value="cognitive-behavioral-therapy"' in page


# ── Several concerns ──

BOTH = "?condition=ptsd&condition=depression"


def test_several_concerns_mean_any_and_can_mean_all(site: Site, client: Client) -> None:
    ptsd, depression = ({*every_link(client, f"?condition={slug}")} for slug in ("ptsd", "depression"))
    assert {*every_link(client, BOTH)} == ptsd | depression
    assert {*every_link(client, f"{BOTH}&all=1")} == ptsd & depression
    for query in (BOTH, f"{BOTH}&all=1"):
        words = text(listing(client, query))
        assert f"Any of these: {len(ptsd | depression)} All of these: {len(ptsd & depression)}" in words
    assert f"/therapies/{BOTH}&all=1" in links(listing(client, BOTH))
    assert f"/therapies/{BOTH}" in links(listing(client, f"{BOTH}&all=1"))


def test_the_choice_of_all_stays_and_goes_with_the_last_but_one_concern(site: Site, client: Client) -> None:
    page = listing(client, f"{BOTH}&all=1&participants=group")
    assert f"/therapies/{BOTH}&all=1" in links(page), "another choice is taken away"
    assert '<input type="hidden" name="all" value="1">' in page
    one = listing(client, "?condition=ptsd&all=1")
    assert "All of these" not in one
    assert "all=1" not in " ".join(links(one))
    assert "for lasting stress after trauma and depression" in text(page)
    assert "for lasting stress after trauma or depression" in text(listing(client, BOTH))


def test_all_of_several_are_in_the_order_of_the_one_that_less_is_said_for(serve: Callable[..., Site]) -> None:
    said = [("a", "worry", "option"), ("a", "sadness", "recommended"), ("b", "worry", "recommended")]
    said += [("b", "sadness", "recommended"), ("c", "worry", "option"), ("c", "sadness", "option")]
    serve(
        builders.catalogue(
            conditions=[builders.condition("worry"), builders.condition("sadness")],
            therapies=[builders.therapy(slug) for slug in "abc"],
            recommendations=[
                builders.recommendation(f"{therapy}-{condition}", therapy=therapy, condition=condition, stance=stance)
                for therapy, condition, stance in said
            ],
        )
    )
    index, both = facet_index(), {"condition": ["worry", "sadness"]}
    slugs = dict(catalogue.therapies().values_list("pk", "slug"))
    assert [slugs[pk] for pk in index.page(both, sort="standing", every=True)] == ["b", "a", "c"]
    assert [slugs[pk] for pk in index.page(both, sort="standing")] == ["a", "b", "c"]


def every_link(client: Client, query: str) -> list[str]:
    pages = -(-total(listing(client, query)) // PER_PAGE)
    return [slug for number in range(1, pages + 1) for slug in LINK.findall(listing(client, f"{query}&page={number}"))]


# ── The facets ──


def options(page: str, facet: str) -> list[tuple[str, str, int]]:
    """The options of a facet as slug, name and count."""
    found = re.findall(rf'name="{facet}" value="([^"]+)"\s+data-count="(\d+)"(?: checked)?>([^<]+)', page)
    return [(slug, text(name).strip(), int(count)) for slug, count, name in found]


def test_concerns_have_everyday_names_in_their_order_the_often_sought_first(site: Site, client: Client) -> None:
    first = options(listing(client, ""), "condition")
    assert {slug for slug, *_ in first} == {*OFTEN_LOOKED_FOR}
    every = options(listing(client, "?more=condition"), "condition")
    assert len(every) > 100
    for shown in (first, every):
        names = [name for _, name, _ in shown]
        assert names == sorted(names, key=str.casefold)
    assert "Constant worry" in {name for _, name, _ in first}


def test_options_without_a_therapy_are_left_out_and_chosen_ones_stay(site: Site, client: Client) -> None:
    page = listing(client, "?condition=ptsd&condition=hoarding&standing=harm-found&more=condition&more=technique")
    for facet in FACETS:
        for slug, _, count in options(page, facet):
            assert count or (facet, slug) in ticked(page)
    assert {("condition", "ptsd"), ("standing", "harm-found")} <= ticked(page)


def test_the_other_options_of_a_facet_come_when_asked_for(site: Site, client: Client) -> None:
    page = listing(client, "?condition=ptsd")
    few = options(page, "technique")
    assert len(few) == SHOWN_AT_ONCE
    left = int(re.findall(r'name="more" value="technique"\s[^>]+> summary">(\d+) more', page)[0])
    unfolded = listing(client, "?condition=ptsd&more=technique")
    assert len(options(unfolded, "technique")) == len(few) + left
    assert '<input type="hidden" name="more" value="technique">' in unfolded
    assert "“wings” is no part of the filters." in warning(listing(client, "?condition=ptsd&more=wings", 400))


def test_every_name_that_the_box_offers_is_understood(site: Site, client: Client) -> None:
    names = re.findall(r'<option value="([^"]+)">', listing(client, ""))
    known = {html.unescape(name) for name in names}
    assert {concern.everyday_name for concern in catalogue.conditions()} == known
    for name in sorted(known):
        assert len(ticked(listing(client, f"?{urlencode({'condition': name})}"))) == 1


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
        ("all=both", "We did not understand “all=both”. Write all=1, or leave it out."),
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
