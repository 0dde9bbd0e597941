"""/therapies/<slug>/: one therapy, with its answers to the twenty questions."""

from django.http import HttpRequest, HttpResponse

from therapies.entries.redirects import elsewhere
from therapies.entries.therapy import therapy_page
from therapies.serving.render import page


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    shown = therapy_page(slug)
    if shown is None:
        return elsewhere(request, "therapies", slug)
    template = "warning" if shown.therapy.is_discouraged else "therapy"
    return page(request, f"therapies/entries/{template}.html", {"shown": shown, "therapy": shown.therapy})
