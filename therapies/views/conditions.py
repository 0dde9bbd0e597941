"""/conditions/: every condition by its everyday name, in groups."""

from django.http import HttpRequest, HttpResponse

from therapies.condition_page import groups
from therapies.views.page import page


def conditions(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/conditions.html", {"groups": groups()})
