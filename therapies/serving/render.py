"""How every public page is made: from the release this request reads, without user, session, message or token."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from therapies.serving import catalogue


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The template as an answer. It is marked with the release it was made from, for ETag and cache."""
    release = catalogue.release()
    base = {"release": release, "path": request.path, "site": site_address(request), "build": settings.BUILD_ID}
    base["sections"] = sections(request.path)
    response = HttpResponse(render_to_string(template, base | context), status=status)
    mark(response, release)
    return response


def fragment(template: str, context: dict[str, Any]) -> SafeString:
    """A part of a page that is made apart, because it is kept and used again."""
    return mark_safe(render_to_string(template, context).strip())


SECTIONS = {
    "therapies": "Therapies",
    "conditions": "Conditions",
    "techniques": "Techniques",
    "compare": "Compare",
    "guide": "Guide me",
    "learn": "Learn",
}


def sections(path: str) -> list[tuple[str, str, str]]:
    """(address, name, aria-current) of each main part of the site; the last is empty for all but the one we are in."""
    addresses = ((reverse(route), name) for route, name in SECTIONS.items())
    return [
        (address, name, "page" if path == address else "true" if path.startswith(address) else "")
        for address, name in addresses
    ]


def mark(response: HttpResponse, release: catalogue.InstalledRelease) -> None:
    """Lets the page cache keep the answer under the release it was made from."""
    response.made_from = release.number  # type: ignore[attr-defined]


def site_address(request: HttpRequest) -> str:
    """The site's own address without a final slash."""
    return settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"
