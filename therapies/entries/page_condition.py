"""/conditions/<slug>/: one condition, and what helps with it for the ages asked for."""

from django.http import HttpRequest, HttpResponse

from therapies.entries.condition import condition_page
from therapies.entries.redirects import elsewhere
from therapies.serving.render import page


def condition(request: HttpRequest, slug: str) -> HttpResponse:
    shown = condition_page(slug, request.GET.get("age", ""))
    if shown is None:
        return elsewhere(request, "conditions", slug)
    context = {"shown": shown, "condition": shown.condition}
    return page(request, "therapies/entries/condition.html", context, status=shown.status)
