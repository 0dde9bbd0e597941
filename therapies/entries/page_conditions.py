"""/conditions/: every condition by its everyday name, in groups."""

from django.http import HttpRequest, HttpResponse

from therapies.entries.condition import groups
from therapies.serving.render import page


def conditions(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/conditions.html", {"groups": groups()})
