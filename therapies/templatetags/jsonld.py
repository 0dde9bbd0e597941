"""`{% structured entry site release %}`: what the page is about, as a block of data that no browser runs."""

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from therapies.entries import jsonld
from therapies.models import Condition, Therapy
from therapies.serving import catalogue

register = template.Library()


@register.simple_tag(name="structured")
def structured_data(entry: Therapy | Condition, site: str, release: catalogue.InstalledRelease) -> SafeString:
    if isinstance(entry, Therapy):
        data = jsonld.therapy(entry, site=site, published_on=release.published_on)
    else:
        used = catalogue.therapies().filter(commonly_used_for=entry).only("slug", "name", "status").order_by("name")
        data = jsonld.condition(entry, used, site=site, published_on=release.published_on)
    escaped = json_script(data, encoder=DjangoJSONEncoder)
    return mark_safe(escaped.replace('type="application/json"', 'type="application/ld+json"', 1))
