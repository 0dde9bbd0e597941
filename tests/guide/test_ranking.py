"""The guide: safety first, wishes that narrow and reorder, and nothing hidden, scored or kept."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tests import builders
from tests.pages import get, links, text
from therapies.browse.index import index as facet_index
from therapies.guide import answers, questions, sets


def listed(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/therapies/([\w-]+)/">', page)


def test_the_first_question_is_about_safety_and_leads_to_help(site: Any, client: Client) -> None:
    page = get(client, "/guide/")
    assert page.index("in danger now?") < page.index('class="call" href="/help-now/"')
    assert "<fieldset>" not in page


@pytest.mark.parametrize(("query", "status"), [("fbclid=1", 200), ("safe=", 200), ("safe=no", 400), ("page=2", 200)])
def test_nothing_but_a_yes_or_an_answer_passes_the_question_about_safety(
    site: Any, client: Client, query: str, status: int
) -> None:
    page = get(client, f"/guide/?{query}", status)
    assert "in danger now?" in page
    assert "<fieldset>" not in page


def test_no_link_leads_past_the_question_about_safety(site: Any, client: Client) -> None:
    page = get(client, "/guide/?for=depresion", 400)
    assert "in danger now?" in page
    assert not any("for=" in address for address in links(page))


def test_nothing_of_it_is_kept(site: Any, client: Client) -> None:
    for address in ("/guide/", "/guide/?safe=yes&for=ptsd&with=one"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_every_option_that_a_wish_names_exists(site: Any) -> None:
    index = facet_index()
    for question in questions.QUESTIONS:
        for answer in question.answers:
            for facet, option in (*answer.any_of, *answer.none_of):
                assert option in {known.slug for known in index.options[facet]}, (facet, option)


@pytest.fixture
def three(serve: Any) -> Any:
    """One therapy with tasks, one without, and one of which it is not known."""
    return serve(
        builders.catalogue(
            therapies=[
                builders.therapy("a-with-tasks", homework="yes", structure="high", commonly_used_for=["worry"]),
                builders.therapy("b-without", homework="no", structure="low", commonly_used_for=["worry"]),
                builders.therapy("c-unknown", structure="high"),
            ]
        )
    )


def test_wishes_reorder_and_leave_nothing_out(three: Any, client: Client) -> None:
    page = get(client, "/guide/?tasks=no")
    assert listed(page) == ["b-without", "a-with-tasks", "c-unknown"]


def test_every_therapy_says_which_wish_it_meets_and_which_not(three: Any, client: Client) -> None:
    page = get(client, "/guide/?tasks=no")
    met = re.findall(r'data-met="(\w+)"><span>([^<]+):</span> without tasks', page)
    assert met == [("yes", "Meets"), ("no", "Does not meet"), ("unknown", "Not known")]


def test_a_concern_narrows_and_the_rest_is_one_link_away(three: Any, client: Client) -> None:
    page = get(client, "/guide/?for=worry")
    assert listed(page) == ["a-with-tasks", "b-without"]
    assert "1 more is not known" in text(page)
    assert len(listed(get(client, "/guide/?for=worry&everything=1"))) == 3


def test_more_wishes_met_come_first() -> None:
    assert sets.by_misses(0b1111, [0b0011, 0b0101]) == [0b0001, 0b0110, 0b1000]


def test_a_wish_to_avoid_something_is_not_met_where_nothing_is_known(three: Any, client: Client) -> None:
    page = get(client, "/guide/?detail=no")
    assert set(re.findall(r'data-met="(\w+)"', page)) == {"unknown"}


def test_it_never_speaks_of_a_best_match_or_a_score(site: Any, client: Client) -> None:
    page = get(client, "/guide/?safe=yes&for=ptsd&with=one&tasks=no&time=past").lower()
    assert not any(word in page for word in ("best match", "score", "% match"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("with=dog", "“dog” is no answer to “Who would you like to take part?”"),
        ("age=old-ish", "“old-ish” is no age group."),
        ("age=adult&age=child", "“age” was given more than once. Only the first, “adult”, was read."),
        ("for=ptsd&everything=yes", "We did not understand “everything=yes”. Write everything=1, or leave it out."),
        ("for=blorb", "We did not understand “blorb” (what you want help with)."),
        ("condition=blorb&with=one", "We did not understand “blorb” (what you want help with)."),
        ("with=one&page=x", "“x” is not a page number. Here is the first page."),
    ],
)
def test_what_is_not_understood_is_named(site: Any, client: Client, query: str, sentence: str) -> None:
    assert sentence in text(get(client, f"/guide/?{query}", 400))


def test_practices_that_are_warned_against_are_never_listed(site: Any, client: Client) -> None:
    discouraged = {row["slug"] for row in site.content["therapies"] if row["status"] == "discouraged"}
    shown: set[str] = set()
    for number in range(1, 23):
        shown |= set(listed(get(client, f"/guide/?with=one&page={number}")))
    assert len(shown) > 200
    assert not shown & discouraged


def test_it_asks_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    client.get("/guide/?for=ocd&with=group&tasks=some")  # what is made once a release
    with most_queries(5):
        client.get("/guide/?for=depression&with=one&tasks=no")


def test_a_page_past_the_end_is_the_last(three: Any, client: Client) -> None:
    page = get(client, "/guide/?tasks=no&page=9", 404)
    assert "There is no page 9." in text(page)
    assert len(listed(page)) == 3


def test_a_name_of_a_concern_is_understood_as_elsewhere(site: Any) -> None:
    asked = answers.read(QueryDict("for=GAD&age=adult&with=group"))
    assert (asked.concern, asked.age, asked.messages) == ("generalized-anxiety", "adult", [])
    assert asked.url() == "/guide/?safe=yes&for=generalized-anxiety&age=adult&with=group"
