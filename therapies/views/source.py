"""/sources/<slug>/: one document, how current it is, and what rests on it."""

from django.http import HttpRequest, HttpResponse

from therapies.source_pages import source_page
from therapies.views.elsewhere import elsewhere
from therapies.views.page import page


def source(request: HttpRequest, slug: str) -> HttpResponse:
    shown = source_page(slug)
    if shown is None:
        return elsewhere(request, "sources", slug)
    return page(request, "therapies/source.html", {"shown": shown, "source": shown.source})
