"""/therapies/<slug>/: one therapy, with its answers to the twenty questions."""

from django.http import HttpRequest, HttpResponse

from therapies.therapy_page import therapy_page
from therapies.views.elsewhere import elsewhere
from therapies.views.page import page


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    shown = therapy_page(slug)
    if shown is None:
        return elsewhere(request, "therapies", slug)
    template = "warning" if shown.therapy.is_discouraged else "therapy"
    return page(request, f"therapies/{template}.html", {"shown": shown, "therapy": shown.therapy})
