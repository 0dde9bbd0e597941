"""/quick/: one screen for a clinician, printable on a page, with a code that leads to the same in plain words."""

from django.http import HttpRequest, HttpResponse

from therapies import helplines, paper, quick
from therapies.views.page import page, site_address


def look_up(request: HttpRequest) -> HttpResponse:
    shown = quick.look_up(request.GET.get("q", ""))
    plain = f"{site_address(request)}{shown.condition.get_absolute_url()}" if shown.condition else ""
    country = helplines.first_country() if shown.found.danger else None
    context = {
        "shown": shown,
        "plain_address": plain,
        "qr": paper.qr_code(plain) if plain else "",
        "help": country,
        "help_lines": helplines.first_lines(country, shown.found.danger.kinds) if country else [],
    }
    answer = page(request, "therapies/quick.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
