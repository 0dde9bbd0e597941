"""The list of therapies (/therapies/), its facets with live counts, and the choice of what to compare."""

from django.http import HttpRequest, HttpResponse

from therapies.browse.listing import listing
from therapies.serving.render import page


def browse(request: HttpRequest) -> HttpResponse:
    shown = listing(request.GET)
    return page(request, "therapies/browse/browse.html", {"listing": shown}, status=shown.status)
