"""/help-now/: the emergency number and crisis lines, by country."""

from django.http import HttpRequest, HttpResponse

from therapies.serving.render import page
from therapies.site import help_now as helplines


def help_now(request: HttpRequest) -> HttpResponse:
    context = {"countries": helplines.countries(), "directories": helplines.directories()}
    return page(request, "therapies/site/help_now.html", context)
