"""/sources/: every document of the catalogue, by body; filtered by words, kind and status."""

from django.http import HttpRequest, HttpResponse

from therapies.entries.source import source_list
from therapies.models import Source
from therapies.serving.render import page


def sources(request: HttpRequest) -> HttpResponse:
    listing = source_list(request.GET.dict())
    context = {"listing": listing, "kinds": Source.KINDS, "statuses": Source.STATUSES}
    response = page(request, "therapies/entries/sources.html", context, status=listing.http_status)
    if listing.query:
        response["Cache-Control"] = "private, no-store"  # what somebody typed is not kept
    return response
