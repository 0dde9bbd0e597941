"""Checks whether the catalogue's outside links still answer. Polite: few threads, and never two for one host."""

import re
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.utils import timezone

from therapies.curate.queue import outside_links
from therapies.models import KINDS, LinkCheck
from therapies.releases.bundle import Bundle

THREADS = 4
PAUSE = 1.0  # seconds between two requests to one host
PATIENCE = 15.0  # seconds to wait for one answer
MOST_READ = 64 * 1024
AGENT = "Mozilla/5.0 (compatible; TherapyExplorerLinkCheck/1.0)"
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
ERROR_WORDS = re.compile(
    r"\b(404|not found|page (?:does not|doesn't) exist|no longer available|error)\b", re.IGNORECASE
)
PERMANENT = {301, 308}
NOT_FOR_MACHINES = {401, 403, 405, 406, 429, 451}


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """How an address answered; `state` is one of LinkCheck.STATES."""

    url: str
    state: str
    status: int | None = None
    final_url: str = ""
    detail: str = ""


def outside_addresses(content: Bundle) -> list[str]:
    """Every outside address that the catalogue names, once."""
    return sorted({url for kind in KINDS for row in content[kind] for _, url in outside_links(kind, row)})


def check_all(
    urls: Iterable[str],
    *,
    pause: float = PAUSE,
    patience: float = PATIENCE,
    report: Callable[[LinkAnswer], None] = lambda _: None,
) -> list[LinkAnswer]:
    """Checks every address: hosts side by side, the addresses of one host one after the other.

    `report` gets each answer as it comes, in the thread of its host.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).netloc].append(url)

    def check_host(host_urls: list[str]) -> list[LinkAnswer]:
        answers = []
        for position, url in enumerate(host_urls):
            time.sleep(pause if position else 0)
            answers.append(check(url, patience=patience))
            report(answers[-1])
        return answers

    with ThreadPoolExecutor(THREADS) as threads:
        return [answer for answers in threads.map(check_host, by_host.values()) for answer in answers]


# ── One address ──


class _Redirects(HTTPRedirectHandler):
    """Follows redirects, and remembers whether one of them was permanent."""

    def __init__(self) -> None:
        self.permanent = False

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        self.permanent = self.permanent or code in PERMANENT
        if urlsplit(newurl).scheme not in ("http", "https"):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check(url: str, *, patience: float = PATIENCE) -> LinkAnswer:
    """Asks one address; every failure becomes an answer."""
    redirects = _Redirects()
    opener = build_opener(redirects)
    try:
        return _read(opener, redirects, url, patience)
    except HTTPError as error:
        return LinkAnswer(url, _state_of(error.code), error.code, detail=str(error.reason)[:200])
    except URLError as error:
        if isinstance(error.reason, socket.gaierror):
            return LinkAnswer(url, "gone", detail="The host is unknown.")
        return LinkAnswer(url, "silent", detail=str(error.reason)[:200])
    except (OSError, HTTPException, ValueError) as error:
        return LinkAnswer(url, "silent", detail=f"{type(error).__name__}: {error}"[:200])


def _read(opener: OpenerDirector, redirects: _Redirects, url: str, patience: float) -> LinkAnswer:
    request = Request(url.split("#")[0], headers={"User-Agent": AGENT, "Accept": "text/html,*/*"})  # noqa: S310 (http and https alone)
    with opener.open(request, timeout=patience) as response:
        text = response.read(MOST_READ).decode("utf-8", "replace")
        final, status = response.geturl(), response.status
    title = TITLE.search(text)
    if title and ERROR_WORDS.search(title.group(1)):
        return LinkAnswer(url, "soft", status, final, f"Its title is “{title.group(1).strip()[:120]}”.")
    if _lost_its_path(url, final):
        return LinkAnswer(url, "soft", status, final, "It leads to the first page of the site.")
    if redirects.permanent and _bare_address(final) != _bare_address(url):
        return LinkAnswer(url, "moved", status, final, f"Now at {final}")
    return LinkAnswer(url, "ok", status, final)


def _state_of(status: int) -> str:
    if status in (404, 410):
        return "gone"
    return "refused" if status in NOT_FOR_MACHINES else "silent"


def _lost_its_path(url: str, final: str) -> bool:
    """Whether the document's address leads to a front page: then it is gone, whatever the status says."""
    return urlsplit(url).path.strip("/") != "" and urlsplit(final).path.strip("/") == "" and not urlsplit(final).query


def _bare_address(url: str) -> str:
    """The address without the parts that do not matter: scheme, “www.”, final slash, fragment."""
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


# ── The record ──


def record(answers: Iterable[LinkAnswer]) -> None:
    """Writes the answers to the database, and counts how often in a row an address has failed."""
    for answer in answers:
        before = LinkCheck.objects.filter(url=answer.url).first()
        failed = answer.state not in ("ok", "refused")
        LinkCheck.objects.update_or_create(
            url=answer.url,
            defaults={
                "state": answer.state,
                "status": answer.status,
                "final_url": answer.final_url,
                "detail": answer.detail,
                "checked_at": timezone.now(),
                "failures": (before.failures if before else 0) + 1 if failed else 0,
            },
        )


def broken_links() -> Iterator[tuple[str, str]]:
    """(address, what is wrong with it, in words). No answer once is not a broken link yet; twice in a row is."""
    for link in LinkCheck.objects.exclude(state__in=("ok", "refused")):
        if link.state != "silent" or link.failures > 1:
            status = f" ({link.status})" if link.status else ""
            yield link.url, f"{link.get_state_display()}{status}. {link.detail}".strip()
