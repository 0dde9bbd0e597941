"""The page of a therapy: twenty questions, each body apart, and every other spelling of its address."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.domain import questions
from therapies.models.therapy import Status

CBT = "/therapies/cognitive-behavioral-therapy/"
MOST_QUERIES = 18


def serve_rows(serve: Callable[..., Site], *recommendations: dict[str, Any], **rows: Any) -> None:
    rows.setdefault("therapies", [builders.therapy()])
    serve(builders.catalogue(recommendations=list(recommendations), **rows))


@pytest.mark.parametrize("slug", ["cognitive-behavioral-therapy", "interpersonal-psychotherapy", "aversion-therapy"])
def test_a_page_costs_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], slug: str
) -> None:
    client.get("/therapies/schema-therapy/")  # makes what is made once a release
    with most_queries(MOST_QUERIES):
        client.get(f"/therapies/{slug}/")


@pytest.mark.parametrize("slug", ["cognitive-behavioral-therapy", "interpersonal-psychotherapy", "adherence-therapy"])
def test_the_page_has_every_question_once_in_the_words_of_the_list(site: Site, client: Client, slug: str) -> None:
    page = get(client, f"/therapies/{slug}/")
    every = questions.questions()
    assert [question.slug for question in every if page.count(f'id="{question.slug}"') != 1] == []
    assert [question.slug for question in every if question.text not in unescape(page)] == []


def test_questions_that_open_on_request_are_in_order(site: Site, client: Client) -> None:
    more = get(client, CBT).partition('id="more-title"')[2]
    found = re.findall(r"<summary><h3>([^<]+)</h3>", more)
    folded = [question.text for question in questions.questions() if question.shown != questions.OPEN]
    assert [text for text in found if text != "Sources"] == [text for text in folded if text in found]
    assert {question.text for question in questions.questions() if question.shown == questions.FOLDED} <= {*found}


def test_every_text_and_every_fact_of_a_therapy_is_on_its_page(serve: Callable[..., Site], client: Client) -> None:
    fields = [field.field for question in questions.questions() for field in question.texts]
    words: dict[str, Any] = {field: f"A text on {field}." for field in fields} | {"real_thing": ["Is it real_thing?"]}
    facts: dict[str, Any] = {
        "focus": "past",
        "structure": "low",
        "homework": "some",
        "stance": "non-directive",
        "settings": ["clinic"],
    }
    formats = [{"slug": "clinic", "name": "Clinic", "kind": "setting"}]
    serve_rows(serve, therapies=[builders.therapy(**words, **facts)], formats=formats)
    page = text(get(client, "/therapies/worry-therapy/"))
    assert [field for field in fields if field not in page] == []
    known = ["Mostly the past", "Open, follows you", "Some", "You lead", "Places: Clinic"]
    assert [fact for fact in known if fact not in page] == []


def test_what_is_known_is_never_among_the_unwritten(serve: Callable[..., Site], client: Client) -> None:
    serve_rows(serve, therapies=[builders.therapy(homework="yes", cautions="Not in a crisis")])
    page = text(get(client, "/therapies/worry-therapy/"))
    unwritten = page.partition("Not written yet:")[2]
    assert "between sessions" not in unwritten
    assert "Who should take care" not in unwritten
    assert "What happens in a meeting?" in unwritten
    assert "How many people get better?" not in unwritten


def test_a_missing_text_says_so_and_missing_figures_are_not_known(serve: Callable[..., Site], client: Client) -> None:
    serve_rows(serve)
    page = get(client, "/therapies/worry-therapy/")
    assert "Not written yet" in page
    assert "Not known: we found no figures with a comparison group." in page
    assert "Not yet clinically reviewed" in page


def test_each_body_is_apart_with_its_year_wording_and_marks(serve: Callable[..., Site], client: Client) -> None:
    serve_rows(
        serve,
        builders.recommendation(strength_as_issued="strong for"),
        builders.recommendation("row-2", source="old-2001"),
        builders.recommendation("row-3", source="mirror-2019", basis="recalled", strength_as_issued="weak for"),
        builders.recommendation("row-4", source="mirror-2019", basis="copy"),
        sources=[
            builders.source(url="https://guideline.example/", url_is_official=True),
            builders.source("old-2001", year="2001", status="superseded"),
            builders.source("mirror-2019", body="Other Body", year="2019", url="https://mirror.example/"),
        ],
    )
    page = get(client, "/therapies/worry-therapy/")
    assert "National Body 2020" in page
    assert "In their words: strong for" in text(page)
    assert "Written from memory, not yet checked: weak for" in text(page)
    assert "Recommended 2 of 2 guidelines" in text(page)
    assert 'href="https://guideline.example/"' in page
    assert "mirror.example" not in page
    assert page.count("To be checked against the document") == 1
    assert page.count("Read in a copy or a report of the document") == 1
    assert page.count("a newer document has replaced this one") == 1


def test_each_group_of_ages_has_its_own_standing(serve: Callable[..., Site], client: Client) -> None:
    serve_rows(
        serve,
        builders.recommendation(),
        builders.recommendation("row-2", ages=["child"], stance="do-not", source="child-2021"),
        sources=[builders.source(), builders.source("child-2021", body="Child Body", year="2021")],
    )
    page = get(client, "/therapies/worry-therapy/")
    found = re.findall(r'<h5 class="for-ages">(\w+) <span class="standing" data-standing="([a-z-]+)"', page)
    assert dict(found) == {"Adults": "recommended", "Children": "advised-against"}


def test_what_a_form_holds_is_shown_as_the_forms_own(serve: Callable[..., Site], client: Client) -> None:
    form = builders.therapy("worry-course", parents=["worry-therapy"], is_form_of_parent=True)
    serve_rows(serve, builders.recommendation(therapy="worry-course"), therapies=[builders.therapy(), form])
    page = get(client, "/therapies/worry-therapy/")
    assert "There is no statement on file that names Worry therapy itself." in page
    assert '<a href="/therapies/worry-course/#for-worry">Worry course</a>: <span class="standing"' in page
    assert "As Worry course: Recommended 1 guideline recommends it" in text(page)


def test_programs_are_apart_on_the_page_of_their_parent(serve: Callable[..., Site], client: Client) -> None:
    program = builders.therapy("worry-course", parents=["worry-therapy"], status=Status.PROGRAM.value)
    serve_rows(serve, therapies=[builders.therapy(), program])
    page = get(client, "/therapies/worry-therapy/")
    assert "Specific programs" in page
    assert "/therapies/worry-course/" in page
    assert "· specific program" in text(get(client, "/therapies/worry-course/"))


def test_the_nearest_alternative_can_be_compared(site: Site, client: Client) -> None:
    page = get(client, CBT)
    assert "/compare/?t=cognitive-behavioral-therapy&t=acceptance-and-commitment-therapy" in links(page)
    assert "/compare/?t=cognitive-behavioral-therapy" in links(page)


def test_outcome_figures_are_beside_their_comparison(serve: Callable[..., Site], client: Client) -> None:
    figure = {
        "slug": "figure-1",
        "therapy": "worry-therapy",
        "condition": "worry",
        "measure": "worry halved after two months",
        "treated_per_100": 50,
        "comparison_per_100": 30,
        "comparison": "usual care",
        "source": "guideline-2020",
    }
    serve_rows(serve, outcomes=[figure])
    page = get(client, "/therapies/worry-therapy/")
    assert "Worry halved after two months" in text(page)
    assert "50 of 100 who had" in text(page)
    assert "30 of 100 who had usual care" in text(page)
    assert "To be checked against the document" in page
    assert "we found no figures" not in page


def test_a_discouraged_page_opens_with_the_warning_and_offers_no_comparison(site: Site, client: Client) -> None:
    warned = [row for row in site.content["therapies"] if row["status"] == Status.DISCOURAGED.value]
    for row in warned:
        page = get(client, f"/therapies/{row['slug']}/")
        main = page[page.index("<main") :]
        assert main.index('class="note warn"') < main.index("<h1>")
        assert main.index("What to look at instead") < main.index("What it is")
        assert f"/compare/?t={row['slug']}" not in main


@pytest.mark.parametrize("written", ["cbt", "CBT", "Cognitive%20behavioural%20therapy"])
def test_another_name_leads_to_the_canonical_address(site: Site, client: Client, written: str) -> None:
    response = client.get(f"/therapies/{written}/")
    assert (response.status_code, response["Location"]) == (301, CBT)


def test_an_ambiguous_short_form_asks_which_one(site: Site, client: Client) -> None:
    page = get(client, "/therapies/eft/", 300)
    for slug in ("emotion-focused-therapy", "emotionally-focused-couple-therapy", "emotional-freedom-techniques"):
        assert f'href="/therapies/{slug}/"' in page


def test_a_look_alike_is_answered_politely_and_is_no_hit(site: Site, client: Client) -> None:
    page = get(client, "/therapies/life-coaching/", 404)
    assert "Coaching is not this kind of therapy" in page
    assert 'href="/therapies/counseling/"' in page


def test_an_unknown_name_offers_the_nearest_spellings_and_is_escaped(site: Site, client: Client) -> None:
    page = get(client, "/therapies/cognitiv-therapy/", 404)
    assert "“cognitiv-therapy”" in page
    assert 'href="/therapies/cognitive-therapy/"' in page
    assert "<b>" not in get(client, "/therapies/%3Cb%3Ex/", 404)


def test_minutes_that_are_more_than_a_range_are_still_a_sentence(serve: Callable[..., Site], client: Client) -> None:
    two = builders.therapy("two-parts", sessions_min=6, session_minutes="60 individual and 75-90 group")
    serve_rows(serve, therapies=[two, builders.therapy(sessions_min=6, session_minutes="50-60", frequency="weekly")])
    assert "6 meetings, minutes each: 60 individual and 75 to 90 group" in get(client, "/therapies/two-parts/")
    assert "6 meetings, 50 to 60 minutes each, weekly" in get(client, "/therapies/worry-therapy/")


def test_a_long_list_of_concerns_is_grouped_by_standing_and_opens_on_request(
    serve: Callable[..., Site], client: Client
) -> None:
    concerns = [f"worry-{number}" for number in range(1, 12)]
    rows = [builders.recommendation(f"row-{slug}", condition=slug) for slug in concerns[:10]]
    against = builders.recommendation("row-against", condition=concerns[10], stance="do-not")
    therapy = builders.therapy(commonly_used_for=[*concerns[:9], "worry"])
    conditions = [builders.condition(slug) for slug in ["worry", *concerns]]
    serve_rows(serve, *rows, against, therapies=[therapy], conditions=conditions)
    page = get(client, "/therapies/worry-therapy/")
    blocks = re.findall(r'<h4 class="rated-title"><span class="standing" data-standing="([a-z-]+)"', page)
    assert blocks == ["recommended", "advised-against"]
    evidence = page[page.index('id="evidence"') :]
    folded = evidence[evidence.index("<summary>4 more</summary>") : evidence.index("</div></details>")]
    assert "advised-against" not in folded
    used = page[page.index('id="used-for"') :]
    assert used.index("Worry 1") < used.index("<summary>2 more</summary>") < used.rindex("/conditions/worry/")


def test_meetings_of_which_only_the_number_is_not_known_say_so(serve: Callable[..., Site], client: Client) -> None:
    serve_rows(serve, therapies=[builders.therapy(session_minutes="50", frequency="weekly")])
    page = get(client, "/therapies/worry-therapy/")
    assert "Number of meetings not known; 50 minutes each, weekly" in page
    assert "doseSchedule" not in page


def pooled_page(serve: Callable[..., Site], client: Client, *effects: builders.Row, **more: list[builders.Row]) -> str:
    form = builders.therapy("worry-course", parents=["worry-therapy"], is_form_of_parent=True)
    therapies = [builders.therapy(), form]
    conditions = [builders.condition("sleep")]
    serve(builders.catalogue(therapies=therapies, conditions=conditions, pooled_effects=list(effects), **more))
    return get(client, "/therapies/worry-therapy/")


def test_people_of_100_come_from_the_concern_with_most_trials_and_the_range_is_drawn_and_said(
    serve: Callable[..., Site], client: Client
) -> None:
    few = builders.pooled_people("few", condition="sleep", trials=5, treated_per_100=77, treated_high=90)
    unnamed = builders.pooled_people("unnamed", comparison="any-control", trials=99, treated_per_100=55)
    left = {"left_per_100": 17, "comparison_left_per_100": 15}
    page = pooled_page(serve, client, few, unnamed, builders.pooled_people("most", trials=50, **left))
    drawn = page.partition('<figure class="people">')[2].partition("</figure>")[0]
    assert "42 of 100 who had Worry therapy from 31 to 58" in text(drawn)
    assert "19 of 100 who had usual care from 14 to 25" in text(drawn)
    assert "Left early: 17 of 100, others 15." in text(drawn)
    filled, lighter = drawn.count('href="#p-yes"'), drawn.count('href="#p-maybe"')
    rows = [drawn.count(f'href="#row-{kind}"') for kind in ("yes", "maybe")]
    assert (filled + 10 * rows[0] - 1, lighter + 10 * rows[1] - 1) == (31 + 14, 27 + 11)  # one each in the key
    assert 'href="/about/numbers/"' in drawn
    assert "2 more figures" in page
    assert "77 of 100" in text(page)


def test_a_pooled_number_of_a_form_is_named_as_one(serve: Callable[..., Site], client: Client) -> None:
    page = text(pooled_page(serve, client, builders.pooled_people("form", therapy="worry-course")))
    assert "42 of 100 who had Worry course" in page
    assert "This number is for Worry course, a form of Worry therapy." in page


def test_figures_of_its_own_come_before_those_of_a_form(serve: Callable[..., Site], client: Client) -> None:
    outcome = {
        "slug": "own",
        "therapy": "worry-therapy",
        "condition": "worry",
        "treated_per_100": 62,
        "comparison_per_100": 43,
        "measure": "got better",
        "comparison": "usual care",
        "source": "guideline-2020",
    }
    form = builders.pooled_people("form", therapy="worry-course")
    page = text(pooled_page(serve, client, form, outcomes=[outcome]))
    assert "62 of 100 who had Worry therapy" in page
    assert "Worry course, a form of" not in page


def test_a_size_without_people_is_told_and_not_drawn(serve: Callable[..., Site], client: Client) -> None:
    people = ["treated_per_100", "treated_low", "treated_high", "comparison_per_100"]
    none = dict.fromkeys([*people, "comparison_low", "comparison_high", "counted_trials", "counted_people"])
    page = pooled_page(serve, client, builders.pooled_people("size", counted_by="", **none))
    assert '<figure class="people">' not in page
    assert "A medium difference in favor of the therapy, compared with usual care." in text(page)
