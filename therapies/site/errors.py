"""What a reader sees when something is not there or went wrong: a plain sentence, help, and ways to go on."""

import sys

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from therapies.serving import catalogue
from therapies.serving.render import page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):  # no page can be made for a site that is not this one
        return HttpResponse("This site does not answer under that name.\n", status=400, content_type="text/plain")
    return _error(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database: it must work when nothing else does. Tells curators when it is theirs that is down."""
    error = sys.exception()
    if request.path.startswith(settings.CURATORS_PATH):
        if isinstance(error, DatabaseError):
            return HttpResponse(render_to_string("admin/down.html", {}), status=503, headers={"Retry-After": "60"})
    elif isinstance(error, catalogue.UNREADABLE):
        return _not_ready()
    return HttpResponse(render_to_string("500.html", {}), status=500)


def _not_ready() -> HttpResponse:
    """No release is installed, or one that other code made: it passes as soon as one is."""
    headers = {"Cache-Control": "no-store", "Retry-After": "60"}
    return HttpResponse(render_to_string("503.html", {}), status=503, headers=headers)


def _error(request: HttpRequest, template: str, status: int) -> HttpResponse:
    try:
        return page(request, template, {}, status=status)
    except catalogue.UNREADABLE:
        return _not_ready()
