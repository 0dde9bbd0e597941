"""The clinicians' screen: a code or short form in, options by ages out."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, text
from therapies.domain.standing import AGAINST_STANCES, Label
from therapies.models import Source
from therapies.models.therapy import Status
from therapies.search.clinician import MOST_OPTIONS, look_up


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
        for part in group.parts:
            orders = [option.rated.order for option in part.options]
            assert orders == sorted(orders)


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


def of_worry(serve: Callable[..., Site], *rows: builders.Row, **more: Any) -> str:
    """The screen of worry where these rows are on file for two therapies, a program among them."""
    therapies = [builders.therapy(), builders.therapy("short-course", status=Status.PROGRAM.value)]
    serve(builders.catalogue(therapies=therapies, recommendations=list(rows), **more))
    return get(Client(), "/quick/?q=worry")


def statement(slug: str = "said", **fields: Any) -> builders.Row:
    """What a body says of worry without naming a therapy of the catalogue."""
    dull = builders.recommendation(slug, about="any-therapy", subject="Brief therapy", **fields)
    return {name: value for name, value in dull.items() if name != "therapy"}


def test_a_warning_about_what_has_no_entry_stands_before_the_options_of_its_age(serve: Callable[..., Site]) -> None:
    rows = [statement(stance="do-not", basis="recalled"), statement("other", stance="not-usually", ages=["child"])]
    words = text(of_worry(serve, builders.recommendation(ages=["adult", "child"]), condition_statements=rows))
    adults, children = words.partition(" Children ")[::2]
    warning = "Brief therapy: National Body 2020 advised against (to be checked)"
    assert adults.index(warning) < adults.index("Worry therapy")
    assert "Brief therapy: National Body 2020 not usually offered" in children


def test_advice_for_what_has_no_entry_is_told_briefly(serve: Callable[..., Site]) -> None:
    words = text(of_worry(serve, builders.recommendation(), condition_statements=[statement()]))
    assert words.index("Worry therapy") < words.index("Also advised, without a page here, adults: Brief therapy: Nat")


def test_an_age_that_only_a_warning_or_an_old_document_speaks_of_says_that_nothing_is_rated(
    serve: Callable[..., Site],
) -> None:
    old = builders.source("old-2001", status="superseded")
    rows = [builders.recommendation(ages=["child"]), builders.recommendation("row-2", source="old-2001")]
    words = text(of_worry(serve, *rows, sources=[builders.source(), old]))
    assert "No document in force that is on file rates a therapy here for adults." in words
    assert "for teenagers" not in words


def test_every_warning_on_file_for_a_concern_is_on_the_screen(site: Site, client: Client) -> None:
    in_force = {row["slug"] for row in site.content["sources"] if row["status"] in Source.IN_FORCE}
    names = {row["slug"]: row["name"] for row in site.content["conditions"]}
    warned: defaultdict[str, set[str]] = defaultdict(set)
    for row in site.content["condition_statements"]:
        if row["stance"] in AGAINST_STANCES and row["source"] in in_force:
            warned[row["condition"]].add(row["subject"])
    assert warned
    for slug, subjects in warned.items():
        page = text(client.get("/quick/", {"for": names[slug]}).content.decode())
        assert {subject for subject in subjects if f"{subject}: " not in page} == set(), slug


def test_programs_stand_in_the_order_of_the_standings_and_say_what_they_are(serve: Callable[..., Site]) -> None:
    rows = [
        builders.recommendation(line="first", basis="recalled"),
        builders.recommendation("row-2", therapy="short-course", line="first"),
    ]
    page = text(of_worry(serve, *rows))
    assert page.index("Short course specific program") < page.index("Worry therapy")


def test_a_label_for_preventing_a_relapse_is_told_as_on_the_page_of_the_concern(serve: Callable[..., Site]) -> None:
    page = text(of_worry(serve, builders.recommendation(stance="option", purpose="relapse-prevention")))
    for words in (page, text(get(Client(), "/conditions/worry/"))):
        assert "Without a label for treatment" in words
        assert "To prevent a relapse: An option 1 guideline lists it" in words
    assert "No label" not in page


def test_what_is_left_out_is_counted_once_on_a_screen(serve: Callable[..., Site]) -> None:
    slugs = [f"therapy-{number}" for number in range(MOST_OPTIONS["adult"] + 2)]
    rows = [builders.recommendation(slug, therapy=slug) for slug in slugs]
    serve(builders.catalogue(therapies=[builders.therapy(slug) for slug in slugs], recommendations=rows))
    page = get(Client(), "/quick/?q=worry")
    assert text(page).count("more on the full page") == 1
    assert 'data-more="(11 more on the full page)"' in page
