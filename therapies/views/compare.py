"""/compare/: two to four therapies side by side, question by question, or what could be compared."""

from django.http import HttpRequest, HttpResponse

from therapies import catalogue, comparing
from therapies.views.page import page


def compare(request: HttpRequest) -> HttpResponse:
    shown = comparing.compare(request.GET, catalogue.release())
    return page(request, "therapies/compare.html", {"shown": shown}, status=shown.status)
