"""/therapies/<slug>/handout/, /conditions/…, /compare/handout/, and the same as .pdf: a sheet to take along."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse

from therapies.compare import query
from therapies.entries.redirects import elsewhere
from therapies.handout import comparison as compare_handout
from therapies.handout import print, sheets
from therapies.handout.print import Asked
from therapies.handout.sheets import Handout
from therapies.models import KINDS, Condition
from therapies.serving import catalogue, resolve
from therapies.serving.render import mark, page, site_address


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    concern, problem = _concern(request.GET.get("for", ""))
    sheet = sheets.of_therapy(slug, concern)
    if sheet is None:
        return _elsewhere(request, "therapies", slug)
    pairs = (("for", concern.slug),) if concern else ()
    return answer(request, sheet, print.read(request.GET, _page_path(request), pairs), problem)


def condition(request: HttpRequest, slug: str) -> HttpResponse:
    entry = catalogue.conditions().filter(slug=slug).first()
    if entry is None:
        return _elsewhere(request, "conditions", slug)
    return answer(request, sheets.of_condition(entry), print.read(request.GET, _page_path(request)))


def comparison(request: HttpRequest) -> HttpResponse:
    shown = query.compare(request.GET, catalogue.release())
    sheet = compare_handout.of_comparison(shown)
    if sheet is None:
        return page(request, "therapies/compare/compare.html", {"shown": shown}, status=400)
    pairs = tuple(parse_qsl(sheet.path.partition("?")[2]))
    left_out = [f"We did not understand “{problem.written[:80]}” and left it out." for problem in shown.problems]
    return answer(request, sheet, print.read(request.GET, _page_path(request), pairs), *left_out, *shown.messages)


def answer(request: HttpRequest, sheet: Handout, asked: Asked, *problems: str) -> HttpResponse:
    """The sheet as a page, or as a PDF where the address ends so."""
    problems = tuple(problem for problem in (*asked.problems, *problems) if problem)
    context = {"sheet": sheet, "asked": asked, "problems": problems, **_imprint(request, sheet)}
    if request.path.endswith(".pdf") and not problems:
        return _pdf(request, sheet, asked, context)
    return page(request, "therapies/handout/handout.html", context, status=400 if problems else 200)


def _page_path(request: HttpRequest) -> str:
    """The address of the sheet as a page, whether it is asked for as a page or as a PDF."""
    return request.path.removesuffix(".pdf").rstrip("/") + "/"


def _imprint(request: HttpRequest, sheet: Handout) -> dict[str, Any]:
    release = catalogue.release()
    address = f"{site_address(request)}{sheet.path}"
    released = date.fromisoformat(release.published_on)
    return {"address": address, "qr": print.qr_code(address), "released": released, "release": release}


def _pdf(request: HttpRequest, sheet: Handout, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    try:
        made = print.pdf(render_to_string("therapies/handout/pdf.html", context), asked)
    except print.NoPdf:
        return page(request, "therapies/handout/no_pdf.html", context, status=501)
    response = HttpResponse(made, content_type="application/pdf")
    name = sheet.path.strip("/").replace("/", "-").split("?")[0]
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    mark(response, context["release"])
    return response


def _concern(written: str) -> tuple[Condition | None, str]:
    """The concern that `for` names, or what to say where it names none."""
    if not written:
        return None, ""
    slug = resolve.resolve("conditions", [written])[0].slug
    if not slug:
        return None, f"We do not know one concern called “{written[:80]}”, so the sheet is about all of them."
    return catalogue.conditions().get(slug=slug), ""


def _elsewhere(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Another spelling leads to the sheet of what was meant; anything else to what the entry's own address says."""
    meant = resolve.resolve(kind, [slug])[0]
    if not meant.slug:
        return elsewhere(request, kind, slug)
    ending = "pdf" if request.path.endswith(".pdf") else "handout"
    address = reverse(f"{KINDS[kind].route}_{ending}", args=[meant.slug], query=request.GET)
    response = HttpResponsePermanentRedirect(address)
    mark(response, catalogue.release())
    return response
