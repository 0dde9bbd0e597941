"""An entry as search shows it: its address, and the heading that it stands under."""

from collections.abc import Callable

from tests.builders import catalogue
from tests.conftest import Site
from therapies.letters import terms
from therapies.search import ranking
from therapies.search.hits import FOUND_AS
from therapies.search.lexicon import of_release
from therapies.serving import catalogue as installed

TOPIC = {
    "slug": "cost", "title": "What therapy costs", "main_message": "It costs.", "body": "", "phrases": ["too dear"],
}  # fmt: skip
QUESTION = {
    "slug": "short", "title": "Therapies in a few sessions", "line": "A list, the shortest first.",
    "leads_to": "/therapies/?sort=sessions", "phrases": ["quick fix please"],
}  # fmt: skip


def test_a_question_leads_to_the_page_that_answers_it_and_stands_with_the_learn_pages(
    serve: Callable[..., Site],
) -> None:
    serve(catalogue(topics=[TOPIC], search_intents=[QUESTION]))
    cards = {card.kind: card for card in of_release().cards.values()}
    assert (cards["question"].name, cards["question"].line) == (QUESTION["title"], QUESTION["line"])
    assert cards["question"].url == QUESTION["leads_to"]
    assert cards["topic"].url == "/learn/cost/"
    assert cards["question"].heading == cards["topic"].heading == "Questions"


def test_what_people_type_is_no_name_and_its_words_are_known(serve: Callable[..., Site]) -> None:
    serve(catalogue(topics=[TOPIC], search_intents=[QUESTION]))
    names = {text for (text,) in installed.rows("SELECT text FROM search_name")}
    assert {TOPIC["title"], QUESTION["title"]} <= names
    assert not {*TOPIC["phrases"], *QUESTION["phrases"]} & names
    assert of_release().words["dear"] == (2, 1)


def test_a_question_is_suggested_by_its_title(serve: Callable[..., Site]) -> None:
    serve(catalogue(search_intents=[QUESTION]))
    (suggested,) = of_release().suggest("therapies in a")
    assert suggested.card.url == QUESTION["leads_to"]


def test_search_and_letters_have_decided_on_every_kind_that_is_found() -> None:
    """A new kind has to be weighed (make search-calibrate), and letters may mean it or not."""
    assert set(FOUND_AS) - set(ranking.KINDS) == {"look-alike"}  # a warning, which is found by its names alone
    assert set(FOUND_AS) - set(terms.KINDS) == {"topic", "question", "family"}  # no letter offers one
    assert {*ranking.KINDS, *terms.KINDS} <= set(FOUND_AS)
