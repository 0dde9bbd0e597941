"""Two switches that keep something on the reader's own device, and the worker that one of them starts (/offline/)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from therapies.serving import catalogue
from therapies.serving.render import mark, page


def offline(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/site/offline.html", {})


def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a worker serves only the addresses below its own."""
    script = render_to_string(
        "therapies/site/service-worker.js", {"curators": settings.CURATORS_PATH, "static": settings.STATIC_URL}
    )
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    mark(response, catalogue.release())
    return response
