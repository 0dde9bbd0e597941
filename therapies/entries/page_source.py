"""/sources/<slug>/: one document, how current it is, and what rests on it."""

from django.http import HttpRequest, HttpResponse

from therapies.entries.redirects import elsewhere
from therapies.entries.source import source_page
from therapies.serving.render import page


def source(request: HttpRequest, slug: str) -> HttpResponse:
    shown = source_page(slug)
    if shown is None:
        return elsewhere(request, "sources", slug)
    return page(request, "therapies/entries/source.html", {"shown": shown, "source": shown.source})
