"""/therapies/: the list, its facets with live counts, and the choice of what to compare."""

from django.http import HttpRequest, HttpResponse

from therapies.browse import listing as browsing
from therapies.serving import catalogue
from therapies.serving.render import page


def browse(request: HttpRequest) -> HttpResponse:
    listing = browsing.listing(request.GET, catalogue.release())
    return page(request, "therapies/browse/browse.html", {"listing": listing}, status=listing.status)
