import gzip
import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.conftest import Site
from tests.pages import text

MOST_BYTES = 50_000


def test_the_worker_serves_the_whole_site_and_is_asked_for_anew(site: Site, client: Client) -> None:
    response = client.get("/service-worker.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in response["Cache-Control"]


def test_no_page_but_the_one_with_the_switch_starts_the_worker(site: Site, client: Client) -> None:
    for path in ("/", "/therapies/", "/therapies/cognitive-behavioral-therapy/", "/about/"):
        assert "offline.js" not in client.get(path).content.decode(), path
    scripts = settings.BASE_DIR / "therapies/static/therapies/js"
    assert [path.name for path in scripts.glob("*.js") if ".register(" in path.read_text()] == ["offline.js"]


def test_the_page_with_the_switches_says_what_they_cannot_do(site: Site, client: Client) -> None:
    words = text(client.get("/offline/"))
    assert "It does not hide the address." in words
    assert "The switches need JavaScript." in words


def test_the_browse_page_comes_in_under_fifty_kilobytes_styles_and_scripts_included(site: Site, client: Client) -> None:
    response = client.get("/therapies/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    parts = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    sizes = {part: len(gzip.compress(_static(part).read_bytes(), 9)) for part in parts}
    assert len(response.content) + sum(sizes.values()) < MOST_BYTES, (len(response.content), sizes)


def _static(name: str) -> Path:
    return Path(settings.BASE_DIR) / "therapies" / "static" / name
