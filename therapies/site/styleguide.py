"""Every component of the site, with real content (/styleguide/)."""

from django.http import HttpRequest, HttpResponse

from therapies.browse import cards
from therapies.domain.standing import Label, Standing
from therapies.models.therapy import Status
from therapies.serving import catalogue
from therapies.serving.render import page
from therapies.site import help_now

TO_BE_CHECKED = Standing(Label.RECOMMENDED, 1, 1, would_say=("NICE",))


def styleguide(request: HttpRequest) -> HttpResponse:
    shown = list(
        catalogue.therapies().order_by("name").exclude(status=Status.DISCOURAGED).values_list("pk", flat=True)[:2]
    )
    context = {
        "cards": cards.render(shown, chosen=[], standing={}),
        "standings": [*(Standing(label, 2, 3) for label in Label), TO_BE_CHECKED],
        "families": catalogue.families().order_by("name"),
        "country": next(iter(help_now.countries()), None),
        "directories": help_now.directories(),
    }
    return page(request, "therapies/site/styleguide.html", context)
