"""/learn/: the list of topics, a topic, and the words decoded."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.releases.bundle import Bundle


def test_the_list_leads_to_every_topic(site: Any, client: Client) -> None:
    page = get(client, "/learn/")
    assert page.count('class="tile" href="/learn/') == len(site.content["topics"]) - 3
    assert 'href="/learn/questions-to-ask/"' in page


def test_how_we_work_is_linked_to_the_pages_about_the_site(site: Any, client: Client) -> None:
    page = get(client, "/learn/")
    assert '<a href="/about/evidence/">' in page.partition("How we work")[2]
    assert client.get("/learn/disclaimer/").headers["Location"] == "/about/"


def test_a_topic_says_the_main_thing_first_and_what_you_can_do_last(site: Any, client: Client) -> None:
    page = get(client, "/learn/how-well-it-works/")
    places = [page.index(part) for part in ('class="lede"', "<h2>How to read", "What you can do", 'id="sources"')]
    assert places == sorted(places)


def test_every_topic_opens(site: Any, client: Client) -> None:
    for topic in site.content["topics"]:
        assert client.get(f"/learn/{topic['slug']}/").status_code in {200, 301}


def test_sources_are_named_with_their_dates(serve: Any, client: Client) -> None:
    topic = {
        "slug": "how-it-works",
        "title": "How it works",
        "main_message": "It works.",
        "body": "It is known to work.[^guideline-2020]",
    }
    serve(builders.catalogue(topics=[topic]))
    page = get(client, "/learn/how-it-works/")
    assert '<a class="cite" href="/sources/guideline-2020/">(National Body 2020)</a>' in page
    assert "National Body 2020: Guideline" in text(page)
    assert links(page).count("/sources/guideline-2020/") == 2


def test_words_decoded_lists_every_term_by_letter(site: Any, client: Client) -> None:
    page = get(client, "/learn/words-decoded/")
    assert page.count("<dt>") == len(site.content["glossary_terms"])
    assert 'href="#letter-A"' in page


def test_a_topic_that_is_not_there_is_not_found(site: Any, client: Client) -> None:
    assert client.get("/learn/nothing-of-the-kind/").status_code == 404


def test_topics_ask_the_release_a_bounded_number_of_times(site: Any, client: Client, most_queries: Any) -> None:
    with most_queries(7):
        client.get("/learn/words-decoded/")
    with most_queries(3):
        client.get("/learn/")


def test_the_pages_about_this_site_say_on_which_day_a_text_was_reviewed(
    serve: Callable[..., Site], shipped: Bundle, client: Client
) -> None:
    signed = {"reviewed_on": "2026-11-20", "review_due": "2028-11-20", "related": [], "sources": []}
    rows = [row | signed for row in shipped["topics"] if row["slug"] in ("editorial-policy", "disclaimer")]
    serve(builders.catalogue(topics=rows))
    page = text(get(client, "/about/"))
    assert page.count("Reviewed by a clinician on November 20, 2026.") == len(rows) == 2
    assert "Not yet clinically reviewed." not in page
