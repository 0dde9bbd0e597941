"""/techniques/: every technique, by letter."""

from django.http import HttpRequest, HttpResponse

from therapies.entries import vocabulary
from therapies.serving.render import page


def techniques(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/techniques.html", {"letters": vocabulary.techniques_by_letter()})
