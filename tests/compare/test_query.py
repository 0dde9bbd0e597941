"""/compare/ as a reader meets it: what is asked for, what is understood, and what it says if not."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.pages import get, links, text
from therapies.domain import questions
from therapies.domain.questions import question_rows

PAIR = "/compare/?t=cbt&t=act&for=generalized-anxiety"


def names_in_order(page: str) -> list[str]:
    return re.findall(r'<a class="a\d" href="[^"]*/therapies/([\w-]+)/">', page)


def row(page: str, slug: str) -> str:
    """The words of one of the questions, from its fold to the next one."""
    return text("<details" + re.split('<details class="fold|</section>', page.partition(f'id="row-{slug}"')[2])[0])


def line(page: str, slug: str) -> str:
    """The words of one line of the picture before it is opened."""
    return text("<details" + page.partition(f'id="line-{slug}"')[2].partition("</summary>")[0])


def test_abbreviations_are_understood_and_keep_their_order(site: Any, client: Client) -> None:
    assert names_in_order(get(client, "/compare/?t=act&t=cbt")) == [
        "acceptance-and-commitment-therapy",
        "cognitive-behavioral-therapy",
    ]


def test_every_question_is_a_row(site: Any, client: Client) -> None:
    page = get(client, PAIR)
    for asked in (asked for question in questions.questions() for asked in question_rows(question)):
        assert asked.title in row(page, asked.slug)
    assert "What may be good about it?" in row(page, "good-points")
    assert "What may be hard about it?" in row(page, "hard-parts")


def test_rows_that_differ_are_marked_in_words(site: Any, client: Client) -> None:
    page = get(client, PAIR)
    assert "Different" in row(page, "length")
    assert "The same" in row(page, "focus")


def test_only_where_they_differ_leaves_the_others_out_and_says_so(site: Any, client: Client) -> None:
    page = get(client, f"{PAIR}&differ=1")
    assert 'id="row-focus"' not in page
    assert 'id="row-length"' in page
    assert "Does it look at the past or the present?" in text(page).partition("Left out")[2]


def test_the_list_of_therapies_sends_its_first_condition(site: Any, client: Client) -> None:
    page = get(client, "/compare/?from=list&t=cbt&t=act&condition=ptsd&condition=depression&participants=group", 400)
    assert "Only the first of the concerns is used: PTSD" in text(page)
    assert "What guidelines say below is about: lasting stress after trauma." in text(page)


def test_each_body_has_a_row_of_its_own_with_its_own_words(site: Any, client: Client) -> None:
    page = get(client, PAIR)
    assert row(page, "body-ranzcp").startswith("RANZCP says")
    assert "In their words: recommended initial option" in row(page, "body-ranzcp")
    assert "To be checked against the document" in text(page)


def test_a_rating_of_a_named_form_says_so(site: Any, client: Client) -> None:
    assert "As CBT-I" in text(get(client, "/compare/?t=cbt&t=act&for=insomnia"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("t=cbt&t=act&t=nonsense-xyzzy", "We did not understand “nonsense-xyzzy” (a therapy to compare)."),
        ("t=cbt&t=act&t=EFT", "“EFT” (a therapy to compare) can mean more than one thing:"),
        ("t=cbt&t=act&t=cbt", "Cognitive behavioral therapy was chosen more than once. It is shown once."),
        ("t=cbt&t=act&t=dbt&t=ipt&t=emdr", "Four therapies at most fit side by side."),
        ("t=cbt&t=act&for=blorb", "We did not understand “blorb” (what you want help with)."),
        ("t=cbt&t=act&view=cube", "“cube” is no way to show a comparison."),
        ("t=cbt&t=act&view=question&view=therapy", "“view” was given more than once. Only the first, “question”,"),
        ("t=cbt&t=act&differ=true", "We did not understand “differ=true”. Write differ=1, or leave it out."),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_is_shown(
    site: Any, client: Client, query: str, sentence: str
) -> None:
    page = get(client, f"/compare/?{query}", 400)
    assert sentence in text(page)
    assert names_in_order(page)[:2] == ["cognitive-behavioral-therapy", "acceptance-and-commitment-therapy"]


def test_one_therapy_alone_is_a_beginning_and_no_mistake(site: Any, client: Client) -> None:
    page = text(get(client, "/compare/?t=cbt"))
    assert "Cognitive behavioral therapy is one therapy alone. Add at least one more to compare it with." in page


def test_an_ambiguous_name_links_to_each_thing_it_may_mean(site: Any, client: Client) -> None:
    meanings = links(get(client, "/compare/?t=cbt&t=EFT", 400))
    assert "/compare/?t=cognitive-behavioral-therapy&t=emotion-focused-therapy" in meanings
    assert "/compare/?t=cognitive-behavioral-therapy&t=emotional-freedom-techniques" in meanings


def test_the_fifth_therapy_is_named_and_left_out(site: Any, client: Client) -> None:
    page = get(client, "/compare/?t=cbt&t=act&t=dbt&t=ipt&t=emdr", 400)
    assert len(names_in_order(page)) == 4
    assert "Eye movement desensitization and reprocessing was left out" in text(page)


def test_alone_it_offers_pairs_and_a_list_to_choose_from(site: Any, client: Client) -> None:
    page = get(client, "/compare/")
    assert page.count('class="tile"') >= 6
    assert '<option value="cognitive-behavioral-therapy">' in page


def test_a_practice_that_is_warned_against_shows_its_warning_first(site: Any, client: Client) -> None:
    page = get(client, "/compare/?t=cbt&t=conversion-therapy")
    assert page.index("it is warned against") < page.index('<div class="scales')


def test_the_same_can_be_read_by_therapy_under_headings(site: Any, client: Client) -> None:
    page = get(client, f"{PAIR}&view=therapy")
    assert '<h3 id="name-cognitive-behavioral-therapy">' in page
    assert page.count("<h4>What is the idea?</h4>") == 2
    assert 'id="row-idea"' not in page


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
        "basis": "read",
    }
    serve(builders.catalogue(therapies=[builders.therapy(), builders.therapy("other-therapy")], outcomes=[outcome]))
    page = get(client, "/compare/?t=worry-therapy&t=other-therapy&for=worry")
    assert "Worry halved after two months 60 of 100 who had it 40 of 100 who had usual care" in row(page, "outcomes")
    assert "yes: 20 more than in the other group" in row(page, "outcomes")


def test_what_happens_without_treatment_is_a_row_where_it_is_written(serve: Any, client: Client) -> None:
    serve(
        builders.catalogue(
            conditions=[builders.condition(untreated="It often lasts for years.")],
            therapies=[builders.therapy(), builders.therapy("other-therapy", commonly_used_for=["worry"])],
        )
    )
    page = get(client, "/compare/?t=worry-therapy&t=other-therapy&for=worry")
    assert row(page, "untreated") == "What happens without treatment? It often lasts for years."


def test_an_address_full_of_unknown_names_costs_few_queries(site: Any, client: Client, most_queries: Any) -> None:
    client.get("/compare/")
    unknown = "&".join(f"t=cognitiv-terapy-{number}" for number in range(200))
    with most_queries(20):
        page = get(client, f"/compare/?{unknown}", 400)
    assert "“cognitiv-terapy-0”" in page


def test_concerns_go_by_the_names_that_people_use(site: Any, client: Client) -> None:
    page = get(client, "/compare/")
    assert '<option value="generalized-anxiety">Constant worry (generalized anxiety)</option>' in page
    names = re.findall(r"<option [^>]*>([^<]+)</option>", page.partition('name="for"')[2].partition("</select>")[0])
    assert names[1:] == sorted(names[1:], key=lambda name: name.partition(" (")[0].casefold())


def test_the_lines_say_in_words_what_they_draw(site: Any, client: Client) -> None:
    page = get(client, PAIR)
    assert line(page, "meetings").startswith("How many meetings? CBT 6 to 20 ACT 10 to 16")
    assert line(page, "focus").startswith("Past or present? the same CBT present ACT present")
    assert line(page, "room").startswith("Who is in the room? CBT 1 to 1 group couple ACT 1 to 1 group")
    assert "Not known for ACT." in line(page, "people")


def test_the_count_of_guidelines_obeys_the_age_and_says_so(site: Any, client: Client) -> None:
    everyone, adults = (get(client, f"/compare/?t=cbt&t=ipt&for=depression{age}") for age in ("", "&age=adult"))
    assert line(everyone, "guidelines") != line(adults, "guidelines")
    assert "For: depression, adults" in text(adults)
    assert row(everyone, "evidence") != row(adults, "evidence")
    again = get(client, "/compare/?t=cbt&t=ipt&for=depression")
    assert row(again, "evidence") == row(everyone, "evidence")


def test_a_concern_can_be_chosen_where_none_is(site: Any, client: Client) -> None:
    page = get(client, "/compare/?t=cbt&t=act")
    assert "How many guidelines recommend it? That depends on the concern. Choose a concern" in text(page)
    assert 'href="#choose"' in page


def test_what_matters_is_kept_in_every_address_of_the_page_but_that_of_the_sheet(site: Any, client: Client) -> None:
    kept = [address for address in links(get(client, f"{PAIR}&matters=focus")) if address.startswith("/compare/?")]
    assert kept
    assert [address for address in kept if "matters=focus" not in address] == []
    assert "matters" not in " ".join(
        address for address in links(get(client, f"{PAIR}&matters=focus")) if address.startswith("/compare/handout/")
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("age=12", "We did not understand “12” as an age."), ("matters=x", "“x” is none of the questions")],
)
def test_an_unknown_age_or_question_is_named(site: Any, client: Client, query: str, sentence: str) -> None:
    assert sentence in text(get(client, f"{PAIR}&{query}", 400))


def test_no_geometry_is_a_style(site: Any, client: Client) -> None:
    assert "style=" not in get(client, f"{PAIR}&age=adult")
