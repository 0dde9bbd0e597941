"""/families/: the family tree of therapies, what grew out of what."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from therapies.entries import family_tree
from therapies.serving import catalogue
from therapies.serving.render import page


def families(request: HttpRequest) -> HttpResponse:
    release = catalogue.release()
    return page(request, "therapies/entries/families.html", {"branches": branches(release.number, release.digest)})


@lru_cache(maxsize=2)
def branches(number: int, digest: str) -> SafeString:
    """The tree as HTML, kept for one release."""
    return mark_safe(render_to_string("therapies/entries/_branches.html", {"branches": family_tree.branches()}))
