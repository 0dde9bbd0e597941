"""The pages of entries and of the lists that lead to them. An address that names no entry is for redirects.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from therapies.entries import condition as conditions_of
from therapies.entries import family_tree, vocabulary
from therapies.entries import guidelines as guidelines_of
from therapies.entries import source as documents_of
from therapies.entries import sources as sources_of
from therapies.entries import therapy as therapies_of
from therapies.entries.redirects import elsewhere
from therapies.models import KINDS, Source
from therapies.serving.concerns import OFTEN_LOOKED_FOR
from therapies.serving.render import page
from therapies.site.learn import for_teenagers


def _entry(request: HttpRequest, kind: str, slug: str, found: Any) -> HttpResponse:
    """The page of one entry, or where else its address leads. Template and entry have the name of the kind's route."""
    if found is None:
        return elsewhere(request, kind, slug)
    name = KINDS[kind].route
    return page(request, f"therapies/entries/{name}.html", {"page": found, name: getattr(found, name)})


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    """One therapy with its answers to the twenty questions, or the warning against it."""
    found = therapies_of.therapy_page(slug)
    if found is None:
        return elsewhere(request, "therapies", slug)
    template = "warning" if found.therapy.is_discouraged else "therapy"
    return page(request, f"therapies/entries/{template}.html", {"page": found, "therapy": found.therapy})


def conditions(request: HttpRequest) -> HttpResponse:
    groups = conditions_of.groups(list(OFTEN_LOOKED_FOR))
    often = conditions_of.often_looked_for(groups, list(OFTEN_LOOKED_FOR))
    context = {"groups": groups, "often": often, "for_teenagers": for_teenagers()}
    return page(request, "therapies/entries/conditions.html", context)


def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition, and what helps with it for the ages asked for."""
    found = conditions_of.condition_page(slug, request.GET)
    if found is None:
        return elsewhere(request, "conditions", slug)
    context = {"page": found, "condition": found.condition}
    return page(request, "therapies/entries/condition.html", context, status=found.status)


def techniques(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/techniques.html", {"letters": vocabulary.techniques_by_letter()})


def technique(request: HttpRequest, slug: str) -> HttpResponse:
    return _entry(request, "techniques", slug, vocabulary.technique_page(slug))


def formats(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/formats.html", {"kinds": vocabulary.formats_by_kind()})


def one_format(request: HttpRequest, slug: str) -> HttpResponse:
    return _entry(request, "formats", slug, vocabulary.format_page(slug))


def families(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/entries/families.html", {"branches": family_tree.as_html()})


def family(request: HttpRequest, slug: str) -> HttpResponse:
    return _entry(request, "families", slug, vocabulary.family_page(slug))


def sources(request: HttpRequest) -> HttpResponse:
    """Every document, by body; filtered by words, kind and status."""
    listing = sources_of.source_list(request.GET)
    context = {"listing": listing, "kinds": Source.KINDS, "statuses": Source.STATUSES}
    response = page(request, "therapies/entries/sources.html", context, status=listing.http_status)
    return _private(response, listing.asked["q"])


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One document with every statement of it."""
    return _entry(request, "sources", slug, documents_of.source_page(slug))


def guidelines(request: HttpRequest) -> HttpResponse:
    """The bodies with their editions; narrowed by words, region and topic."""
    listing = guidelines_of.guideline_list(request.GET)
    context = {"listing": listing, "regions": guidelines_of.regions(), "topics": guidelines_of.topics()}
    response = page(request, "therapies/entries/guidelines.html", context, status=listing.http_status)
    return _private(response, listing.asked["q"])


def _private(response: HttpResponse, typed: str) -> HttpResponse:
    """What somebody typed is not kept."""
    if typed:
        response["Cache-Control"] = "private, no-store"
    return response
