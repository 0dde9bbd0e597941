"""The concern of an address: one reader for every page, whichever of its two names is used."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tests import builders
from tests.pages import get, links, text
from therapies.serving import concerns
from therapies.serving.concerns import AskedConcern, ConcernNames
from therapies.serving.query import QueryForm

PAIR = "t=cognitive-behavioral-therapy&t=acceptance-and-commitment-therapy"
CBT = "/therapies/cognitive-behavioral-therapy/handout/"
ONE_CONCERN = [
    "/guide/?with=one",
    f"/compare/?{PAIR}",
    f"/compare/handout/?{PAIR}",
    f"{CBT}?",
    "/evidence/?therapy=cbt",
]


class ConcernAlone(QueryForm):
    concern = ConcernNames()


def read(query: str) -> AskedConcern:
    return concerns.read(ConcernAlone(QueryDict(query)).value("concern"))


@pytest.mark.parametrize(
    "query",
    [
        "for=worry",
        "condition=worry",
        "condition=Worrying",
        "for=worry&condition=Worrying&for=worry",
        "for=&condition=worry",
    ],
)
def test_both_names_and_every_spelling_mean_the_same(serve: Any, query: str) -> None:
    serve(builders.catalogue(conditions=[builders.condition(aliases=["Worrying"])]))
    asked = read(query)
    assert (asked.slug, asked.messages, asked.unclear) == ("worry", [], [])


def test_nothing_asked_is_no_concern_and_nothing_to_say(serve: Any) -> None:
    serve(builders.catalogue())
    assert read("for=&concern=worry") == AskedConcern()


def test_the_first_that_is_understood_is_used_and_the_others_are_named(serve: Any) -> None:
    serve(builders.catalogue(conditions=[builders.condition(slug) for slug in ("panic", "sleep", "worry")]))
    asked = read("condition=panic&for=xyzzy&for=sleep&condition=worry")
    assert asked.slug == "sleep"
    assert asked.messages == ["Only the first of the concerns is used: Sleep. Left out: Panic, Worry."]
    assert [name.written for name in asked.unclear] == ["xyzzy"]


def test_what_is_not_understood_comes_with_what_it_may_mean(serve: Any) -> None:
    panic, distress = (builders.condition(slug, abbreviations=["PD"]) for slug in ("panic", "personal-distress"))
    serve(builders.catalogue(conditions=[panic, distress]))
    both, near, none = read("for=pd&for=pannic&for=0").problems(lambda slug: f"/{slug}/")
    assert both.ambiguous
    assert {link.url for link in both.meanings} == {"/panic/", "/personal-distress/"}
    assert ([link.name for link in near.meanings], near.ambiguous) == (["Panic"], False)
    assert list(none.meanings) == []


def test_however_many_are_written_all_are_named_and_few_are_looked_up(site: Any, most_queries: Any) -> None:
    concerns.every()
    with most_queries(10):
        problems = read("&".join(f"for=depresion-{number}" for number in range(120))).problems(str)
    assert len(problems) == 120


# ── On every page that is about one concern ──


@pytest.mark.parametrize("address", ONE_CONCERN)
def test_a_page_reads_either_name(site: Any, client: Client, address: str) -> None:
    assert text(get(client, f"{address}&condition=GAD")) == text(get(client, f"{address}&for=GAD"))


@pytest.mark.parametrize("address", ONE_CONCERN)
def test_a_page_says_which_concern_it_left_out(site: Any, client: Client, address: str) -> None:
    page = get(client, f"{address}&for=ptsd&condition=depression", 400)
    assert "Only the first of the concerns is used: PTSD" in text(page)
    assert "Left out: Depression" in text(page)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/guide/?with=one", "/guide/?safe=yes&for=depression&with=one"),
        (f"/compare/?{PAIR}", f"/compare/?{PAIR}&for=depression"),
        (f"/compare/handout/?{PAIR}", f"/compare/?{PAIR}&for=depression"),
        (f"{CBT}?size=large", f"{CBT}?for=depression&size=large"),
        (f"{CBT.removesuffix('/')}.pdf?ink=black", f"{CBT}?for=depression&ink=black"),
        ("/evidence/?therapy=cbt", "/evidence/?therapy=cognitive-behavioral-therapy&condition=depression"),
    ],
)
@pytest.mark.parametrize("name", concerns.NAMES)
def test_a_page_links_to_what_may_be_meant(site: Any, client: Client, address: str, meant: str, name: str) -> None:
    page = get(client, f"{address}&{name}=depresion", 400)
    assert "We did not understand “depresion” (what you want help with). Did you mean" in text(page)
    assert meant in links(page)


def test_the_list_of_therapies_reads_either_name_too(site: Any, client: Client) -> None:
    both = get(client, "/therapies/?condition=depression&condition=ptsd")
    assert get(client, "/therapies/?for=depression&condition=ptsd") == both
    assert "“xyzzy”" in text(get(client, "/therapies/?for=xyzzy", 400))
