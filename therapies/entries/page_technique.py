"""/techniques/<slug>/: one technique, an example, and the therapies that use it."""

from django.http import HttpRequest, HttpResponse

from therapies.entries import vocabulary
from therapies.entries.redirects import elsewhere
from therapies.serving.render import page


def technique(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary.technique_page(slug)
    if shown is None:
        return elsewhere(request, "techniques", slug)
    return page(request, "therapies/entries/technique.html", {"shown": shown, "technique": shown.technique})
