"""/techniques/: every technique, by letter."""

from django.http import HttpRequest, HttpResponse

from therapies import vocabulary_pages
from therapies.views.page import page


def techniques(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/techniques.html", {"letters": vocabulary_pages.techniques_by_letter()})
