"""`{{ text|words:cited }}`: a text of the catalogue as HTML, with its sources named and linked."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from therapies.models import Source
from therapies.serving import markdown as wording

register = template.Library()


@register.filter
def words(text: str, sources: Mapping[str, Source]) -> SafeString:
    return wording.html(text, sources or {})
