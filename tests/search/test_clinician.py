"""The clinicians' screen: a code or short form in, options by ages out."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, text
from therapies.domain.severity import Severity
from therapies.domain.standing import AGAINST_STANCES, Label
from therapies.models import Source
from therapies.models.therapy import Status
from therapies.search.clinician import BESIDE, FIRST, MOST_OPTIONS, Quick, look_up


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
    assert [group.name for group in groups] == ["Adults", "Older adults", "Teenagers", "Children"]
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


# ── How severe ──


BY_SEVERITY = (
    builders.recommendation("mild", line="first", severity="less severe"),
    builders.recommendation("severe", therapy="short-course", line="first", severity="severe"),
    builders.recommendation("any", therapy="third", stance="option", line="option"),
)


def screen_of(serve: Callable[..., Site], query: str, *rows: builders.Row, **more: Any) -> Quick:
    therapies = [builders.therapy(slug) for slug in {row["therapy"] for row in rows}]
    serve(builders.catalogue(therapies=therapies, recommendations=list(rows), **more))
    return look_up(query)


@pytest.mark.parametrize(
    ("query", "options", "others"),
    [
        ("worry", {"worry-therapy", "short-course", "third"}, set()),
        ("mild worry", {"worry-therapy", "third"}, {"short-course"}),
        ("severe worry", {"short-course", "third"}, {"worry-therapy"}),
        ("worry, moderate to severe", {"short-course", "third"}, {"worry-therapy"}),
        ("moderate worry", {"third"}, {"worry-therapy", "short-course"}),
    ],
)
def test_what_is_said_of_another_severity_stands_apart(
    serve: Callable[..., Site], query: str, options: set[str], others: set[str]
) -> None:
    (group,) = screen_of(serve, query, *BY_SEVERITY).groups
    assert {option.rated.therapy.slug for option in group.options} == options
    assert {other.therapy.slug for other in group.other_severity} == others


def test_the_severity_that_was_understood_is_shown(serve: Callable[..., Site]) -> None:
    screen_of(serve, "worry", *BY_SEVERITY)
    words = text(get(Client(), "/quick/?q=severe+worry"))
    assert "How severe, as we understood it: severe." in words
    assert "Of another severity alone, adults: 1 Worry therapy: less severe, National Body 2020 recommended" in words
    assert "How severe" not in text(get(Client(), "/quick/?q=worry"))


def test_a_severity_that_is_part_of_a_name_is_none(site: Site) -> None:
    assert look_up("mild cognitive impairment").severity is None
    assert look_up("mild depression").severity == Severity("mild")


def test_guided_self_help_is_no_first_choice_in_severe_depression(site: Site) -> None:
    def first_of(query: str) -> set[str]:
        adults = look_up(query).groups[0]
        return {option.rated.therapy.slug for part in adults.parts if part.title == FIRST for option in part.options}

    assert "guided-self-help" in first_of("mild depression")
    assert "guided-self-help" not in first_of("severe depression")


def test_a_document_names_every_severity_of_which_it_says_the_same(serve: Callable[..., Site]) -> None:
    rows = [builders.recommendation(level, line="first", severity=level) for level in ("severe", "mild", "moderate")]
    rows += [builders.recommendation("other", stance="second-choice", line="after-first", severity="subthreshold")]
    words = text(of_worry(serve, *rows))
    assert "Recommended: National Body 2020: mild, moderate, severe" in words
    assert "Second choice: National Body 2020: subthreshold" in words


# ── First choices, and ages that nothing here is about ──


def test_options_that_a_guideline_puts_first_are_its_first_choices(serve: Callable[..., Site]) -> None:
    rows = [
        builders.recommendation(stance="option", line="first"),
        builders.recommendation("row-2", therapy="short-course", line="adjunct"),
    ]
    (group,) = screen_of(serve, "worry", *rows).groups
    assert [part.title for part in group.parts] == [FIRST, BESIDE]
    assert group.parts[0].note == "These are options: no guideline here recommends one outright."
    assert group.parts[1].note == ""


def test_of_whom_a_document_speaks_is_told(serve: Callable[..., Site]) -> None:
    words = text(of_worry(serve, builders.recommendation(population_note="women after an assault; adults")))
    assert "National Body 2020 women after an assault" in words


def test_what_is_said_of_older_adults_alone_has_a_group(serve: Callable[..., Site]) -> None:
    rows = [
        builders.recommendation(ages=["adult", "older"]),
        builders.recommendation("old", therapy="short-course", ages=["older"]),
    ]
    adults, older = screen_of(serve, "worry", *rows).groups
    assert [option.rated.therapy.slug for option in adults.options] == ["worry-therapy"]
    assert [option.rated.therapy.slug for option in older.options] == ["short-course"]


NEIGHBOR = builders.condition("fear", name="Fear")


def test_an_age_that_nothing_here_is_for_leads_to_related_concerns(serve: Callable[..., Site]) -> None:
    rows = [
        builders.recommendation(ages=["child"], stance="insufficient", line="none"),
        builders.recommendation("near", therapy="short-course", condition="fear", ages=["adult", "child"]),
    ]
    worry = builders.condition(related=["fear"])
    screen = screen_of(serve, "worry", *rows, conditions=[worry, NEIGHBOR])
    assert [(other.age, [near.slug for near in other.neighbors]) for other in screen.elsewhere] == [("adult", ["fear"])]
    assert [(group.age, [near.slug for near in group.neighbors]) for group in screen.groups] == [("child", ["fear"])]
    expected = "Nothing on file here speaks of adults. Related concerns that guidelines speak of at this age: Fear."
    assert expected in text(get(Client(), "/quick/?q=worry"))


def test_an_age_that_does_not_have_the_condition_has_no_section(site: Site) -> None:
    screen = look_up("antisocial personality disorder")
    assert [group.age for group in screen.groups] == ["adult"]


def test_what_is_left_out_is_counted_once_on_a_screen(serve: Callable[..., Site]) -> None:
    slugs = [f"therapy-{number}" for number in range(MOST_OPTIONS["adult"] + 2)]
    rows = [builders.recommendation(slug, therapy=slug) for slug in slugs]
    serve(builders.catalogue(therapies=[builders.therapy(slug) for slug in slugs], recommendations=rows))
    page = get(Client(), "/quick/?q=worry")
    assert text(page).count("more on the full page") == 1
    assert 'data-more="(11 more on the full page)"' in page
