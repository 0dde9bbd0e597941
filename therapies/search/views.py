"""The pages that answer what people type: /search/ with its suggestions, /offered/ for letters, /quick/ for clinicians.

What they type is private: it is not kept, and the answer may not be stored anywhere.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from therapies.handout.print import qr_code
from therapies.search import clinician, engine, letter_paper, letter_together, letters, results
from therapies.search.danger import Danger
from therapies.search.lexicon import of_release
from therapies.serving import catalogue, concerns
from therapies.serving.concerns import ConcernNames
from therapies.serving.query import OneOf, QueryForm, Words
from therapies.serving.render import mark, page, site_address
from therapies.site import help_now

PRIVATE = "private, no-store"


class TypedForm(QueryForm):
    """What somebody typed. A country in the address gives the help panel its numbers."""

    q = Words(longest=letters.MOST_CHARACTERS)
    country = help_now.OneCountry()

    @property
    def text(self) -> str:
        return str(self.value("q"))


class SearchForm(TypedForm):
    """`as` asks for what was typed as it is written, without spelling repair."""

    def __init__(self, query: QueryDict) -> None:
        message = "We did not understand “as={}”. Write as=written to search for exactly what you typed."
        super().__init__(query, {"as": OneOf({"written"}, message=message)})


class QuickForm(TypedForm):
    """Other pages name the concern by itself; here it stands in for what would be typed."""

    concern = ConcernNames()


def search(request: HttpRequest) -> HttpResponse:
    """The results as a page, or as JSON for a program that prefers it."""
    form = SearchForm(request.GET)
    answer = engine.search(form.text, as_written=bool(form.value("as")))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        found = results.as_json(answer) | ({"messages": form.messages()} if form.messages() else {})
        response: HttpResponse = JsonResponse(found, status=form.status, json_dumps_params={"ensure_ascii": False})
        response["Cache-Control"] = PRIVATE
    else:
        context = {
            "answer": answer,
            "query": answer.query,
            "groups": results.groups(answer),
            "meanings": [results.result(hit, ()) for hit in answer.meanings],
            "pair": answer.pair(),
        }
        template = "therapies/search/search.html"
        response = _private_page(request, template, form, context, answer.danger, spanish=answer.is_spanish)
    response["Vary"] = "Accept"
    return response


def suggest(request: HttpRequest) -> JsonResponse:
    """Names that go on from what has been typed so far, for the search box."""
    suggestions = of_release().suggest(TypedForm(request.GET).text[:100])
    rows = [results.suggestion(row) for row in suggestions]
    return JsonResponse({"suggestions": rows}, headers={"Cache-Control": PRIVATE})


def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which a browser can add this search to its own."""
    text = render_to_string("therapies/search/opensearch.xml", {"site": site_address(request)})
    response = HttpResponse(text, content_type="application/opensearchdescription+xml")
    mark(response, catalogue.release())
    return response


def offered(request: HttpRequest) -> HttpResponse:
    """What the words of a letter from a clinic mean."""
    form = TypedForm(request.GET)
    offer = letters.read(form.text)
    context = {"offer": offer, "paper": letter_paper.of(offer), "together": letter_together.of(offer)}
    return _private_page(request, "therapies/search/offered.html", form, context, offer.danger)


def quick(request: HttpRequest) -> HttpResponse:
    """The case card: one screen for a clinician that prints on a page, with a QR code of the concern in plain words."""
    form = QuickForm(request.GET)
    asked = concerns.read(form.value("concern") if not form.text else [])
    case = clinician.look_up(asked.concern.name if asked.concern else form.text)
    plain = f"{site_address(request)}{case.condition.get_absolute_url()}" if case.condition else ""
    context: dict[str, Any] = {
        "case": case,
        "plain_address": plain,
        "qr": qr_code(plain) if plain else "",
        "problems": asked.problems(lambda meant: f"{reverse('quick')}?for={meant}"),
        "messages": asked.messages,
    }
    return _private_page(request, "therapies/search/quick.html", form, context, case.found.danger)


def _private_page(
    request: HttpRequest,
    template: str,
    form: TypedForm,
    context: dict[str, Any],
    danger: Danger,
    *,
    spanish: bool = False,
) -> HttpResponse:
    """The page, with the help panel above it where the text signals danger."""
    kinds = (*danger.kinds, *help_now.poisoning(form.text))
    panel = help_now.panel(form.value("country"), kinds, spanish=spanish) if danger else None
    context |= {"messages": [*form.messages(), *context.get("messages", [])], "help": panel}
    understood = not context["messages"] and not context.get("problems")
    response = page(request, template, context, status=200 if understood else 400)
    response["Cache-Control"] = PRIVATE
    return response
