"""/formats/<slug>/: one way in which therapy is given, and the therapies given so."""

from django.http import HttpRequest, HttpResponse

from therapies import vocabulary_pages
from therapies.views.elsewhere import elsewhere
from therapies.views.page import page


def one_format(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary_pages.format_page(slug)
    if shown is None:
        return elsewhere(request, "formats", slug)
    return page(request, "therapies/format.html", {"shown": shown, "format": shown.format})
