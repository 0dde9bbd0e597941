"""`{{ text|markdown:cited }}`: a text of the catalogue as HTML, with its sources named and linked."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from therapies.models import Source
from therapies.serving import markdown

register = template.Library()


@register.filter(name="markdown")
def as_html(text: str, sources: Mapping[str, Source]) -> SafeString:
    return markdown.html(text, sources or {})


@register.filter
def first_sentence(text: str) -> str:
    return markdown.first_sentence(text)
