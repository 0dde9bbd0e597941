"""The pages /search/ for people and programs, /search/suggest.json for typing, and /opensearch.xml for browsers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from therapies.search import results
from therapies.search.engine import Found
from therapies.search.engine import search as search_catalogue
from therapies.search.lexicon import of_release
from therapies.serving import catalogue
from therapies.serving.render import mark, page, site_address
from therapies.site import help_now

PRIVATE = "private, no-store"


def search(request: HttpRequest) -> HttpResponse:
    found = search_catalogue(request.GET.get("q", ""), as_written=request.GET.get("as") == "written")
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        answer: HttpResponse = JsonResponse(results.as_json(found), json_dumps_params={"ensure_ascii": False})
    else:
        answer = page(request, "therapies/search/search.html", _context(found))
    answer["Vary"] = "Accept"
    answer["Cache-Control"] = PRIVATE
    return answer


def _context(found: Found) -> dict[str, object]:
    help_country = help_now.first_country() if found.danger else None
    return {
        "found": found,
        "query": found.query,
        "groups": results.groups(found),
        "meanings": [results.result(hit, ()) for hit in found.meanings],
        "pair": found.pair(),
        "help": help_country,
        "help_lines": help_now.first_lines(help_country, found.danger.kinds, spanish=found.is_spanish)
        if help_country
        else [],
    }


def suggest(request: HttpRequest) -> JsonResponse:
    """Names that go on from what has been typed: a list for the search box."""
    suggestions = of_release(catalogue.release().number).suggest(request.GET.get("q", "")[:100])
    rows = [results.suggestion(one) for one in suggestions]
    return JsonResponse({"suggestions": rows}, headers={"Cache-Control": PRIVATE})


def opensearch(request: HttpRequest) -> HttpResponse:
    text = render_to_string("therapies/search/opensearch.xml", {"site": site_address(request)})
    response = HttpResponse(text, content_type="application/opensearchdescription+xml")
    mark(response, catalogue.release())
    return response
