"""Which outside links still answer. The tests ask a server of their own, never the outside."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command

from tests.builders import catalogue, source
from therapies.curate import links
from therapies.models import LinkCheck
from therapies.releases import bundle

PATIENCE = 120.0  # seconds; a busy machine is no silent host


class Outside(BaseHTTPRequestHandler):
    """Answers in every way that a document on the web does."""

    def do_GET(self) -> None:
        path = self.path.strip("/")
        if path == "silent":
            self.server.hold.wait()  # type: ignore[attr-defined]
            return
        status = int(path) if path.isdigit() else {"moved": 301, "elsewhere": 302, "to-front": 302}.get(path, 200)
        self.send_response(status)
        target = {"moved": "/new-place", "elsewhere": "/fine", "to-front": "/"}.get(path)
        if target:
            self.send_header("Location", target)
        self.end_headers()
        title = "Page not found" if path == "soft" else "A guideline"
        self.wfile.write(f"<html><title>{title}</title></html>".encode())

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def outside() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Outside)
    server.hold = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.hold.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("fine", "ok"),
        ("elsewhere", "ok"),
        ("moved", "moved"),
        ("404", "gone"),
        ("410", "gone"),
        ("soft", "soft"),
        ("to-front", "soft"),
        ("403", "refused"),
        ("429", "refused"),
        ("500", "silent"),
        ("silent", "silent"),
    ],
)
def test_each_way_of_answering_has_its_state(outside: str, path: str, state: str) -> None:
    patience = 0.1 if path == "silent" else PATIENCE
    assert links.check(f"{outside}/{path}", patience=patience).state == state


def test_a_host_that_does_not_exist_is_gone_and_a_shut_door_is_silent() -> None:
    assert links.check("http://no-such-host.invalid/", patience=PATIENCE).state == "gone"
    assert links.check("http://127.0.0.1:9/", patience=PATIENCE).state == "silent"
    assert links.check("https://[broken/", patience=PATIENCE).state == "silent"


def test_the_new_address_of_a_moved_document_is_kept(outside: str) -> None:
    answer = links.check(f"{outside}/moved", patience=PATIENCE)
    assert answer.final_url == f"{outside}/new-place"


def test_the_command_records_the_answers_and_one_silence_is_not_a_broken_link(
    outside: str, db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "PAUSE", 0.0)
    urls = {"guideline-2020": "fine", "gone": "404", "down": "500"}
    bundle.load(catalogue(sources=[source(slug, url=f"{outside}/{path}") for slug, path in urls.items()]))
    call_command("check_links", "--patience", str(PATIENCE))
    assert "1 gone, 1 ok, 1 silent" in capsys.readouterr().out
    assert [url for url, _ in links.broken_links()] == [f"{outside}/404"]
    call_command("check_links", "--patience", str(PATIENCE))
    assert {url for url, _ in links.broken_links()} == {f"{outside}/404", f"{outside}/500"}
    assert LinkCheck.objects.get(url=f"{outside}/500").failures == 2
    assert LinkCheck.objects.get(url=f"{outside}/fine").failures == 0


def test_every_outside_address_is_checked_once() -> None:
    content = catalogue(sources=[source(url="https://a.example/"), source("b", url="https://a.example/"), source("c")])
    assert links.outside_addresses(content) == ["https://a.example/"]
