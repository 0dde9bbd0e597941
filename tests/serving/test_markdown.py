"""Texts of the catalogue as HTML: a little Markdown, named sources, and nothing that could harm."""

from collections.abc import Callable

import pytest

from tests import builders
from tests.conftest import Site
from therapies.models import Source
from therapies.serving import markdown

NEW = Source(slug="nice-2022", body_short="NICE", year="2022")
OLD = Source(slug="nice-2009", body_short="NICE", year="2009", status=Source.SUPERSEDED)
SOURCES = {source.slug: source for source in (NEW, OLD)}


def test_a_mark_becomes_a_link_that_names_body_and_year() -> None:
    html = markdown.html("It helps.[^nice-2022]", SOURCES)
    assert html == '<p>It helps. <a class="cite" href="/sources/nice-2022/">(NICE 2022)</a></p>\n'


def test_a_mark_of_a_document_that_was_replaced_says_so() -> None:
    assert "(NICE 2009, superseded)" in markdown.html("It helped. [^nice-2009]", SOURCES)


def test_a_mark_that_names_nothing_says_so() -> None:
    assert "(source not known)" in markdown.html("It helps.[^nobody-1999]", SOURCES)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "[x](http://plain.example/)", "![x](https://a/b)"]
)
def test_nothing_that_runs_or_fetches_gets_through(text: str) -> None:
    html = markdown.html(text, SOURCES)
    assert not any(part in html for part in ("<script", "<img", 'href="javascript', 'href="http:'))


def test_only_sources_that_texts_name_are_read(serve: Callable[..., Site]) -> None:
    serve(builders.catalogue(sources=[builders.source("one"), builders.source("two")]))
    assert set(markdown.cited(["As in [^one].", "", "Nothing."])) == {"one"}
    assert markdown.cited(["Nothing."]) == {}


def test_the_first_sentence_is_plain_text_without_marks() -> None:
    assert markdown.first_sentence("You *learn* to R&D.[^nice-2022] Then more.") == "You learn to R&D."
