"""/guide/: a few optional questions, safety first. Answers live in the address alone; the page is never kept."""

from django.http import HttpRequest, HttpResponse

from therapies import catalogue, guiding
from therapies.views.page import page


def guide(request: HttpRequest) -> HttpResponse:
    shown = guiding.guided(request.GET, catalogue.release())
    response = page(request, "therapies/guide.html", {"shown": shown}, status=shown.status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
