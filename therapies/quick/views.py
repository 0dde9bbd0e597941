"""The page of /quick/: a clinician's line. It is not kept, and the answer may not be stored anywhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from therapies.handout.print import qr_code
from therapies.quick import screen
from therapies.search.typed import TypedForm, private_page
from therapies.serving import concerns
from therapies.serving.concerns import ConcernNames
from therapies.serving.render import site_address


class QuickForm(TypedForm):
    """Other pages name the concern by itself; here it stands in for what would be typed."""

    concern = ConcernNames()


def quick(request: HttpRequest) -> HttpResponse:
    """The case card: one screen for a clinician that prints on a page, with a QR code of the concern in plain words."""
    form = QuickForm(request.GET)
    asked = concerns.read(form.value("concern") if not form.text else [])
    case = screen.look_up(asked.concern.name if asked.concern else form.text)
    age = f"?age={case.card.age}" if case.card else ""
    plain = f"{site_address(request)}{case.condition.get_absolute_url()}{age}" if case.condition else ""
    context: dict[str, Any] = {
        "case": case,
        "plain_address": plain,
        "qr": qr_code(plain) if plain else "",
        "problems": asked.problems(lambda meant: f"{reverse('quick')}?for={meant}"),
        "messages": asked.messages,
    }
    return private_page(request, "therapies/quick/quick.html", form, context, case.found.danger)
