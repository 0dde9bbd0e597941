"""How every page is made."""

import re
from typing import Any

import pytest
from django.test import RequestFactory

from tests.conftest import Site
from therapies.serving import render


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/therapies/", {"Therapies": "page"}),
        ("/therapies/cognitive-behavioral-therapy/", {"Therapies": "true"}),
        ("/about/", {}),
        ("/about/evidence/", {"How we rate evidence": "page"}),
        ("/guidelines/", {"Guidelines": "page"}),
    ],
)
def test_the_part_of_the_site_that_a_page_belongs_to_is_marked(path: str, current: dict[str, str]) -> None:
    menu = render.navigation(path)["masthead"].partition('aria-label="Menu"')[2]
    links = re.findall(r'<a href="[^"]+"(?: aria-current="(\w+)")?>([^<]+)', menu)
    assert {name: mark for mark, name in links if mark} == current
    assert [name for _, name in links] == list((render.SECTIONS | render.MORE).values())


def test_a_page_is_marked_with_the_release_it_was_made_from(site: Site) -> None:
    answer: Any = render.page(RequestFactory().get("/offline/"), "therapies/site/offline.html", {}, status=400)
    assert (answer.status_code, answer.made_from.number) == (400, site.number)


def test_the_sites_own_address_is_the_settings_or_the_requests(settings: Any) -> None:
    request = RequestFactory().get("/", secure=True)
    assert render.site_address(request) == "https://testserver"
    settings.SITE_ADDRESS = "https://therapies.example"
    assert render.site_address(request) == "https://therapies.example"
