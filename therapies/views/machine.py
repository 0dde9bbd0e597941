"""Addresses for programs: the whole catalogue, health, robots and the sitemap."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from therapies import catalogue
from therapies.views.learn import HOW_WE_WORK
from therapies.views.page import mark, site_address

FIXED_PAGES = (
    "/",
    "/therapies/",
    "/conditions/",
    "/techniques/",
    "/formats/",
    "/families/",
    "/sources/",
    "/compare/",
    "/evidence/",
    "/guide/",
    "/learn/",
    "/offered/",
    "/quick/",
    "/help-now/",
    "/about/",
    "/about/evidence/",
    "/about/privacy/",
    "/about/accessibility/",
    "/about/freshness/",
    "/releases/",
    "/offline/",
)


def catalogue_json(request: HttpRequest) -> HttpResponse:
    """The installed release's bundle, as it is."""
    response = HttpResponse(catalogue.bundle_text(), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    mark(response, catalogue.release())
    return response


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the release number while pages can be served, else 503."""
    try:
        answer: dict[str, object] = {"ok": True, "release": catalogue.release().number}
    except catalogue.UNREADABLE:
        answer = {"ok": False, "problem": "No release is installed. Run manage.py install_release."}
    return JsonResponse(answer, status=200 if answer["ok"] else 503, headers={"Cache-Control": "no-store"})


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/admin/", "/search/", "/offered/", "/quick/"))]
    lines.append(f"Sitemap: {site_address(request)}/sitemap.xml")
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    mark(response, catalogue.release())
    return response


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public entry and page."""
    release = catalogue.release()
    context = {"site": site_address(request), "paths": paths(), "changed_on": release.published_on}
    xml = render_to_string("therapies/sitemap.xml", context)
    response = HttpResponse(xml, content_type="application/xml")
    mark(response, release)
    return response


def paths() -> list[str]:
    """The path of every public page; one query a kind."""
    kinds = {
        "therapies": catalogue.therapies(),
        "conditions": catalogue.conditions(),
        "techniques": catalogue.techniques(),
        "formats": catalogue.formats(),
        "families": catalogue.families(),
        "sources": catalogue.sources(),
        "learn": catalogue.topics().exclude(slug__in=HOW_WE_WORK),
    }
    entries = [f"/{kind}/{slug}/" for kind, rows in kinds.items() for slug in rows.values_list("slug", flat=True)]
    return [*FIXED_PAGES, *entries]
