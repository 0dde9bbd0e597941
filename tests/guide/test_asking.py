"""One question a page: the counts beside answers, the field of dots, the ways back and on, and what is typed."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tests import builders
from tests.pages import get, links, text
from therapies.browse.index import index as facet_index
from therapies.guide import answers, asking
from therapies.guide.answers import LIST
from therapies.guide.questions import ASKED, CONCERN
from therapies.guide.sets import DotField, met
from therapies.serving import resolve

ANSWERED = "safe=yes&for=depression&age=adult&with=one&time=present&tasks=no"


def shown(query: str) -> asking.QuestionPage:
    asked = answers.read(QueryDict(query))
    assert asked.question
    return asking.question_page(asked, asked.question)


def test_an_address_with_answers_and_no_step_shows_the_list(site: Any, client: Client) -> None:
    assert "<h1>Your list</h1>" in get(client, f"/guide/?{ANSWERED}")
    assert "<h1>Your list</h1>" in get(client, "/guide/?safe=yes&step=list")
    assert "<h1>What would you like help with?</h1>" in get(client, "/guide/?safe=yes")


def test_a_step_does_not_lead_past_the_question_about_safety(site: Any, client: Client) -> None:
    assert "in danger now?" in get(client, "/guide/?step=tasks")
    assert "in danger now?" in get(client, "/guide/?step=list")


def test_the_questions_follow_each_other_to_the_list_and_back(site: Any) -> None:
    slugs = [question.slug for question in ASKED]
    pages = [shown(f"safe=yes&step={slug}") for slug in slugs]
    assert [page.next for page in pages] == [*slugs[1:], LIST]
    assert [page.number for page in pages] == [*range(1, len(slugs) + 1)]
    back = [re.sub(r".*step=", "", page.back_url) for page in pages]
    assert back == ["", *slugs[:-1]]


def test_to_skip_takes_the_answer_back_and_leaves_the_others(site: Any) -> None:
    page = shown(f"{ANSWERED}&step=time")
    assert page.skip_url == "/guide/?safe=yes&for=depression&age=adult&with=one&tasks=no&step=detail"
    assert "time" not in page.hidden


@pytest.mark.parametrize("step", [question.slug for question in ASKED])
def test_an_answer_leaves_as_many_as_the_field_shows_after_it(site: Any, step: str) -> None:
    for choice in shown(f"{ANSWERED}&step={step}").choices:
        after = shown(f"{ANSWERED.replace(f'{step}=', 'gone=')}&{step}={choice.value}&step={step}")
        assert after.left.meets == choice.left, (step, choice.value)


def test_every_concern_stands_once_with_its_number(site: Any) -> None:
    page = shown("safe=yes&for=hoarding&step=for")
    values = [choice.value for choice in (*page.choices, *(each for group in page.groups for each in group.choices))]
    assert sorted(values) == sorted(row["slug"] for row in site.content["conditions"])
    assert page.choices[0].value == "hoarding"
    assert page.choices[0].is_chosen


def test_every_name_that_the_box_offers_is_understood(site: Any) -> None:
    for name in shown("safe=yes").names:
        assert resolve.resolve("conditions", [name])[0].slug, name


def test_what_is_typed_and_not_understood_is_asked_again_and_leads_on(site: Any, client: Client) -> None:
    page = get(client, "/guide/?safe=yes&for=depresion&step=age", 400)
    assert f"<h1>{CONCERN.text}</h1>" in page
    assert "/guide/?safe=yes&for=depression&step=age" in links(page)
    assert "/search/?q=depresion" in links(page)


def test_danger_that_is_typed_as_a_concern_shows_help(site: Any, client: Client) -> None:
    page = get(client, "/guide/?safe=yes&for=I+want+to+kill+myself&step=age", 400)
    assert page.index("If you or somebody else may be in danger") < page.index("We did not understand")
    assert "may be in danger" not in get(client, "/guide/?safe=yes&for=pannic&step=age", 400)


@pytest.fixture
def three(serve: Any) -> Any:
    """One therapy with tasks, one without, and one of which it is not known."""
    known = [("a-with", "yes"), ("b-without", "no"), ("c-unknown", "")]
    return serve(builders.catalogue(therapies=[builders.therapy(slug, homework=tasks) for slug, tasks in known]))


def test_what_is_not_known_is_dashed_counted_and_said(three: Any, client: Client) -> None:
    left = shown("safe=yes&tasks=no&step=tasks").left
    assert (left.total, left.meets, left.maybe) == (3, 1, 1)
    assert [dot.name for dot in left.dots] == ["dot-on", "dot-maybe", "dot-off"]
    page = text(get(client, "/guide/?safe=yes&tasks=no&step=tasks"))
    assert "1 of 3 meets your wish so far" in page
    assert "1 is dashed: no answer on file for a wish." in page
    assert "1 more has no answer on file for this." in page


def test_the_field_stays_low_however_many_there_are() -> None:
    for total in (0, 1, 64, 65, 256, 330, 1_000):
        left = DotField(total, total, 0)
        assert len(left.dots) == total
        assert left.height <= 80
        assert all(dot.x + left.dot <= 320 and dot.y + left.dot <= left.height for dot in left.dots)


def test_known_answers_of_a_question_are_known_of_all_its_answers(site: Any) -> None:
    index = facet_index()
    for question in ASKED:
        facets = {answer.facets for answer in question.answers}
        assert len(facets) <= 1, question.slug
        assert all(met(answer, index) for answer in question.answers)


def test_the_guide_never_says_best_top_or_match(site: Any, client: Client) -> None:
    for query in ("safe=yes", f"{ANSWERED}&step=length", ANSWERED):
        words = re.sub(r"<a [^>]*>.*?</a>", "", get(client, f"/guide/?{query}"))
        form = words[words.index("<main") : words.index("</main>")]
        assert not re.search(r"\b(best|top|match(es)?|score)\b", text(form).lower()), query


def test_a_question_asks_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    client.get("/guide/?safe=yes")
    with most_queries(4):
        client.get("/guide/?safe=yes&with=one")
        client.get("/guide/?safe=yes&for=depression&with=one&step=tasks")
