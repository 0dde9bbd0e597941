"""Texts of the catalogue to safe HTML: a little Markdown, and marks such as [^nice-cg113] as named, dated sources."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import unescape

import nh3
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from therapies.models import Source
from therapies.serving import catalogue
from therapies.serving.outlines import small_part

CITE = "therapies/components/_cite.html"
CITATION = re.compile(r"\s*\[\^([a-z0-9-]+)\]")
LEANING = r"(?:It|They|This|That|These|Those|The same|So|Then|If so|Both|Do so)\b"
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(
    ["table", "replacements", "smartquotes"]
)
_cleaner = nh3.Cleaner(
    tags={"p", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "table", "thead", "tbody", "tr", "th", "td", "br"},
    attributes={"a": {"href"}},
    url_schemes={"https", "tel"},
    link_rel=None,
)


def cited(texts: Iterable[str]) -> dict[str, Source]:
    """The sources that these texts name, by slug; one query, or none where they name none."""
    slugs = {slug for text in texts for slug in CITATION.findall(text or "")}
    return {source.slug: source for source in catalogue.sources().filter(slug__in=slugs)} if slugs else {}


def html(text: str, sources: Mapping[str, Source]) -> SafeString:
    """The text as HTML; each citation mark is a link to its source that names body and year."""
    return mark_safe(CITATION.sub(lambda match: _mark(match.group(1), sources), _clean(text)))


@lru_cache(maxsize=4_000)
def _clean(text: str) -> str:
    return _cleaner.clean(_markdown.render(text))


def first_sentence(text: str) -> str:
    """The first sentence as plain text, without citation marks, for a list that leads to the whole."""
    plain = strip_tags(_clean(CITATION.sub("", text))).strip()
    return unescape(re.split(r"(?<=[.?!])\s", plain, maxsplit=1)[0])


def sentences(text: str) -> list[SafeString]:
    """Each sentence as HTML with its links, without paragraphs and citation marks, for a list of short lines.

    One that leans on the sentence before it, such as “These can be signs of…”, stays with it.
    """
    lines = re.split(rf"(?<=[.?!])\s+(?=[A-Z\[])(?!{LEANING})", CITATION.sub("", text).strip())
    return [mark_safe(re.sub(r"</?p>", "", _clean(line)).strip()) for line in lines if line]


def _mark(slug: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(slug)
    if source is None:
        return f" {small_part(CITE) % {}}"
    old = f", {source.out_of_force}" if source.out_of_force else ""
    parts = {"address": source.get_absolute_url(), "label": escape(f"{source.cited_as}{old}")}
    return f" {small_part(CITE, 'address', 'label') % parts}"
