"""/families/<slug>/: one family of therapies."""

from django.http import HttpRequest, HttpResponse

from therapies import vocabulary_pages
from therapies.views.elsewhere import elsewhere
from therapies.views.page import page


def family(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary_pages.family_page(slug)
    if shown is None:
        return elsewhere(request, "families", slug)
    return page(request, "therapies/family.html", {"shown": shown, "family": shown.family})
