"""/families/: the family tree of therapies, what grew out of what."""

from django.http import HttpRequest, HttpResponse

from therapies import tree
from therapies.views.page import page


def families(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/families.html", {"branches": tree.branches()})
