"""The outermost middleware: answers a page it has made before, or 304, without touching the rest.

A public page is a function of (build, release, address), so that triple is the key, and the entity tag is made of the
first two. A release is its number and its content, since a restored backup can give a number a second time. It is
looked up by the catalogue file's identity before, and taken from the view after: a page made while a new release
arrives is kept under the release it was really made from. Bounded; a view whose answer must not be kept (a search, a
reader's choices) says so with Cache-Control.
"""

import gzip
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from therapies.serving import catalogue
from therapies.serving.catalogue import InstalledRelease

NOT_PAGES = (settings.CURATORS_PATH, settings.STATIC_URL)
COMPRESS_FROM = 500
COMPRESSION = 2  # a page is made once and sent many times, but the first reader waits for it
KEPT_STATUSES = {200, 301}
OVERHEAD = 1_000  # bytes that keeping an answer takes beside its body and its address
Key = tuple[InstalledRelease, str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """An answer as it is sent. `body` is gzip compressed where that is worth it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    compressed: bool

    def answer(self, request: HttpRequest) -> HttpResponse:
        packed = self.compressed and reads_gzip(request.headers.get("Accept-Encoding", ""))
        body = gzip.decompress(self.body) if self.compressed and not packed else self.body
        sent = b"" if request.method == "HEAD" else body
        response = HttpResponse(sent, status=self.status, headers=dict(self.headers))
        response["Content-Length"] = str(len(body))
        if packed:
            response["Content-Encoding"] = "gzip"
        return response


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[Key, FinishedPage] = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path.startswith(NOT_PAGES):
            return self.get_response(request)
        release = catalogue.installed()
        key = key_of(request, release) if release else None
        kept = self.pages.get(key) if key else None
        if kept is None:
            response = self.get_response(request)
            kept = self._keep(request, response)
            if kept is None:
                return finish(request, response)
            release = response.made_from  # type: ignore[attr-defined]
        if has_it(request.headers.get("If-None-Match"), etag(release)):
            return not_modified(kept)
        return kept.answer(request)

    def _keep(self, request: HttpRequest, response: HttpResponseBase) -> FinishedPage | None:
        """The answer with its entity tag, and kept for the next reader, where it may be."""
        release = getattr(response, "made_from", None)
        if not isinstance(response, HttpResponse):  # a file that is streamed
            return None
        private = "no-store" in response.get("Cache-Control", "") or response.cookies
        if release is None or private or response.status_code not in KEPT_STATUSES:
            return None
        response.headers.setdefault("Cache-Control", "public, no-cache")
        response["ETag"] = etag(release)
        response["Vary"] = "Accept-Encoding"
        compressed = len(response.content) > COMPRESS_FROM
        body = gzip.compress(response.content, COMPRESSION, mtime=0) if compressed else response.content
        headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
        kept = FinishedPage(response.status_code, headers, body, compressed)
        key = key_of(request, release)
        if key and not (response.has_header("Location") and request.META.get("QUERY_STRING")):
            self._store(key, kept)  # a redirect repeats the query as it was written, of which the key is not a copy
        return kept

    def _store(self, key: Key, kept: FinishedPage) -> None:
        with self.lock:
            old = self.pages.pop(key, None)
            self.pages[key] = kept
            self.bytes += size_of(key, kept) - (size_of(key, old) if old else 0)
            while self.bytes > settings.PAGE_CACHE_BYTES and self.pages:
                self.bytes -= size_of(*self.pages.popitem(last=False))


def key_of(request: HttpRequest, release: InstalledRelease) -> Key | None:
    """The release and the address as views read it: names sorted, values of one name in their order.

    Empty values are left out: no view reads one. None for an address with more values than Django reads.
    """
    host = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}"
    if not request.META.get("QUERY_STRING"):
        return release, host, request.path, ()
    try:
        asked = sorted(request.GET.lists())
    except SuspiciousOperation:
        return None
    pairs = tuple((name, value) for name, values in asked for value in values if value)
    return release, host, request.path, pairs


def size_of(key: Key, kept: FinishedPage) -> int:
    """Bytes, near enough: a redirect has no body, but an address may be thousands of letters long."""
    return len(kept.body) + len(key[1]) + len(key[2]) + sum(len(name) + len(value) for name, value in key[3]) + OVERHEAD


def reads_gzip(accepted: str) -> bool:
    """Whether the reader takes gzip, by Accept-Encoding: “gzip;q=0” means that it does not."""
    for coding, _, quality in (part.partition(";") for part in accepted.lower().split(",")):
        if coding.strip() in ("gzip", "x-gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return False


def etag(release: InstalledRelease | None) -> str:
    return f'W/"{settings.BUILD_ID}-{release.digest[:12]}-{release.number}"' if release else ""


def has_it(sent: str | None, tag: str) -> bool:
    """Whether the reader says that the page with this tag is there already. Tags compare weakly, as HTTP asks."""
    return sent is not None and (sent in (tag, "*") or tag.removeprefix("W/") in parse_etags(sent.replace("W/", "")))


def finish(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer that is not kept here. That there is no such page may be kept for a minute; a HEAD gets no body."""
    if response.status_code == 404:
        response.headers.setdefault("Cache-Control", "public, max-age=60")
    if request.method == "HEAD" and isinstance(response, HttpResponse):
        response.content = b""
    return response


def not_modified(kept: FinishedPage) -> HttpResponse:
    response = HttpResponse(status=304)
    del response["Content-Type"]
    for name, value in kept.headers:
        if name in ("ETag", "Cache-Control", "Vary"):
            response[name] = value
    return response
