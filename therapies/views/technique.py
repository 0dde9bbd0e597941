"""/techniques/<slug>/: one technique, an example, and the therapies that use it."""

from django.http import HttpRequest, HttpResponse

from therapies import vocabulary_pages
from therapies.views.elsewhere import elsewhere
from therapies.views.page import page


def technique(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary_pages.technique_page(slug)
    if shown is None:
        return elsewhere(request, "techniques", slug)
    return page(request, "therapies/technique.html", {"shown": shown, "technique": shown.technique})
