"""/compare/ as a reader meets it: what is asked for, what is understood, and what is said where it is not."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import builders

PAIR = "/compare/?t=cbt&t=act&for=generalized-anxiety"


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def names_in_order(response: Any) -> list[str]:
    return re.findall(r'role="columnheader" scope="col" data-column.*?<a [^>]*>([^<]+)</a>', response.content.decode())


def test_abbreviations_are_understood_and_keep_their_order(site: Any, client: Client) -> None:
    assert names_in_order(client.get("/compare/?t=act&t=cbt")) == [
        "Acceptance and commitment therapy",
        "Cognitive behavioral therapy",
    ]


def test_every_question_is_a_row(site: Any, client: Client) -> None:
    from therapies.domain.questions import QUESTIONS

    page = text_of(client.get(PAIR))
    for question in QUESTIONS:
        if question.number != 14:
            assert question.text.replace("’", "&#x27;") in page
    assert "What may be good about it?" in page
    assert "What may be hard about it?" in page


def test_rows_that_differ_are_marked_in_words(site: Any, client: Client) -> None:
    html = client.get(PAIR).content.decode()
    assert re.search(r'id="row-length">.*?<span class="mark">Different</span>', html, re.S)
    assert re.search(r'id="row-focus">.*?<span class="mark">The same</span>', html, re.S)


def test_only_where_they_differ_leaves_the_others_out_and_says_so(site: Any, client: Client) -> None:
    page = client.get(f"{PAIR}&differ=1")
    assert 'id="row-focus"' not in page.content.decode()
    assert "Does it look at the past or the present?" in text_of(page).partition("Left out")[2]


def test_the_list_of_therapies_sends_its_first_condition(site: Any, client: Client) -> None:
    page = client.get("/compare/?from=list&t=cbt&t=act&condition=ptsd&condition=depression&participants=group")
    assert page.status_code == 200
    assert "What bodies say is about PTSD" in text_of(page)


def test_each_bodys_words_stand_in_a_row_of_its_own(site: Any, client: Client) -> None:
    page = text_of(client.get(PAIR))
    assert "RANZCP says" in page
    assert "“" not in page.partition("In its words:")[2][:1]
    assert "recommended initial option" in page
    assert "not yet checked against the source" in page


def test_a_rating_of_a_named_form_says_so(site: Any, client: Client) -> None:
    assert re.search(r"in the form of\s+CBT-I", text_of(client.get("/compare/?t=cbt&t=act&for=insomnia")))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("t=cbt&t=act&t=nonsense-xyzzy", "We did not understand “nonsense-xyzzy” (a therapy to compare)."),
        ("t=cbt&t=act&t=EFT", "“EFT” (a therapy to compare) can mean more than one thing: "),
        ("t=cbt", "Cognitive behavioral therapy is one therapy alone. Add at least one more to compare it with."),
        ("t=cbt&t=act&t=cbt", "Cognitive behavioral therapy was chosen more than once. It is shown once."),
        ("t=cbt&t=act&t=dbt&t=ipt&t=emdr", "Four therapies at most fit side by side."),
        ("t=cbt&t=act&for=blorb", "We did not understand “blorb” (what you want help with)."),
        ("t=cbt&t=act&view=cube", "“cube” is no way to show a comparison."),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_is_shown(
    site: Any, client: Client, query: str, sentence: str
) -> None:
    page = client.get(f"/compare/?{query}")
    assert page.status_code == 400
    assert sentence in text_of(page)
    if query != "t=cbt":
        assert names_in_order(page)[:2] == ["Cognitive behavioral therapy", "Acceptance and commitment therapy"]


def test_an_ambiguous_name_links_to_each_thing_it_may_mean(site: Any, client: Client) -> None:
    html = client.get("/compare/?t=cbt&t=EFT").content.decode()
    assert 'href="/compare/?t=cognitive-behavioral-therapy&amp;t=emotion-focused-therapy"' in html


def test_the_fifth_therapy_is_named_and_left_out(site: Any, client: Client) -> None:
    page = client.get("/compare/?t=cbt&t=act&t=dbt&t=ipt&t=emdr")
    assert len(names_in_order(page)) == 4
    assert "Eye movement desensitization and reprocessing was left out" in text_of(page)


def test_alone_it_offers_pairs_and_a_list_to_choose_from(site: Any, client: Client) -> None:
    page = client.get("/compare/")
    assert page.status_code == 200
    html = page.content.decode()
    assert html.count('class="tile"') >= 6
    assert '<option value="cognitive-behavioral-therapy">' in html


def test_a_practice_that_is_warned_against_shows_its_warning_first(site: Any, client: Client) -> None:
    html = client.get("/compare/?t=cbt&t=conversion-therapy").content.decode()
    assert html.index("professional bodies warn against it") < html.index("<table")


def test_the_same_can_be_read_by_therapy_under_headings(site: Any, client: Client) -> None:
    html = client.get(f"{PAIR}&view=therapy").content.decode()
    assert '<h2 id="name-cognitive-behavioral-therapy">' in html
    assert html.count("<h3>What is the idea?</h3>") == 2
    assert 'class="comparison"' not in html


def test_it_asks_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    with most_queries(30):
        client.get("/compare/?t=dbt&t=ipt&t=emdr&t=schema-therapy&for=depression")
    with most_queries(8):
        client.get("/compare/?t=dbt&t=ipt&t=emdr&t=schema-therapy&for=ptsd")


def test_people_out_of_100_have_their_comparison_in_words(serve: Any, client: Client) -> None:
    outcome = {
        "slug": "one",
        "therapy": "worry-therapy",
        "condition": "worry",
        "measure": "worry halved after two months",
        "treated_per_100": 60,
        "comparison_per_100": 40,
        "comparison": "usual care",
        "source": "guideline-2020",
        "seen": True,
    }
    serve(builders.catalogue(therapies=[builders.therapy(), builders.therapy("other-therapy")], outcomes=[outcome]))
    page = client.get("/compare/?t=worry-therapy&t=other-therapy&for=worry")
    assert "60 out of 100 people who had it: worry halved" in text_of(page)
    assert "Compared with: 40 out of 100 (usual care)" in text_of(page)
    dots = re.findall(r'class="filled" d="([^"]+)"', page.content.decode())
    assert [path.count("h0") for path in dots] == [60, 40]


def test_what_happens_without_treatment_is_a_row_where_it_is_written(serve: Any, client: Client) -> None:
    serve(
        builders.catalogue(
            conditions=[builders.condition(untreated="It often lasts for years.")],
            therapies=[builders.therapy(), builders.therapy("other-therapy", commonly_used_for=["worry"])],
        )
    )
    page = text_of(client.get("/compare/?t=worry-therapy&t=other-therapy&for=worry"))
    assert "What happens without treatment? It often lasts for years." in page


def test_an_address_full_of_unknown_names_costs_few_queries(site: Any, client: Client, most_queries: Any) -> None:
    client.get("/compare/")
    unknown = "&".join(f"t=cognitiv-terapy-{number}" for number in range(200))
    with most_queries(20):
        response = client.get(f"/compare/?{unknown}")
    assert response.status_code == 400
    assert "“cognitiv-terapy-0”" in response.content.decode()
