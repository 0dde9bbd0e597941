"""/guide/: a few optional questions, safety first. Answers live in the address alone; the page is never kept."""

from django.http import HttpRequest, HttpResponse

from therapies.guide import ranking
from therapies.serving import catalogue
from therapies.serving.render import page


def guide(request: HttpRequest) -> HttpResponse:
    shown = ranking.guided(request.GET, catalogue.release())
    response = page(request, "therapies/guide/guide.html", {"shown": shown}, status=shown.status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
