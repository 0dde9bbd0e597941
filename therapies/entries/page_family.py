"""/families/<slug>/: one family of therapies."""

from django.http import HttpRequest, HttpResponse

from therapies.entries import vocabulary
from therapies.entries.redirects import elsewhere
from therapies.serving.render import page


def family(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary.family_page(slug)
    if shown is None:
        return elsewhere(request, "families", slug)
    return page(request, "therapies/entries/family.html", {"shown": shown, "family": shown.family})
