"""/styleguide/: every component of the site, with real content."""

from django.http import HttpRequest, HttpResponse

from therapies import cards, catalogue, helplines
from therapies.models.therapy import Status
from therapies.standing import Label, Standing
from therapies.views.page import page


def styleguide(request: HttpRequest) -> HttpResponse:
    release = catalogue.release()
    shown = list(
        catalogue.therapies().order_by("name").exclude(status=Status.DISCOURAGED).values_list("pk", flat=True)[:2]
    )
    context = {
        "cards": cards.render(release.number, shown, chosen=[], standing={}),
        "standings": [Standing(label, 2, 3) for label in Label],
        "families": catalogue.families().order_by("name"),
        "country": helplines.first_country(),
    }
    return page(request, "therapies/styleguide.html", context)
