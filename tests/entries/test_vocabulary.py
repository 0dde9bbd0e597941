"""The pages of techniques, formats and families: what each is, and which therapies use it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get
from therapies.models.therapy import Status

MOST_QUERIES = 5


@pytest.mark.parametrize(
    "address",
    ["/techniques/goal-setting/", "/formats/group/", "/formats/psychologist/", "/families/cognitive-behavioral/"],
)
def test_a_page_costs_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], address: str
) -> None:
    with most_queries(MOST_QUERIES):
        client.get(address)


@pytest.mark.parametrize("kind", ["techniques", "formats"])
def test_each_list_names_every_entry_with_two_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], kind: str
) -> None:
    with most_queries(3):
        page = get(client, f"/{kind}/")
    assert all(f'href="/{kind}/{row["slug"]}/"' in page for row in site.content[kind])


def test_a_technique_lists_the_therapies_that_use_it_and_programs_apart(
    serve: Callable[..., Site], client: Client
) -> None:
    program = builders.therapy("short-course", status=Status.PROGRAM.value, techniques=["diary"])
    serve(
        builders.catalogue(
            techniques=[{"slug": "diary", "name": "Diary", "as_treatment": "worry-therapy", "aliases": ["Journal"]}],
            therapies=[builders.therapy(techniques=["diary"]), program, builders.therapy("another-therapy")],
        )
    )
    page = get(client, "/techniques/diary/")
    assert page.index('href="/therapies/worry-therapy/"') < page.index("Specific programs")
    assert page.index("Specific programs") < page.index('href="/therapies/short-course/"')
    assert "another-therapy" not in page
    assert "It is also given alone" in page
    assert "Not written yet" in page
    assert "Not yet checked against a source" in page
    assert client.get("/techniques/journal/")["Location"] == "/techniques/diary/"


def test_a_format_lists_the_therapies_given_so_and_a_provider_lists_none(
    serve: Callable[..., Site], client: Client
) -> None:
    serve(
        builders.catalogue(
            formats=[
                {"slug": "group", "name": "Group", "kind": "participants", "seen": True},
                {"slug": "clinic", "name": "Clinic", "kind": "setting"},
                {"slug": "nurse", "name": "Nurse", "kind": "provider", "training": "A license."},
            ],
            therapies=[builders.therapy(participants=["group"], settings=["clinic"])],
        )
    )
    group = get(client, "/formats/group/")
    assert 'href="/therapies/worry-therapy/"' in group
    assert 'href="/therapies/?participants=group"' in group
    assert "Not yet checked against a source" not in group
    assert 'href="/therapies/worry-therapy/"' in get(client, "/formats/clinic/")
    nurse = get(client, "/formats/nurse/")
    assert "A license." in nurse
    assert "Therapies given this way" not in nurse


def test_a_family_lists_its_therapies_and_warned_practices_with_the_warning(site: Site, client: Client) -> None:
    page = get(client, "/families/third-wave/")
    assert 'href="/therapies/acceptance-and-commitment-therapy/"' in page
    warned = get(client, "/families/warned-against/")
    assert 'href="/therapies/?family=warned-against"' not in warned
    assert "Warning:" in warned


@pytest.mark.parametrize("kind", ["techniques", "formats", "families"])
def test_an_unknown_name_is_answered_with_a_way_on(site: Site, client: Client, kind: str) -> None:
    assert f'href="/{kind}/"' in get(client, f"/{kind}/no-such-thing-at-all/", 404)
