"""What every public address sends: the headers of a private and safe site, and pages that keep to them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlsplit

import pytest
from django.test import Client

from tests.conftest import Site
from therapies.browse import views as browse
from therapies.site import machine

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
}
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
FOR_PROGRAMS = ["/catalogue.json", "/robots.txt", "/sitemap.xml", "/healthz"]
WITH_MISTAKES = ["/no-such-page/", "/therapies/no-such/", "/therapies/?condition=none", "/compare/?t=nonsense-xyzzy"]
FETCHED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("use", "href")}
NOT_FETCHED = {"canonical", "alternate"}


class Reader(HTMLParser):
    """Collects what the policy forbids, and every address that the page names."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/ld+json"):
            self.forbidden.append(f"<{tag}> inside the page")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}=")
            elif (tag, name) in FETCHED and given.get("rel") not in NOT_FETCHED and urlsplit(value or "").netloc:
                self.forbidden.append(f"{tag} fetches {value}")
            elif name in ("href", "action", "formaction") and (value or "").startswith("/"):
                self.links.add(urldefrag(value or "").url)


def read(response: Any) -> Reader:
    reader = Reader()
    if response["Content-Type"].startswith("text/html"):
        reader.feed(response.content.decode())
    return reader


def one_of_each_shape(links: set[str]) -> list[str]:
    """Every path, and of the links with a query one for each set of parameters."""
    shapes = {}
    for link in sorted(links):
        if not link.startswith(("/static/", "/admin/")):
            parts = urlsplit(link)
            shapes[parts.path, *sorted({name for name, _ in parse_qsl(parts.query)})] = link
    return list(shapes.values())


def problems(response: Any) -> Iterator[str]:
    """What is wrong with the headers."""
    sent = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";") if part.strip())
    expected = {
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
    }
    if sent != POLICY:
        yield f"policy {sent}"
    if response.cookies or "Cookie" in response.get("Vary", ""):
        yield "a cookie"
    yield from (f"{name}: {response.get(name)}" for name, value in expected.items() if response.get(name) != value)


@pytest.mark.parametrize(
    "kind", ["therapies", "conditions", "techniques", "formats", "families", "sources", "learn", ""]
)
def test_every_public_address_answers_safely_and_every_link_leads_somewhere(
    site: Site, client: Client, kind: str
) -> None:
    """The pages of one kind at a time; those that are of no kind together."""
    fixed = machine.fixed_paths()
    entries = [path for path in machine.paths() if path not in fixed]
    others = [*fixed, *FOR_PROGRAMS, "/styleguide/"]
    pages = [path for path in entries if path.startswith(f"/{kind}/")] if kind else others
    wrong: list[str] = []
    links: set[str] = set()
    for path in pages:
        response = client.get(path)
        reader = read(response)
        links |= reader.links
        wrong += [f"{path}: {problem}" for problem in [*problems(response), *reader.forbidden]]
        if response.status_code != 200:
            wrong.append(f"{path}: status {response.status_code}")
        if path != "/healthz" and "ETag" not in response and "no-store" not in response.get("Cache-Control", ""):
            wrong.append(f"{path}: neither a tag nor no-store")
    for link in one_of_each_shape(links - {*entries, *others}):
        status = client.get(link).status_code
        if status not in (200, 301, 302):
            wrong.append(f"link to {link}: status {status}")
    assert pages
    assert wrong == []


@pytest.mark.parametrize("path", WITH_MISTAKES)
def test_an_answer_to_a_mistake_is_as_safe_as_a_page(site: Site, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert [*problems(response), *read(response).forbidden] == []


def test_a_crash_gives_nothing_away(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(browse, "listing", crash)
    response = Client(raise_request_exception=False).get("/therapies/?condition=my-secret")
    assert response.status_code == 500
    assert b"secret" not in response.content
    assert list(problems(response)) == []
    assert b"/help-now/" in response.content or re.search(rb"\b988\b", response.content)


def test_other_methods_are_answered_without_the_working_database(site: Site, client: Client) -> None:
    for method in ("post", "put", "delete", "patch", "options"):
        assert getattr(client, method)("/therapies/").status_code < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PATCH"])
@pytest.mark.parametrize("path", ["/therapies/", "/correct/", "/releases/99999999999999999999/"])
def test_what_is_read_cannot_be_written(site: Site, client: Client, path: str, method: str) -> None:
    assert client.generic(method, path).status_code == 405


def test_a_release_beyond_all_numbers_is_not_there(site: Site, client: Client) -> None:
    assert client.get("/releases/99999999999999999999/").status_code == 404


def test_a_balancer_may_ask_by_address_for_health_and_for_nothing_else(site: Site, client: Client) -> None:
    assert client.get("/healthz", headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/therapies/", headers={"host": "10.1.2.3:8000"}).status_code == 400
