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
from therapies.domain.standing import Label
from therapies.domain.statements import AGAINST_STANCES
from therapies.models import Source
from therapies.models.therapy import Status
from therapies.quick.card import MOST_ROWS, Card
from therapies.quick.screen import Case, look_up
from therapies.quick.table import BESIDE, FIRST, Part

AGES = ("adult", "older adult", "teenager", "child")


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


def card_of(query: str) -> Card:
    card = look_up(query).card
    assert card
    return card


def every_part(card: Card) -> list[Part]:
    """Those of the table, and those that are folded."""
    return [*card.parts, *(part for fold in card.folds for part in fold.parts)]


def labels(card: Card) -> set[Label]:
    cells = [cell for part in every_part(card) for row in part.rows for cell in row.cells if cell and cell.rated]
    return {cell.rated.standing.label for cell in cells if cell.rated and cell.rated.standing}


def slugs(parts: list[Part]) -> set[str]:
    return {row.therapy.slug for part in parts for row in part.rows if row.therapy}


def test_what_else_a_line_could_mean_is_of_the_age_that_was_asked_for(site: Site) -> None:
    assert "perinatal-anxiety" not in [other.slug for other in look_up("8 year old anxiety").others]


def test_options_stand_in_standing_order_for_each_age(site: Site) -> None:
    assert [age.name for age in look_up("depression").ages] == ["Adults", "Older", "Teenagers", "Children"]
    for age in AGES:
        card = card_of(f"depression, {age}")
        assert card.rows
        for part in every_part(card):
            orders = [cell.rated.order for row in part.rows for cell in row.cells if cell and cell.rated]
            assert orders == sorted(orders)


def test_what_is_advised_against_never_stands_among_the_options(site: Site) -> None:
    for query in ("PTSD", "depression", "PTSD + depression", "anorexia + autism"):
        for age in AGES:
            assert not labels(card_of(f"{query}, {age}")) & {Label.AGAINST, Label.HARM}


def test_a_family_of_codes_offers_the_others(site: Site) -> None:
    case = look_up("F41")
    found = {card.slug for card in case.others} | {condition.slug for condition in case.conditions}
    assert found >= {"generalized-anxiety", "panic-attacks-and-panic-disorder"}


def test_the_page_has_a_code_to_the_plain_words_and_is_private(site: Site, client: Client) -> None:
    response = client.get("/quick/", {"q": "F41.1"})
    page = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert 'src="data:image/svg+xml' in page
    assert "/conditions/generalized-anxiety/handout/?age=adult" in page
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


def test_a_warning_about_what_has_no_entry_is_in_the_table_of_its_age(serve: Callable[..., Site]) -> None:
    rows = [statement(stance="do-not", basis="recalled"), statement("other", stance="not-usually", ages=["child"])]
    adults = text(of_worry(serve, builders.recommendation(ages=["adult", "child"]), condition_statements=rows))
    warned = adults.partition("Advised against, or harm found")[2]
    assert "Brief therapy Advised against: National Body 2020 (to be checked)" in warned
    children = text(get(Client(), "/quick/?q=worry,+child")).partition("Advised against, or harm found")[2]
    assert "Brief therapy Not usually offered: National Body 2020" in children


def test_advice_for_what_has_no_entry_is_told_briefly(serve: Callable[..., Site]) -> None:
    words = text(of_worry(serve, builders.recommendation(), condition_statements=[statement()]))
    assert words.index("Worry therapy") < words.index("Also advised, without a page here, adults: Brief therapy: Nat")


def test_an_age_that_only_a_warning_or_an_old_document_speaks_of_says_that_nothing_is_rated(
    serve: Callable[..., Site],
) -> None:
    old = builders.source("old-2001", status="superseded")
    rows = [builders.recommendation(ages=["child"]), builders.recommendation("row-2", source="old-2001")]
    words = text(of_worry(serve, *rows, sources=[builders.source(), old]))
    assert "No guideline on file for adults." in words
    assert "For children under 12 instead: nothing here is for adults" in words
    assert "eenagers" not in words.partition("Case card for clinicians")[2]


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
        against = page.partition("Advised against, or harm found")[2]
        assert {subject for subject in subjects if subject not in against} == set(), slug


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
        assert "For another purpose than treatment" in words
        assert "To prevent a relapse: An option 1 guideline lists it" in words
    assert "No label" not in page


# ── How severe ──


BY_SEVERITY = (
    builders.recommendation("mild", line="first", severity="less severe"),
    builders.recommendation("severe", therapy="short-course", line="first", severity="severe"),
    builders.recommendation("any", therapy="third", stance="option", line="option"),
)


def screen_of(serve: Callable[..., Site], query: str, *rows: builders.Row, **more: Any) -> Case:
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
    card = screen_of(serve, query, *BY_SEVERITY).card
    assert card
    assert slugs(every_part(card)) == options
    assert {other.therapy.slug for other in card.other_severity} == others


def test_the_severity_that_was_understood_is_shown(serve: Callable[..., Site]) -> None:
    screen_of(serve, "worry", *BY_SEVERITY)
    words = text(get(Client(), "/quick/?q=severe+worry"))
    assert "How severe, as we understood it: severe." in words
    assert "Of another severity alone: 1 Worry therapy: less severe, National Body 2020 recommended" in words
    assert "How severe" not in text(get(Client(), "/quick/?q=worry"))


def test_a_severity_that_is_part_of_a_name_is_none(site: Site) -> None:
    assert look_up("mild cognitive impairment").severity is None
    assert look_up("mild depression").severity == Severity("mild")


def test_guided_self_help_is_no_first_choice_in_severe_depression(site: Site) -> None:
    def first_of(query: str) -> set[str]:
        return slugs([part for part in every_part(card_of(query)) if part.title == FIRST])

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
    card = screen_of(serve, "worry", *rows).card
    assert card
    assert [part.title for part in card.parts] == [FIRST, BESIDE]
    assert card.parts[0].note == "These are options: no guideline here recommends one outright."
    assert card.parts[1].note == ""


def test_of_whom_a_document_speaks_is_told(serve: Callable[..., Site]) -> None:
    words = text(of_worry(serve, builders.recommendation(population_note="women after an assault; adults")))
    assert "National Body 2020 (women after an assault)" in words


def test_older_adults_hear_what_is_said_of_adults_and_of_them_alone(serve: Callable[..., Site]) -> None:
    rows = [
        builders.recommendation(ages=["adult", "older"]),
        builders.recommendation("old", therapy="short-course", ages=["older"]),
    ]
    assert slugs(every_part(card_of_rows(serve, "worry", *rows))) == {"worry-therapy"}
    assert slugs(every_part(card_of("worry, 70 year old"))) == {"worry-therapy", "short-course"}
    page = text(get(Client(), "/quick/?q=worry,+70+year+old"))
    assert page.count("older adults in particular") == 1


def card_of_rows(serve: Callable[..., Site], query: str, *rows: builders.Row) -> Card:
    card = screen_of(serve, query, *rows).card
    assert card
    return card


NEIGHBOR = builders.condition("fear", name="Fear")


def test_an_age_that_nothing_here_is_for_leads_to_related_concerns(serve: Callable[..., Site]) -> None:
    rows = [
        builders.recommendation(ages=["child"], stance="insufficient", line="none"),
        builders.recommendation("near", therapy="short-course", condition="fear", ages=["adult", "child"]),
    ]
    worry = builders.condition(related=["fear"])
    case = screen_of(serve, "worry", *rows, conditions=[worry, NEIGHBOR])
    assert case.card
    assert case.card.age == "child"
    assert [[near.slug for near in other.neighbors] for other in case.elsewhere] == [["fear"]]
    assert [[near.slug for near in silent.neighbors] for silent in case.card.silent] == [["fear"]]
    words = text(get(Client(), "/quick/?q=worry"))
    near = "Related concerns that guidelines speak of at this age: Fear."
    assert f"Nothing on file here speaks of adults. {near}" in words
    assert f"No guideline on file for children under 12. {near}" in words


def test_an_age_that_does_not_have_the_condition_is_not_offered(site: Site) -> None:
    assert [age.name for age in look_up("antisocial personality disorder").ages] == ["Adults"]
    assert [age.name for age in look_up("postpartum").ages] == ["Adults"]


def test_what_is_left_out_is_counted_once_on_a_screen_and_once_on_paper(serve: Callable[..., Site]) -> None:
    slugs = [f"therapy-{number}" for number in range(MOST_ROWS + 2)]
    rows = [builders.recommendation(slug, therapy=slug) for slug in slugs]
    serve(builders.catalogue(therapies=[builders.therapy(slug) for slug in slugs], recommendations=rows))
    page = get(Client(), "/quick/?q=worry")
    assert text(page).count("2 more options") == 1
    assert 'data-more=" (2 more on the full page)"' in page
