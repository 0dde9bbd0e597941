"""The helpers that read pages for other tests."""

from django.http import HttpResponse

from tests.pages import html, links, text

PAGE = HttpResponse(
    """
<main class="a">
<p>
One <strong>bold</strong>, &amp; <a
href="/x/?a=1&amp;b=2">a link</a>.
</p>
<p>Two</p>
</main>
<script>three()</script>
"""
)


def test_line_breaks_between_blocks_are_no_part_of_a_page_and_those_between_words_are_spaces() -> None:
    one = '<p>One <strong>bold</strong>, &amp; <a href="/x/?a=1&amp;b=2">a link</a>.</p>'
    assert html(PAGE) == f'<main class="a">{one}<p>Two</p></main><script>three()</script>'


def test_words_have_no_tags_and_blocks_part_them() -> None:
    assert text(PAGE) == "One bold, & a link. Two"


def test_links_are_addresses_as_a_browser_sends_them() -> None:
    assert links(html(PAGE)) == ["/x/?a=1&b=2"]
