"""/compare/: two to four therapies side by side, question by question, or what could be compared."""

from django.http import HttpRequest, HttpResponse

from therapies.compare import query
from therapies.serving import catalogue
from therapies.serving.render import page


def compare(request: HttpRequest) -> HttpResponse:
    shown = query.compare(request.GET, catalogue.release())
    return page(request, "therapies/compare/compare.html", {"shown": shown}, status=shown.status)
