"""The questions that come with the code: every one leads to a page that answers it, in words that anybody reads."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.conftest import Site
from tests.pages import html
from therapies.models.vocabulary import WARNED_AGAINST
from therapies.releases.bundle import Bundle
from therapies.rules import release

LEAST_PHRASES = 15


def test_every_question_leads_to_a_page_that_understands_the_whole_address(site: Site, client: Client) -> None:
    for row in site.content["search_intents"]:
        answer = client.get(row["leads_to"])
        assert answer.status_code == 200, row["slug"]
        assert 'role="alert"' not in html(answer), row["slug"]
        if answer.resolver_match.url_name == "therapies":
            assert answer.context["listing"].total > 0, f"{row['slug']} leads to an empty list"


def test_the_rule_finds_no_fault_and_no_page_twice(shipped: Bundle) -> None:
    assert [str(problem) for problem in release.questions_without_answer(shipped)] == []
    assert [str(problem) for problem in release.shared_answers(shipped)] == []


def test_no_question_but_one_leads_to_what_is_warned_against(shipped: Bundle) -> None:
    warned = {row["slug"] for row in shipped["therapies"] if row["status"] == "discouraged"} | {WARNED_AGAINST}
    leading = {row["slug"] for row in shipped["search_intents"] if any(slug in row["leads_to"] for slug in warned)}
    assert leading == {WARNED_AGAINST}


@pytest.mark.parametrize("kind", ["search_intents", "topics"])
def test_every_question_and_learn_page_has_words_that_people_type(shipped: Bundle, kind: str) -> None:
    assert [row["slug"] for row in shipped[kind] if len(row["phrases"]) < LEAST_PHRASES] == []


def test_no_phrase_belongs_to_two_pages(shipped: Bundle) -> None:
    rows = [*shipped["search_intents"], *shipped["topics"]]
    phrases = Counter(phrase.casefold() for row in rows for phrase in row["phrases"])
    assert [phrase for phrase, count in phrases.items() if count > 1] == []


def test_titles_differ_and_promise_nothing(shipped: Bundle) -> None:
    rows = [*shipped["search_intents"], *shipped["topics"]]
    assert [title for title, count in Counter(row["title"] for row in rows).items() if count > 1] == []
    texts = [f"{row['title']} {row['line']}" for row in shipped["search_intents"]]
    assert [text for text in texts if {"best", "cure", "proven"} & set(text.lower().split())] == []


def test_an_address_names_a_page_of_this_site(shipped: Bundle) -> None:
    parts = [urlsplit(row["leads_to"]) for row in shipped["search_intents"]]
    assert all(part.path.startswith("/") and not part.netloc and not part.fragment for part in parts)
