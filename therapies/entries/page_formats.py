"""/formats/: who takes part, how, where and with whom."""

from django.http import HttpRequest, HttpResponse

from therapies.entries import vocabulary
from therapies.serving.render import page


def formats(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/formats.html", {"kinds": vocabulary.formats_by_kind()})
