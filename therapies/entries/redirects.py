"""Where an address names no entry: the entry that was meant, the choice of several, or what was not understood."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from therapies.models import KINDS, LookAlike
from therapies.models.base import name_key
from therapies.serving import catalogue, resolve
from therapies.serving.render import mark, page


def elsewhere(request: HttpRequest, kind: str, written: str) -> HttpResponse:
    """The answer to an address whose last part is no slug of this kind."""
    meant = resolve.resolve(kind, [written])[0]
    if meant.slug:
        return _moved(request, KINDS[kind].address(meant.slug))
    context: dict[str, Any] = {"kind": KINDS[kind], "written": written[:80]}
    if meant.slugs:
        entries = catalogue.entries(KINDS[kind]).filter(slug__in={*meant.slugs, *_listed_meanings(kind, written)})
        return page(request, "therapies/entries/which_one.html", {**context, "entries": entries}, status=300)
    alike = _look_alike(written) if kind == "therapies" else None
    if alike:
        return page(request, "therapies/entries/look_alike.html", {"alike": alike, "written": written[:80]}, status=404)
    near = resolve.suggestions(kind, written)
    found = {entry.slug: entry for entry in catalogue.entries(KINDS[kind]).filter(slug__in=near)}
    context["entries"] = [found[slug] for slug in near if slug in found]
    return page(request, "therapies/entries/not_found.html", context, status=404)


def _moved(request: HttpRequest, address: str) -> HttpResponse:
    query = request.GET.urlencode()
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    mark(response, catalogue.release())
    return response


def _listed_meanings(kind: str, written: str) -> list[str]:
    """What the list of ambiguous short forms knows, specific programs too: tapping is what many call EFT."""
    if kind not in ("therapies", "conditions"):
        return []
    terms = catalogue.ambiguous_terms().filter(slug=name_key(written))
    return [slug for slug in terms.values_list(f"{kind}__slug", flat=True) if slug]


def _look_alike(written: str) -> LookAlike | None:
    key = name_key(written)
    for alike in catalogue.look_alikes().select_related("see_instead"):
        if key in {alike.slug, *(name_key(name) for name in (alike.name, *alike.aliases))}:
            return alike
    return None
