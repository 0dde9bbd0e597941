"""Every address of the catalogue answers, and what its pages link to is there."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.conftest import Site
from tests.pages import get, links

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
