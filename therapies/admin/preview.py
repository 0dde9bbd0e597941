"""Public pages as the working copy would make them: for curators only, marked as drafts, never cached."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse

from therapies.releases.preview import working_copy

NO_PAGES = "|".join(path.lstrip("/") for path in (settings.STATIC_URL, settings.CURATORS_PATH))
SITE_LINK = re.compile(rf'(href|action|formaction)="/(?!{NO_PAGES}|/)')
FORWARDED = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST")


def preview(request: HttpRequest, path: str = "") -> HttpResponse:
    """The public page at `/path`, from the working copy. Its links lead to previews."""
    if f"/{path}".startswith(settings.CURATORS_PATH):
        raise Http404("Only public pages have a preview.")
    with working_copy():
        page = _public_page(request, f"/{path}")
    if page.has_header("Location"):
        path, _, query = page["Location"].partition("?")
        address = reverse("admin:preview_page", args=[path.lstrip("/")])
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
    if not page.get("Content-Type", "").startswith("text/html"):
        raise Http404("Only pages have a preview.")
    html = SITE_LINK.sub(rf'\1="{reverse("admin:preview")}', page.content.decode())
    banner = render_to_string("admin/_draft.html", {"address": f"/{path}"})
    response = HttpResponse(
        re.sub(r"(<body[^>]*>)", lambda body: body.group() + banner, html, count=1), status=page.status_code
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _public_page(request: HttpRequest, path: str) -> HttpResponse:
    """The answer of the public view, which sees nothing of the curator's session."""
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise Http404(f"There is no page {path}.") from error
    public = HttpRequest()
    public.method, public.path, public.path_info, public.GET = "GET", path, path, request.GET
    public.META = {name: request.META[name] for name in FORWARDED if name in request.META}
    public.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "")
    return match.func(public, *match.args, **match.kwargs)
