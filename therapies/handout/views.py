"""Sheets to take along, as pages and as PDF: of a therapy, a condition or a comparison (…/handout/, …/handout.pdf)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse

from therapies.compare import query as compare_query
from therapies.entries.condition import AgeForm
from therapies.entries.redirects import elsewhere
from therapies.handout import comparison as comparison_sheet
from therapies.handout import sheets
from therapies.handout.print import NoPdf, PrintVersion, pdf, qr_code, read
from therapies.handout.sheets import Handout
from therapies.models import KINDS
from therapies.serving import catalogue, concerns, resolve
from therapies.serving.concerns import ConcernNames
from therapies.serving.query import NotUnderstood, QueryForm
from therapies.serving.render import mark, page, site_address


class ConcernForm(QueryForm):
    """The concern that the sheet of a therapy is about."""

    concern = ConcernNames()


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    asked = concerns.read(ConcernForm(request.GET).value("concern"))
    sheet = sheets.of_therapy(slug, asked.concern)
    if sheet is None:
        return _elsewhere(request, "therapies", slug)
    version = read(request.GET, _page_path(request), (("for", asked.slug),) if asked.slug else ())
    problems = asked.problems(lambda meant: replace(version, pairs=(("for", meant),)).url())
    instead = ["Here is the sheet about every concern."] if problems and not asked.concern else []
    return answer(request, sheet, version, problems, [*asked.messages, *instead])


def condition(request: HttpRequest, slug: str) -> HttpResponse:
    entry = catalogue.conditions().filter(slug=slug).first()
    if entry is None:
        return _elsewhere(request, "conditions", slug)
    form = AgeForm(request.GET)
    age: str = form.value("age")
    version = read(request.GET, _page_path(request), (("age", age),) if age else ())
    return answer(request, sheets.of_condition(entry, age), version, messages=form.messages())


def comparison(request: HttpRequest) -> HttpResponse:
    compared = compare_query.compare(request.GET)
    sheet = comparison_sheet.of_comparison(compared)
    if sheet is None:
        return page(request, "therapies/compare/compare.html", {"comparison": compared}, status=400)
    pairs = tuple(parse_qsl(sheet.path.partition("?")[2]))
    return answer(request, sheet, read(request.GET, _page_path(request), pairs), compared.problems, compared.messages)


def answer(
    request: HttpRequest,
    sheet: Handout,
    version: PrintVersion,
    problems: Sequence[NotUnderstood] = (),
    messages: Sequence[str] = (),
) -> HttpResponse:
    """The sheet as a page, or as a PDF if the address ends so and all of it was understood."""
    misread = {"problems": problems, "messages": [*version.messages, *messages]}
    context = {"sheet": sheet, "version": version, **misread, **_imprint(request, sheet)}
    if any(misread.values()):
        return page(request, "therapies/handout/handout.html", context, status=400)
    if request.path.endswith(".pdf"):
        return _pdf(request, sheet, version, context)
    return page(request, "therapies/handout/handout.html", context)


def _page_path(request: HttpRequest) -> str:
    """The address of the sheet as a page, whether it is asked for as a page or as a PDF."""
    return request.path.removesuffix(".pdf").rstrip("/") + "/"


def _imprint(request: HttpRequest, sheet: Handout) -> dict[str, Any]:
    release = catalogue.release()
    address = f"{site_address(request)}{sheet.path}"
    released = date.fromisoformat(release.published_on)
    return {"address": address, "qr": qr_code(address), "released": released, "release": release}


def _pdf(request: HttpRequest, sheet: Handout, version: PrintVersion, context: dict[str, Any]) -> HttpResponse:
    try:
        made = pdf(render_to_string("therapies/handout/pdf.html", context), version)
    except NoPdf:
        return page(request, "therapies/handout/no_pdf.html", context, status=501)
    response = HttpResponse(made, content_type="application/pdf")
    name = sheet.path.strip("/").replace("/", "-").split("?")[0]
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    mark(response, context["release"])
    return response


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
