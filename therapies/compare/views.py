"""Two to four therapies side by side, question by question (/compare/), or what could be compared."""

from django.http import HttpRequest, HttpResponse

from therapies.compare import query
from therapies.serving.render import page


def compare(request: HttpRequest) -> HttpResponse:
    comparison = query.compare(request.GET)
    return page(request, "therapies/compare/compare.html", {"comparison": comparison}, status=comparison.status)
