"""Every address of the catalogue answers, and what its pages link to is there."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.models import KINDS as MODELS

KINDS = ("therapies", "conditions", "techniques", "formats", "families", "sources")
SAMPLE = (
    "/therapies/cognitive-behavioral-therapy/",
    "/therapies/conversion-therapy/",
    "/conditions/depression/",
    "/techniques/acceptance/",
    "/formats/group/",
    "/families/third-wave/",
    "/sources/nice-ng222/",
)


def entries(site: Site, kind: str) -> Iterator[str]:
    return (f"/{kind}/{row['slug']}/" for row in site.content[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_has_a_page_with_one_heading_and_no_inline_style_or_script(
    site: Site, client: Client, kind: str
) -> None:
    for address in entries(site, kind):
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 200, address
        assert page.count("<h1") == 1, address
        assert not re.search(r"\sstyle=|<style|<script>|\son[a-z]+=|None</|\(source not known\)", page), address


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_holds_the_same_id_twice(site: Site, client: Client, kind: str) -> None:
    for address in list(entries(site, kind))[::9]:
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).content.decode())
        assert len(ids) == len(set(ids)), address


@pytest.mark.parametrize("address", SAMPLE)
def test_every_link_to_an_entry_leads_to_one(site: Site, client: Client, address: str) -> None:
    page = get(client, address)
    known = {entry for kind in KINDS for entry in entries(site, kind)}
    for link in {address.split("?")[0].split("#")[0] for address in links(page)}:
        if re.fullmatch(rf"/({'|'.join(KINDS)})/[^/]+/", link):
            assert link in known, link


@pytest.mark.parametrize("address", SAMPLE)
def test_every_link_inside_a_page_has_its_place(site: Site, client: Client, address: str) -> None:
    page = get(client, address)
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_list(site: Site, client: Client, kind: str) -> None:
    assert client.get(f"/{kind}/").status_code == 200


@pytest.mark.parametrize("kind", [kind for kind in MODELS.values() if kind.route], ids=lambda kind: kind.route)
def test_the_page_of_an_entry_says_whether_a_clinician_reviewed_it(
    serve: Callable[..., Site], client: Client, kind: Any
) -> None:
    topic = {"title": "T", "kind": "basics", "body": "B.", "main_message": "M."}
    dull: dict[str, Any] = {
        "therapies": builders.therapy(),
        "conditions": builders.condition(),
        "sources": builders.source(),
        "families": builders.catalogue()["families"][0],
        "formats": {"slug": "group", "name": "Group", "kind": "participants"},
        "techniques": {"slug": "breath", "name": "Breath"},
        "topics": {"slug": "what-it-is", **topic},
    }
    row = dull[kind.slug]
    serve(builders.catalogue(**{kind.slug: [row]}))
    address = reverse(kind.route, args=[row["slug"]])
    assert "Not yet clinically reviewed" in text(get(client, address))
    serve(builders.catalogue(**{kind.slug: [row | {"reviewed_on": "2026-11-20", "review_due": "2028-11-20"}]}))
    page = text(get(client, address))
    assert "Not yet clinically reviewed" not in page
    assert "November 20, 2026" in page
