"""/about/numbers/: how pooled numbers are made, in plain words, and the data behind them."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, text
from therapies.rules import readability


def numbers(client: Client) -> str:
    return text(client.get("/about/numbers/"))


def test_the_methods_page_says_what_these_numbers_mean_and_what_they_cannot_tell(site: Site, client: Client) -> None:
    words = numbers(client)
    for part in (
        "at least half of the symptoms are gone",  # what responders means
        "Usual care is not the same as no help",
        "Why the numbers differ between concerns",
        "Trials are not your clinic",
        "Most trials compare with one",  # a waiting list
        "Trials that find little are published less often",
        "Some people are seldom in trials",
        "fewer than 3 trials we give no number",
        "no clear difference",
        "They cannot tell you how you will do",
    ):
        assert part in words, part


def test_the_methods_page_reads_at_grade_eight_or_less(site: Site, client: Client) -> None:
    page = get(client, "/about/numbers/").partition("<main")[2].partition("</main>")[0]
    paragraphs = [re.sub(r"<[^>]+>", " ", part) for part in re.findall(r"<(?:p|li)\b.*?</(?:p|li)>", page, re.DOTALL)]
    names = readability.Names(frozenset())
    assert len(paragraphs) > 20
    long = [part for part in paragraphs if len(readability.words(part)) > 15]
    assert [part for part in long if readability.grade(part, names) > readability.MAX_GRADE] == []
    assert [part for part in paragraphs if readability.words_to_avoid(part)] == []


def test_the_methods_page_names_the_data_and_until_when_it_was_looked_for(
    serve: Callable[..., Site], client: Client, most_queries: Callable[[int], Any]
) -> None:
    rows = [builders.pooled_effect(), builders.pooled_effect("in-general", therapy=None)]
    serve(builders.catalogue(therapies=[builders.therapy()], pooled_effects=rows))
    with most_queries(4):
        words = numbers(client)
    assert "2 pooled results of 1 pairs of a therapy and a concern, over 1 concerns" in words
    assert "Guideline: trials up to January 2024" in words
