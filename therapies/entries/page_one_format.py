"""/formats/<slug>/: one way in which therapy is given, and the therapies given so."""

from django.http import HttpRequest, HttpResponse

from therapies.entries import vocabulary
from therapies.entries.redirects import elsewhere
from therapies.serving.render import page


def one_format(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary.format_page(slug)
    if shown is None:
        return elsewhere(request, "formats", slug)
    return page(request, "therapies/entries/format.html", {"shown": shown, "format": shown.format})
