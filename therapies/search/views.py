"""The page of /search/ with its suggestions, and the description by which a browser adds it.

What people type is private: it is not kept, and the answer may not be stored anywhere.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string

from therapies.search import engine, results
from therapies.search.lexicon import of_release
from therapies.search.typed import PRIVATE, TypedForm, private_page
from therapies.serving import catalogue
from therapies.serving.query import OneOf
from therapies.serving.render import mark, site_address


class SearchForm(TypedForm):
    """`as` asks for what was typed as it is written, without spelling repair."""

    def __init__(self, query: QueryDict) -> None:
        message = "We did not understand “as={}”. Write as=written to search for exactly what you typed."
        super().__init__(query, {"as": OneOf({"written"}, message=message)})


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
        response = private_page(request, template, form, context, answer.danger, spanish=answer.is_spanish)
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
