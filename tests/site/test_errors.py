"""What readers see when the installed release cannot be read: a plain page, in the right words for programs too."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.conftest import Site, point_at
from tests.pages import text
from therapies.serving import catalogue
from therapies.urls import urlpatterns


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def install(path: Path) -> None:
    point_at(path)
    connections[catalogue.ALIAS].close()


def no_file(path: Path) -> None:
    """What a fresh checkout has."""


def no_database(path: Path) -> None:
    path.write_bytes(b"not a database" * 100)


def other_code(path: Path) -> None:
    """A file whose tables lack what this code reads."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE installed_release (number, digest, published_on)")
        file.execute("INSERT INTO installed_release VALUES (1, 'x', '2026-11-22')")
    file.close()


@pytest.mark.parametrize("make", [no_file, no_database, other_code])
def test_without_a_release_that_can_be_read_pages_say_so_plainly(
    site: Site, client: Client, tmp_path: Path, make: Any
) -> None:
    make(tmp_path / "catalogue.sqlite3")
    install(tmp_path / "catalogue.sqlite3")
    for address in ("/", "/therapies/", "/search/?q=worry", "/catalogue.json", "/help-now/"):
        response = client.get(address)
        assert response.status_code == 503, address
        assert "The catalogue cannot be read" in text(response)
        assert "manage.py install_release" in text(response)
        assert "call your emergency number" in text(response)
        assert (response["Cache-Control"], response["Retry-After"]) == ("no-store", "60")
        assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_release_that_arrives_is_served_at_once(site: Site, client: Client, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite3"
    no_database(path)
    install(path)
    assert client.get("/therapies/").status_code == 503
    path.unlink()
    path.write_bytes(site.path.read_bytes())
    assert client.get("/therapies/").status_code == 200


def test_a_mistake_of_ours_is_no_missing_release(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("a mistake")

    monkeypatch.setattr(catalogue, "release", broken)
    response = client.get("/therapies/?page=1")
    assert response.status_code == 500
    assert "install_release" not in response.content.decode()


def test_an_unknown_address_without_a_release_is_no_other_error(site: Site, client: Client, tmp_path: Path) -> None:
    install(tmp_path / "catalogue.sqlite3")
    assert client.get("/no-such-page/").status_code == 503


def test_every_page_can_be_made_of_an_empty_catalogue(serve: Any) -> None:
    serve(builders.catalogue(families=[], conditions=[], sources=[]))
    client = Client()
    fixed = [f"/{route.pattern}" for route in urlpatterns if "<" not in str(route.pattern)]
    answers = {address: client.get(address).status_code for address in fixed}
    answers.pop(reverse("glossary"))  # a topic like any other, so a catalogue may lack it
    assert {address: status for address, status in answers.items() if status not in (200, 302, 400)} == {}
    assert len(fixed) > 20
