"""Answers a balancer, which asks this machine by its address and not by the site's name (/healthz)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from therapies.site.machine import healthz


class HealthMiddleware:
    """Stands before whatever looks at the name of the host; the answer does not depend on it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == reverse("healthz") and request.method in ("GET", "HEAD"):
            return healthz(request)
        return self.get_response(request)
