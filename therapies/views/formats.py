"""/formats/: who takes part, how, where and with whom."""

from django.http import HttpRequest, HttpResponse

from therapies import vocabulary_pages
from therapies.views.page import page


def formats(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/formats.html", {"kinds": vocabulary_pages.formats_by_kind()})
