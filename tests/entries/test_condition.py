"""The pages of conditions: plain names, therapies in standing order, who says so, for the ages asked for."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.evidence.warned import MOST_SHOWN
from therapies.models.therapy import Status

WORRY = "/conditions/worry/"
# Four of them once a release: what is in use, and pooled effects; one for who takes part in the therapies of the cards
MOST_QUERIES = 19


def rating(slug: str, therapy: str, **fields: Any) -> builders.Row:
    return builders.recommendation(slug, therapy=therapy, **fields)


@pytest.mark.parametrize("slug", ["depression", "ptsd", "acute-stress-after-a-traumatic-event"])
def test_a_page_costs_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], slug: str
) -> None:
    with most_queries(MOST_QUERIES):
        client.get(f"/conditions/{slug}/")


def test_the_list_names_every_condition_in_its_group_with_three_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any]
) -> None:
    with most_queries(4):
        page = get(client, "/conditions/")
    assert all(f'href="/conditions/{row["slug"]}/"' in page for row in site.content["conditions"])
    assert all(f'id="{row["slug"]}"' in page for row in site.content["condition_groups"])


def test_therapies_and_programs_are_in_order_of_standing_and_a_program_says_that_it_is_one(
    serve: Callable[..., Site], client: Client
) -> None:
    used = builders.therapy("used-therapy", commonly_used_for=["worry"])
    program = builders.therapy("short-course", status=Status.PROGRAM.value)
    others = [builders.therapy(slug) for slug in ("research-therapy", "optional-therapy", "best-therapy")]
    serve(
        builders.catalogue(
            therapies=[used, program, *others],
            recommendations=[
                rating("row-1", "best-therapy", line="first"),
                rating("row-2", "optional-therapy", stance="option"),
                rating("row-3", "research-therapy", stance="finding", finding_level="strong"),
                rating("row-4", "short-course"),
            ],
        )
    )
    page = get(client, WORRY)
    slugs = ("best-therapy", "short-course", "optional-therapy", "research-therapy", "used-therapy")
    places = [page.index(f'value="{slug}"') for slug in slugs]
    assert places == sorted(places)
    assert "Short course CBT family · specific program" in text(page)
    assert '<input type="hidden" name="for" value="worry">' in page


def test_what_was_read_comes_before_what_is_recalled_whatever_kind_of_entry_it_is(
    serve: Callable[..., Site], client: Client
) -> None:
    program = builders.therapy("short-course", status=Status.PROGRAM.value)
    rows = [rating("row-1", "long-therapy", basis="recalled"), rating("row-2", "short-course")]
    serve(builders.catalogue(therapies=[builders.therapy("long-therapy"), program], recommendations=rows))
    page = get(client, WORRY)
    assert page.index('value="short-course"') < page.index('value="long-therapy"')


def test_warnings_stand_before_the_options_with_who_says_so(serve: Callable[..., Site], client: Client) -> None:
    statement = {
        "slug": "brief",
        "condition": "worry",
        "source": "guideline-2020",
        "ages": ["child"],
        "stance": "not-usually",
        "about": "any-therapy",
        "subject": "Brief therapy",
        "fact": "It says not to use brief therapy.",
        "population_note": "people without a diagnosis",
    }
    serve(
        builders.catalogue(
            therapies=[builders.therapy("harsh-practice"), builders.therapy()],
            recommendations=[
                rating("row-1", "harsh-practice", stance="do-not", basis="recalled", purpose="prevention"),
                rating("row-2", "worry-therapy"),
            ],
            condition_statements=[statement],
        )
    )
    page = get(client, WORRY)
    assert page.index('href="/therapies/harsh-practice/"') < page.index('href="/therapies/worry-therapy/"')
    words = text(page)
    assert "Harsh practice for adults: National Body 2020 advised against (to be checked)" in words
    assert (
        "Brief therapy for children: National Body 2020 not usually offered, people without a diagnosis (to be checked)"
        in words
    )
    assert "Brief therapy: National Body 2020" in text(get(client, f"{WORRY}?age=child"))


def test_many_warnings_fold_beyond_a_few(serve: Callable[..., Site], client: Client) -> None:
    slugs = [f"practice-{number}" for number in range(MOST_SHOWN + 2)]
    rows = [rating(slug, slug, stance="do-not") for slug in slugs]
    serve(builders.catalogue(therapies=[builders.therapy(slug) for slug in slugs], recommendations=rows))
    block = get(client, WORRY).partition("Advised against, or harm found")[2].partition("</details>")[0]
    assert block.count("<li>") == len(slugs)
    assert "<summary>2 more</summary>" in block


def test_figures_of_no_single_therapy_have_a_heading_of_their_own(serve: Callable[..., Site], client: Client) -> None:
    dull = {
        "condition": "worry",
        "treated_per_100": 62,
        "comparison_per_100": 43,
        "measure": "got better",
        "comparison": "usual care",
        "source": "guideline-2020",
    }
    figures = [
        dull | {"slug": "a-pooled", "therapy": None},
        dull | {"slug": "b-own", "therapy": "worry-therapy"},
        dull | {"slug": "c-pooled", "therapy": None},
        dull | {"slug": "d-own", "therapy": "worry-therapy"},
    ]
    serve(builders.catalogue(therapies=[builders.therapy()], outcomes=figures))
    page = get(client, WORRY)
    own, pooled = page.partition("In numbers: of 100 people</h3>")[2].partition(
        "<h4>Talking therapies taken together</h4>"
    )[::2]
    assert own.count("62 of 100") == 2
    assert own.count("<h4>") == 1
    assert pooled.count("62 of 100") == 2


def test_what_is_advised_against_is_told_in_full_apart_at_the_end_and_cannot_be_ticked(
    serve: Callable[..., Site], client: Client
) -> None:
    warned = builders.therapy("harsh-practice", status=Status.DISCOURAGED.value)
    serve(
        builders.catalogue(
            therapies=[warned, builders.therapy()],
            recommendations=[rating("row-1", "harsh-practice", stance="do-not"), rating("row-2", "worry-therapy")],
        )
    )
    page = get(client, WORRY)
    assert page.index('id="advised-against"') < page.rindex('href="/therapies/harsh-practice/"')
    assert 'value="harsh-practice"' not in page


OLD = [builders.source(), builders.source("old-2001", year="2001", status="superseded")]


def test_a_label_that_rests_on_what_is_recalled_says_so(serve: Callable[..., Site], client: Client) -> None:
    rows = [
        rating("row-1", "worry-therapy", basis="recalled"),
        rating("row-2", "worry-therapy", source="old-2001"),
    ]
    serve(builders.catalogue(therapies=[builders.therapy()], sources=OLD, recommendations=rows))
    page = get(client, WORRY)
    assert "Recommended 1 guideline recommends it, to be checked against National Body" in text(page)
    assert "1 to be checked, 1 replaced or withdrawn" in page


def test_replaced_statements_decide_nothing(serve: Callable[..., Site], client: Client) -> None:
    rows = [rating("row-1", "worry-therapy", source="old-2001")]
    serve(builders.catalogue(therapies=[builders.therapy()], sources=OLD, recommendations=rows))
    page = get(client, WORRY)
    assert page.index("Without a label for treatment") < page.index('href="/therapies/worry-therapy/"')
    assert "1 replaced or withdrawn" in page


def test_only_ages_that_something_on_file_speaks_of_are_offered(serve: Callable[..., Site], client: Client) -> None:
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=[rating("row-1", "worry-therapy")]))
    choices = re.findall(r"\?age=(\w+)#therapies", get(client, WORRY))
    assert choices == ["adult"]
    assert re.findall(r"\?age=(\w+)#therapies", get(client, f"{WORRY}?age=child")) == ["child", "adult"]


def test_preventing_a_relapse_has_a_label_of_its_own(serve: Callable[..., Site], client: Client) -> None:
    rows = [
        rating("row-1", "worry-therapy", stance="option"),
        rating("row-2", "worry-therapy", purpose="relapse-prevention"),
    ]
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=rows))
    page = text(get(client, WORRY))
    assert "An option" in page
    assert "To prevent a relapse: Recommended 1 guideline recommends it" in page


def test_the_choice_of_ages_narrows_and_older_people_read_what_is_said_of_adults(
    serve: Callable[..., Site], client: Client
) -> None:
    serve(
        builders.catalogue(
            therapies=[builders.therapy(slug) for slug in ("adult-therapy", "older-therapy", "child-therapy")],
            recommendations=[
                rating("row-1", "adult-therapy"),
                rating("row-2", "older-therapy", ages=["older"]),
                rating("row-3", "child-therapy", ages=["child"]),
            ],
        )
    )
    older = get(client, f"{WORRY}?age=older")
    assert 'value="adult-therapy"' in older
    assert 'value="older-therapy"' in older
    assert 'value="child-therapy"' not in older
    child = get(client, f"{WORRY}?age=child")
    assert 'value="child-therapy"' in child
    assert 'value="adult-therapy"' not in child
    assert 'href="/conditions/worry/?age=child#therapies" aria-current="true"' in child


def test_an_age_that_does_not_exist_is_named_and_nothing_is_hidden(site: Site, client: Client) -> None:
    page = get(client, "/conditions/depression/?age=grown-up", 400)
    assert "We did not understand “grown-up” as an age." in page
    assert 'value="cognitive-behavioral-therapy"' in page


def test_a_parent_of_which_only_a_form_is_rated_folds_into_the_form(serve: Callable[..., Site], client: Client) -> None:
    parent = builders.therapy("parent-therapy", commonly_used_for=["worry"])
    form = builders.therapy("worry-course", parents=["parent-therapy"], is_form_of_parent=True)
    serve(builders.catalogue(therapies=[parent, form], recommendations=[rating("row-1", "worry-course")]))
    page = get(client, WORRY)
    assert 'value="parent-therapy"' not in page
    assert "Worry course CBT family · a form of Parent therapy" in text(page)


def test_a_form_is_named_beside_the_rating_of_its_parent(serve: Callable[..., Site], client: Client) -> None:
    form = builders.therapy("worry-course", parents=["parent-therapy"], is_form_of_parent=True)
    rows = [rating("row-1", "worry-course"), rating("row-2", "parent-therapy", stance="option")]
    serve(builders.catalogue(therapies=[builders.therapy("parent-therapy"), form], recommendations=rows))
    page = get(client, WORRY)
    assert "As Worry course: Recommended" in text(page)
    assert "/therapies/worry-course/#for-worry" in links(page)


def test_a_statement_is_never_shown_without_its_subject_and_fact(site: Site, client: Client) -> None:
    for row in site.content["condition_statements"]:
        assert row["subject"]
        assert row["fact"]
    page = get(client, "/conditions/acute-stress-after-a-traumatic-event/")
    assert "Early post-incident support (any). A 2023 review says" in text(page)


def test_codes_help_and_ways_on_are_there(site: Site, client: Client) -> None:
    page = get(client, "/conditions/generalized-anxiety/")
    assert "F41.1" in page
    assert "6B00" in page
    assert "D001008" in page
    assert 'id="get-help"' in page
    assert 'href="/help-now/"' in page
    assert 'href="/therapies/?condition=generalized-anxiety"' in page
    assert 'href="/quick/?q=F41.1"' in page


def test_a_clinicians_short_form_leads_to_the_page_and_keeps_the_age(site: Site, client: Client) -> None:
    response = client.get("/conditions/gad/?age=adult")
    assert (response.status_code, response["Location"]) == (301, "/conditions/generalized-anxiety/?age=adult")


def test_a_short_form_of_two_conditions_asks_which_one(site: Site, client: Client) -> None:
    page = get(client, "/conditions/sad/", 300)
    assert 'href="/conditions/seasonal-depression/"' in page
    assert 'href="/conditions/social-anxiety/"' in page


def test_concerns_are_listed_by_how_often_they_are_looked_for_and_then_by_the_name_shown(
    site: Site, client: Client
) -> None:
    page = get(client, "/conditions/")
    often, every = page.split('id="all-title"')
    assert often.index('href="/conditions/generalized-anxiety/"') < often.index('href="/conditions/depression/"')
    assert every.index('id="anxiety"') < every.index('id="dissociation"')
    assert all(every.count(f'href="/conditions/{row["slug"]}/"') == 1 for row in site.content["conditions"])


# ── Beside other treatment, and prevention ──


def test_what_is_recommended_beside_other_treatment_comes_after_every_option_and_says_so(
    serve: Callable[..., Site], client: Client
) -> None:
    serve(
        builders.catalogue(
            therapies=[builders.therapy("a-talk"), builders.therapy("main-therapy")],
            recommendations=[
                rating("row-1", "a-talk", line="adjunct"),
                rating("row-2", "main-therapy", stance="option", line="first"),
            ],
        )
    )
    page = get(client, WORRY)
    words = text(page)
    assert words.index("An option: 1") < words.index("Recommended beside other treatment: 1")
    cards = page.split('<ul class="options"')[1].split("</ul>")[0]
    assert "main-therapy" in cards
    assert "a-talk" not in cards
    assert "1 guideline recommends it beside other treatment" in text(get(client, "/therapies/a-talk/"))
    for path in (
        "/evidence/",
        "/evidence/?view=list",
        "/evidence/?therapy=a-talk&condition=worry",
        "/therapies/?condition=worry",
        "/compare/?t=a-talk&t=main-therapy&for=worry",
        "/therapies/a-talk/handout/",
        "/quick/?q=worry",
    ):
        assert "Recommended beside other treatment" in text(get(client, path)), path


def test_a_label_for_prevention_stands_beside(serve: Callable[..., Site], client: Client) -> None:
    row = rating("row-1", "worry-therapy", purpose="prevention")
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=[row]))
    for path in (
        WORRY,
        "/therapies/worry-therapy/",
        "/quick/?q=worry",
        "/evidence/?therapy=worry-therapy&condition=worry",
    ):
        words = text(get(client, path))
        assert "For prevention: Recommended 1 guideline recommends it" in words, path
        assert "No label: see" not in words


@pytest.mark.parametrize(
    "slug", ["psychosis-risk", "perinatal-depression", "parenting-difficulties", "stress"], ids=str
)
def test_what_guidelines_say_of_prevention_stands_on_the_page(site: Site, client: Client, slug: str) -> None:
    assert "For prevention: Recommended" in text(get(client, f"/conditions/{slug}/"))


def test_what_is_warned_against_altogether_says_so_whatever_research_found(
    serve: Callable[..., Site], client: Client
) -> None:
    banned = builders.therapy(status=Status.DISCOURAGED.value)
    row = rating("row-1", "worry-therapy", stance="finding", finding_level="unclear")
    serve(builders.catalogue(therapies=[banned], recommendations=[row]))
    against = text(get(client, WORRY).split('id="advised-against"')[1].split("</section>")[0])
    assert "Warned against altogether" in against
    assert "Research: unclear" not in against


@pytest.mark.parametrize(("slug", "ages"), [("hair-pulling", ""), ("hair-pulling", "child"), ("skin-picking", "")])
def test_habit_reversal_has_a_label_where_the_text_cites_research_on_it(
    site: Site, client: Client, slug: str, ages: str
) -> None:
    page = get(client, f"/conditions/{slug}/?age={ages}" if ages else f"/conditions/{slug}/")
    helps = page.partition("Research: helps: ")[2].partition("</details>")[0]
    assert 'value="habit-reversal-training"' in helps


def test_what_is_said_of_some_ages_alone_names_them_where_others_hear_of_adults(
    serve: Callable[..., Site], client: Client
) -> None:
    therapies = [builders.therapy("worry-therapy"), builders.therapy("youth-therapy")]
    young = rating("row-2", "youth-therapy", ages=["adolescent"])
    serve(builders.catalogue(therapies=therapies, recommendations=[rating("row-1", "worry-therapy"), young]))
    assert "Said of teenagers alone." in text(get(client, WORRY))
    assert "alone" not in text(get(client, f"{WORRY}?age=adolescent"))
    serve(builders.catalogue(therapies=therapies[1:], recommendations=[young]))
    assert "alone" not in text(get(client, WORRY))


def test_a_label_for_a_part_of_the_people_names_them_under_the_heading_of_all(
    serve: Callable[..., Site], client: Client
) -> None:
    row = rating("row-1", "worry-therapy", only_for="women")
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=[row]))
    assert "Recommended for women" in text(get(client, WORRY))


def test_the_cards_have_people_of_100_with_one_comparison_for_all_and_say_it_once(
    serve: Callable[..., Site], client: Client
) -> None:
    effects = [
        builders.pooled_people("all", therapy=None, trials=60, treated_per_100=39, treated_low=32, treated_high=46),
        builders.pooled_people("first", therapy="first-therapy"),
        builders.pooled_people("second", therapy="second-therapy", treated_per_100=40),
        builders.pooled_people("waiting", therapy="second-therapy", comparison="waiting-list", trials=99),
        builders.pooled_people("older", therapy="third-therapy", ages=["older"], treated_per_100=66, treated_high=70),
    ]
    slugs = ("first-therapy", "second-therapy", "third-therapy")
    serve(
        builders.catalogue(
            therapies=[builders.therapy(slug) for slug in slugs],
            recommendations=[rating(f"of-{slug}", slug) for slug in slugs],
            pooled_effects=effects,
        )
    )
    page = text(get(client, WORRY))
    assert "39 of 100 who had a talking therapy from 32 to 46" in page
    assert page.count("Others: people who had usual care. Between them no clear difference.") == 1
    assert "42 (31 to 58), others 19" in page
    assert "40 (31 to 58), others 19" in page
    assert "66 (31" not in page.partition("Compare the ticked")[0].partition("Others: people")[2]
    older = text(get(client, f"{WORRY}?age=older"))
    assert "66 (31 to 70), others 19" in older
    assert "42 (31 to 58), others 19" not in older
