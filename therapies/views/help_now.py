"""/help-now/: the emergency number and crisis lines, by country."""

from django.http import HttpRequest, HttpResponse

from therapies import helplines
from therapies.views.page import page


def help_now(request: HttpRequest) -> HttpResponse:
    context = {"countries": helplines.countries(), "directories": helplines.directories()}
    return page(request, "therapies/help_now.html", context)
