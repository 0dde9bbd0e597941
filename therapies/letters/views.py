"""The page of /offered/: the words of a letter from a clinic. They are not kept, and the answer may not be stored."""

from django.http import HttpRequest, HttpResponse

from therapies.letters import joined, marked, reading
from therapies.search.typed import TypedForm, private_page


def offered(request: HttpRequest) -> HttpResponse:
    """What the words of a letter from a clinic mean."""
    form = TypedForm(request.GET)
    offer = reading.read(form.text)
    context = {"offer": offer, "paper": marked.of(offer), "together": joined.of(offer)}
    return private_page(request, "therapies/letters/offered.html", form, context, offer.danger)
