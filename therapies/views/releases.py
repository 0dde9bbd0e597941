"""/releases/, /releases/<n>/ and the feeds: what changed, release by release and for one condition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from therapies import catalogue, change_log
from therapies.views.page import mark, page, site_address

MOST_IN_FEED = 30


def releases(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/releases.html", {"releases": catalogue.past_releases()})


def one_release(request: HttpRequest, number: int) -> HttpResponse:
    found = catalogue.past_releases(number=number)
    if not found:
        raise Http404(f"There is no release {number}.")
    changes = change_log.changes_of(number)
    context = {"past": found[0], "changes": changes, "left_off": found[0].count - len(changes)}
    return page(request, "therapies/release.html", context)


def feed(request: HttpRequest) -> HttpResponse:
    found = catalogue.past_releases(limit=MOST_IN_FEED)
    return _feed(request, "therapies/releases.atom", {"releases": found})


def condition_feed(request: HttpRequest, slug: str) -> HttpResponse:
    condition = catalogue.conditions().filter(slug=slug).first()
    if condition is None:
        raise Http404(f"There is no condition “{slug}”.")
    return _feed(request, "therapies/condition.atom", {"condition": condition, "dated": change_log.changes_for(slug)})


def _feed(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    release = catalogue.release()
    base = {"site": site_address(request), "release": release, "path": request.path}
    response = HttpResponse(render_to_string(template, base | context), content_type="application/atom+xml")
    mark(response, release)
    return response
