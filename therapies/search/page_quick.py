"""The page /quick/: one screen for a clinician, printable, with a code that leads to the same in plain words."""

from django.http import HttpRequest, HttpResponse

from therapies.handout import print
from therapies.search import clinician
from therapies.serving.render import page, site_address
from therapies.site import help_now


def look_up(request: HttpRequest) -> HttpResponse:
    shown = clinician.look_up(request.GET.get("q", ""))
    plain = f"{site_address(request)}{shown.condition.get_absolute_url()}" if shown.condition else ""
    country = help_now.first_country() if shown.found.danger else None
    context = {
        "shown": shown,
        "plain_address": plain,
        "qr": print.qr_code(plain) if plain else "",
        "help": country,
        "help_lines": help_now.first_lines(country, shown.found.danger.kinds) if country else [],
    }
    answer = page(request, "therapies/search/quick.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
