"""/offered/: what the words of a letter mean. The text is not kept, the answer may not be stored."""

from django.http import HttpRequest, HttpResponse

from therapies import helplines, offered
from therapies.views.page import page


def letter(request: HttpRequest) -> HttpResponse:
    offer = offered.read(request.GET.get("q", ""))
    country = helplines.first_country() if offer.danger else None
    context = {
        "offer": offer,
        "help": country,
        "help_lines": helplines.first_lines(country, offer.danger.kinds) if country else [],
    }
    answer = page(request, "therapies/offered.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
