"""The page /offered/: what the words of a letter mean. The text is not kept, the answer may not be stored."""

from django.http import HttpRequest, HttpResponse

from therapies.search import letters
from therapies.serving.render import page
from therapies.site import help_now


def letter(request: HttpRequest) -> HttpResponse:
    offer = letters.read(request.GET.get("q", ""))
    country = help_now.first_country() if offer.danger else None
    context = {
        "offer": offer,
        "help": country,
        "help_lines": help_now.first_lines(country, offer.danger.kinds) if country else [],
    }
    answer = page(request, "therapies/search/offered.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
