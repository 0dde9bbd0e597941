"""The pages of entries and of the lists that lead to them. An address that names no entry is for redirects.py."""

from django.http import HttpRequest, HttpResponse

from therapies.entries import condition as conditions_of
from therapies.entries import family_tree, vocabulary
from therapies.entries import source as sources_of
from therapies.entries import therapy as therapies_of
from therapies.entries.redirects import elsewhere
from therapies.models import Source
from therapies.serving.render import page


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    """One therapy with its answers to the twenty questions, or the warning against it."""
    shown = therapies_of.therapy_page(slug)
    if shown is None:
        return elsewhere(request, "therapies", slug)
    template = "warning" if shown.therapy.is_discouraged else "therapy"
    return page(request, f"therapies/entries/{template}.html", {"shown": shown, "therapy": shown.therapy})


def conditions(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/conditions.html", {"groups": conditions_of.groups()})


def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition, and what helps with it for the ages asked for."""
    shown = conditions_of.condition_page(slug, request.GET)
    if shown is None:
        return elsewhere(request, "conditions", slug)
    context = {"shown": shown, "condition": shown.condition}
    return page(request, "therapies/entries/condition.html", context, status=shown.status)


def techniques(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/techniques.html", {"letters": vocabulary.techniques_by_letter()})


def technique(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary.technique_page(slug)
    if shown is None:
        return elsewhere(request, "techniques", slug)
    return page(request, "therapies/entries/technique.html", {"shown": shown, "technique": shown.technique})


def formats(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/formats.html", {"kinds": vocabulary.formats_by_kind()})


def one_format(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary.format_page(slug)
    if shown is None:
        return elsewhere(request, "formats", slug)
    return page(request, "therapies/entries/format.html", {"shown": shown, "format": shown.format})


def families(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/families.html", {"branches": family_tree.as_html()})


def family(request: HttpRequest, slug: str) -> HttpResponse:
    shown = vocabulary.family_page(slug)
    if shown is None:
        return elsewhere(request, "families", slug)
    return page(request, "therapies/entries/family.html", {"shown": shown, "family": shown.family})


def sources(request: HttpRequest) -> HttpResponse:
    """Every document, by body; filtered by words, kind and status."""
    listing = sources_of.source_list(request.GET)
    context = {"listing": listing, "kinds": Source.KINDS, "statuses": Source.STATUSES}
    response = page(request, "therapies/entries/sources.html", context, status=listing.http_status)
    if listing.asked["q"]:
        response["Cache-Control"] = "private, no-store"  # what somebody typed is not kept
    return response


def source(request: HttpRequest, slug: str) -> HttpResponse:
    shown = sources_of.source_page(slug)
    if shown is None:
        return elsewhere(request, "sources", slug)
    return page(request, "therapies/entries/source.html", {"shown": shown, "source": shown.source})
