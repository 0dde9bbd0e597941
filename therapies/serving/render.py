"""How every public page is made: from the release this request reads, without user, session, message or token."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from therapies.serving import catalogue, symbols


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The template as an answer. It is marked with the release it was made from, for ETag and cache."""
    release = catalogue.release()
    base: dict[str, Any] = {
        "release": release,
        "path": request.path,
        "site": site_address(request),
        "build": settings.BUILD_ID,
    }
    base |= navigation(request.path)
    response = HttpResponse(symbols.put_in(render_to_string(template, base | context)), status=status)
    mark(response, release)
    return response


def fragment(template: str, context: dict[str, Any]) -> SafeString:
    """A part of a page that is made apart, because it is kept and used again."""
    return mark_safe(render_to_string(template, context).strip())


SECTIONS = {
    "therapies": "Therapies",
    "conditions": "Concerns",
    "compare": "Compare",
    "guide": "Guide me",
    "offered": "I was offered…",
    "learn": "Learn",
}
MORE = {  # in the menu on a phone, in the footer on a wide screen
    "quick": "For clinicians",
    "evidence": "Evidence at a glance",
    "guidelines": "Guidelines",
    "families": "Families",
    "techniques": "Techniques",
    "formats": "Formats",
    "about_evidence": "How we rate evidence",
    "about_numbers": "Where numbers come from",
    "offline": "Private and offline",
    "catalogue_json": "All data",
}
FOOTER = {
    "about": "About",
    "privacy": "Privacy",
    "sources": "Sources",
    "accessibility": "Accessibility",
}


@lru_cache(maxsize=4 * len(SECTIONS | MORE))
def _frame(section: str, current: str, has_searchbox: bool = True) -> dict[str, SafeString]:
    """What stands around the content; `current` is the aria-current of the link to the part that the page is in."""
    parts = SECTIONS | MORE
    links = [(reverse(route), name, current if route == section else "") for route, name in parts.items()]
    about, more = ([(reverse(route), name) for route, name in part.items()] for part in (FOOTER, MORE))
    masthead = {
        "sections": fragment("includes/_sections.html", {"links": links[: len(SECTIONS)]}),
        "menu": fragment("includes/_sections.html", {"links": links}),
        "has_searchbox": has_searchbox,
    }
    return {
        "masthead": fragment("includes/_masthead.html", masthead),
        "styles": fragment("includes/_styles.html", {}),
        "scripts": fragment("includes/_scripts.html", {}),
        "about_links": fragment("includes/_about_links.html", {"links": about, "more": more}),
    }


def navigation(path: str) -> dict[str, SafeString]:
    """What every page needs and leads to, as HTML. The path decides which part of the site is the current one."""
    for route in SECTIONS | MORE:
        address = reverse(route)
        if path.startswith(address):
            return _frame(route, "page" if path == address else "true")
    return _frame("", "", path not in (reverse("home"), reverse("search")))


def mark(response: HttpResponse, release: catalogue.InstalledRelease) -> None:
    """Lets the page cache keep the answer under the release it was made from."""
    response.made_from = release  # type: ignore[attr-defined]


def site_address(request: HttpRequest) -> str:
    """The site's own address without a final slash."""
    return settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"
