"""A few optional questions, safety first (/guide/). Answers live in the address alone; the page is never kept."""

from django.http import HttpRequest, HttpResponse

from therapies.guide.ranking import guided
from therapies.serving.render import page


def guide(request: HttpRequest) -> HttpResponse:
    shown = guided(request.GET)
    response = page(request, "therapies/guide/guide.html", {"guided": shown}, status=shown.status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
