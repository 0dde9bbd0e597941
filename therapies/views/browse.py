"""/therapies/: the list, its facets with live counts, and the choice of what to compare."""

from django.http import HttpRequest, HttpResponse

from therapies import browsing, catalogue
from therapies.views.page import page


def browse(request: HttpRequest) -> HttpResponse:
    listing = browsing.listing(request.GET, catalogue.release())
    return page(request, "therapies/browse.html", {"listing": listing}, status=listing.status)
