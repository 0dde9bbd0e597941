"""Addresses for programs: the whole catalogue, health, robots and the sitemap."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import get_resolver, reverse

from explorer import seal
from therapies.models import KINDS
from therapies.serving import catalogue
from therapies.serving.render import mark, site_address
from therapies.site.learn import HOW_WE_WORK

PRIVATE_PAGES = ("search", "offered", "quick")  # what somebody types makes them; no crawler has a reason to
# Routes without a page of their own to find: answers to what was typed or sent, files for programs, and copies.
NOT_LISTED = {
    *("search", "suggest", "opensearch", "correct", "correct_thanks", "service_worker", "styleguide", "catalogue_json"),
    *("healthz", "robots", "sitemap", "releases_feed", "comparison_handout", "comparison_pdf", "glossary"),
}


def catalogue_json(request: HttpRequest) -> HttpResponse:
    """The installed release's bundle, as it is."""
    response = HttpResponse(catalogue.bundle_text(), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    mark(response, catalogue.release())
    return response


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the release number while pages can be served from a file without damage, else 503."""
    try:
        answer: dict[str, object] = {"ok": True, "release": catalogue.release().number}
    except catalogue.UNREADABLE:
        answer = {"ok": False, "problem": "No release is installed. Run manage.py install_release."}
    if answer["ok"] and not seal.is_whole(settings.CATALOGUE_PATH):
        answer = {"ok": False, "problem": "The catalogue file is damaged. Run manage.py install_release."}
    return JsonResponse(answer, status=200 if answer["ok"] else 503, headers={"Cache-Control": "no-store"})


def robots(request: HttpRequest) -> HttpResponse:
    closed = [reverse("admin:index"), *map(reverse, PRIVATE_PAGES)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {site_address(request)}{reverse('sitemap')}")
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    mark(response, catalogue.release())
    return response


# ── The sitemap ──


class Pages(Sitemap):
    """Paths of this site, all as of the day of the release."""

    limit = 200_000  # one file, however large the catalogue

    def __init__(self, paths: Iterable[str], request: HttpRequest, day: date) -> None:
        self.paths = list(paths)
        self.protocol, _, self.host = site_address(request).partition("://")
        self.day = day

    def items(self) -> list[str]:
        return self.paths

    def location(self, item: str) -> str:
        return item

    def lastmod(self, item: str) -> date:
        return self.day

    def get_domain(self, site: Any = None) -> str:
        return self.host


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public entry and page."""
    release = catalogue.release()
    pages = Pages(paths(), request, date.fromisoformat(release.published_on))
    response: HttpResponse = sitemaps.sitemap(request, {"pages": pages})
    mark(response, release)
    return response


def paths() -> list[str]:
    """The path of every public page; one query a kind."""
    entries = (
        entry
        for kind in KINDS.values()
        if kind.route
        for entry in catalogue.entries(kind).order_by("slug").only("slug")
        if entry.slug not in HOW_WE_WORK
    )
    return [*fixed_paths(), *(entry.get_absolute_url() for entry in entries)]


def fixed_paths() -> list[str]:
    """The paths of the routes that lead to one page each, in the order of the site map."""
    every: list[Any] = get_resolver("therapies.urls").url_patterns
    names = (route.name for route in every if not route.pattern.converters)
    return [reverse(name) for name in names if name not in NOT_LISTED]
