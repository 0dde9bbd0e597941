"""The list of sources with its filters, and the page of each document with all that it says and rests on it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, text
from therapies.entries.source import BASES
from therapies.models import Source
from therapies.releases.bundle import Bundle

MOST_QUERIES = 12


@pytest.mark.parametrize("slug", ["nice-ng222", "div12-list", "who-mhgap-2023", "vadod-ptsd-2017"])
def test_a_page_costs_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], Any], slug: str
) -> None:
    with most_queries(MOST_QUERIES):
        client.get(f"/sources/{slug}/")


def test_the_page_of_a_database_of_trials_tells_what_was_pooled_from_it(
    serve: Callable[..., Site], client: Client
) -> None:
    rows = [
        builders.pooled_effect(),
        builders.pooled_effect("counted", therapy=None, population="people in a hospital"),
    ]
    serve(builders.catalogue(therapies=[builders.therapy()], pooled_effects=rows))
    words = text(client.get("/sources/guideline-2020/"))
    assert "All trials in it, by a program that pools them" in words
    assert "Worry therapy (adults): 42 of 100 (38 to 46), and 19 of 100 (17 to 21) who had usual care" in words
    assert "symptoms cut by half. A medium difference in favor of the therapy, compared with usual care" in words
    assert "Talking therapies taken together (adults; people in a hospital)" in words
    assert "Nothing in the catalogue rests on it" not in words
    assert "Complete?" not in words


def test_the_pages_of_the_list_hold_every_source_once(
    site: Site, client: Client, most_queries: Callable[[int], Any]
) -> None:
    address, found = "/sources/", ""
    get(client, address)  # how much is on file of each document is counted once a release
    while address:
        with most_queries(4):
            page = get(client, address)
        found += page
        address = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
    assert all(found.count(f'href="/sources/{row["slug"]}/"') == 1 for row in site.content["sources"])


def test_guidelines_come_first_and_of_these_first_who_says_most(serve: Callable[..., Site], client: Client) -> None:
    serve(
        builders.catalogue(
            sources=[
                builders.source("study", body="Aaa", kind="study"),
                builders.source("quiet", body="Bbb"),
                builders.source("telling", body="Zzz"),
                builders.source("list", body="Aaa", kind="rating-list"),
            ],
            therapies=[builders.therapy()],
            conditions=[builders.condition()],
            recommendations=[builders.recommendation(source="telling")],
        )
    )
    page = get(client, "/sources/")
    places = [page.index(f'href="/sources/{slug}/"') for slug in ("telling", "quiet", "list", "study")]
    assert places == sorted(places)


def test_words_kind_and_status_narrow_the_list_together(serve: Callable[..., Site], client: Client) -> None:
    serve(
        builders.catalogue(
            sources=[
                builders.source("one", title="Worry in adults"),
                builders.source("two", title="Worry in children", status="superseded"),
                builders.source("three", title="Worry, a study", kind="study"),
                builders.source("four", title="Sleep"),
            ],
            conditions=[],
        )
    )
    page = get(client, "/sources/?q=worry&kind=guideline&status=current")
    assert 'data-total="1"' in page
    assert 'href="/sources/one/"' in page
    assert 'data-total="0"' in get(client, "/sources/?q=worry+sleep")


def test_what_somebody_typed_is_not_kept(site: Site, client: Client) -> None:
    assert client.get("/sources/?q=nice")["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/sources/?kind=guideline")["Cache-Control"]


def test_what_is_not_understood_is_named_and_the_rest_is_honoured(site: Site, client: Client) -> None:
    page = get(client, "/sources/?kind=novel&status=superseded", 400)
    assert "We did not understand “novel” as a kind of source" in page
    assert '<option value="superseded" selected>' in page
    assert "is not a page number" in get(client, "/sources/?page=two", 400)
    assert "There is no page 999." in get(client, "/sources/?page=999", 404)
    assert "“-1” is not a page number" in get(client, "/sources/?page=-1", 400)


def test_a_source_shows_what_rests_on_it_and_how_current_it_is(serve: Callable[..., Site], client: Client) -> None:
    serve(
        builders.catalogue(
            sources=[
                builders.source("new", status_basis="recalled", url="https://new.example/", url_is_official=True),
                builders.source(
                    "old", year="2001", status="superseded", superseded_by="new", url="https://copy.example/"
                ),
            ],
            therapies=[builders.therapy(text_sources=["new"])],
            recommendations=[
                builders.recommendation(source="new", strength_as_issued="strong for"),
                builders.recommendation("row-2", source="new", basis="recalled"),
            ],
        )
    )
    new = get(client, "/sources/new/")
    assert "Current. How we know: written from memory, not yet checked." in new
    assert 'href="https://new.example/"' in new
    assert "strong for" in new
    assert new.count("To be checked against the document") == 1
    assert 'href="/sources/old/"' in new
    assert "Words that rest on it" in new
    old = get(client, "/sources/old/")
    assert "Superseded: a newer document has replaced it." in old
    assert 'href="/sources/new/"' in old
    assert "copy.example" not in old
    assert "Nothing in the catalogue rests on it now." in old


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "withdrawn"}, "Replaced by No newer edition of it is on file."),
        (
            {"status": "superseded", "note": "The report of 2012."},
            "Replaced by A newer document that has no page here. The report of 2012.",
        ),
    ],
)
def test_what_has_no_successor_says_so(
    serve: Callable[..., Site], client: Client, fields: dict[str, str], words: str
) -> None:
    serve(builders.catalogue(sources=[builders.source("old", **fields)]))
    assert words in text(get(client, "/sources/old/"))


SAID = re.compile(r'class="said[^"]*" id="([^"]+)"')


def test_every_statement_stands_on_the_page_of_its_document_exactly_once(site: Site, client: Client) -> None:
    expected: defaultdict[str, list[str]] = defaultdict(list)
    for kind in ("recommendations", "condition_statements"):
        for row in site.content[kind]:
            expected[row["source"]].append(row["slug"])
    for source, slugs in expected.items():
        shown = SAID.findall(client.get(f"/sources/{source}/").content.decode())
        assert sorted(shown) == sorted(slugs), source


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("current", "Current. How we know: read in a copy or a report."),
        ("superseded", "Superseded: a newer document has replaced it."),
        ("draft", "Draft: it is not final yet and does not count."),
        ("withdrawn", "Withdrawn: it is no longer in force."),
        ("unknown", "Edition not confirmed: nobody has checked yet whether there is a newer one."),
    ],
)
def test_the_status_is_told_in_words_and_narrows_the_list(
    serve: Callable[..., Site], client: Client, status: str, words: str
) -> None:
    others = [builders.source(f"other-{one}", status=one) for one in Source.STATUSES if one != status]
    serve(builders.catalogue(sources=[builders.source("one", status=status, status_basis="read in a copy"), *others]))
    assert words in text(get(client, "/sources/one/"))
    listed = get(client, f"/sources/?status={status}")
    assert 'data-total="1"' in listed or status == "current"  # the maker's own source is current
    assert Source(status=status, kind="guideline").edition in text(listed.split('href="/sources/one/"')[1])


def test_a_study_of_unknown_status_is_no_edition_to_confirm(serve: Callable[..., Site], client: Client) -> None:
    serve(builders.catalogue(sources=[builders.source("one", kind="study", status="unknown")]))
    assert "Not known: nobody has checked yet" in text(get(client, "/sources/one/"))
    assert "not confirmed" not in get(client, "/sources/?kind=study")


def test_every_status_basis_of_the_shipped_documents_is_told_in_words(shipped: Bundle) -> None:
    bases = Counter(row["status_basis"] for row in shipped["sources"] if row["status_basis"])
    assert {basis for basis, count in bases.items() if count > 1} <= set(BASES)


def statements(**fields: Any) -> Bundle:
    return builders.catalogue(
        sources=[builders.source("one", url="https://body.example/guide", url_is_official=True)],
        therapies=[builders.therapy(), builders.therapy("breath-therapy"), builders.therapy("art-therapy")],
        recommendations=[
            builders.recommendation("adult-none", source="one", line="none"),
            builders.recommendation("adult-option", source="one", line="option", therapy="breath-therapy"),
            builders.recommendation("adult-first-b", source="one", line="first", therapy="breath-therapy"),
            builders.recommendation("adult-first-a", source="one", line="first", therapy="art-therapy"),
            builders.recommendation("child", source="one", ages=["child"], line="relapse"),
        ],
        **fields,
    )


def test_statements_stand_in_order_of_condition_age_place_and_therapy(
    serve: Callable[..., Site], client: Client
) -> None:
    earlier = builders.condition("zebras", plain_name="A fear of stripes")
    content = statements(conditions=[earlier])
    content["recommendations"].append(builders.recommendation("stripes", source="one", condition="zebras"))
    serve(content)
    page = get(client, "/sources/one/")
    assert SAID.findall(page) == ["stripes", "child", "adult-first-a", "adult-first-b", "adult-option", "adult-none"]
    places = re.findall(r"<h[345][^>]*>([^<]+)</h[345]>", page.split('id="for-worry"')[1])
    assert places == [
        "Children",
        "To prevent relapse",
        "Adults",
        "First choice",
        "One option among others",
        "No order given",
    ]


def test_a_statement_tells_where_how_and_when_it_was_read(serve: Callable[..., Site], client: Client) -> None:
    read = {"locator": "1.2.3", "read_url": "https://body.example/guide/1 (page 2)", "read_on": "2026-11-02"}
    rows = [
        builders.recommendation(
            "own", source="one", basis="read", purpose="relapse-prevention", severity="mild", **read
        ),
        builders.recommendation("copied", source="one", basis="copy", read_url="https://copy.example/x"),
        builders.recommendation("recalled", source="one", basis="recalled", locator="rec 4"),
    ]
    source = builders.source("one", url="https://body.example/guide", url_is_official=True)
    serve(builders.catalogue(sources=[source], therapies=[builders.therapy()], recommendations=rows))
    page = get(client, "/sources/one/")
    words = text(page)
    assert "3 statements: 1 read in the document, 1 read in a copy or a report of it, 1 to be checked." in words
    assert "To prevent relapse Severity: mild Where: 1.2.3" in words
    assert "Read at: https://body.example/guide/1 (page 2), 2026-11-02" in words
    assert 'href="https://body.example/guide/1"' in page
    assert "Read at: https://copy.example/x" in words
    assert "Read in a copy or a report of the document" in words
    assert 'href="https://copy.example' not in page
    assert "Where to look: rec 4" in words


@pytest.mark.parametrize(
    ("gone_through_on", "words"),
    [
        ("2026-11-02", "Somebody went through the whole document for talking therapies on 2026-11-02."),
        (None, "Nobody has yet gone through the whole document. There may be more in it."),
    ],
)
def test_a_document_says_whether_it_is_complete(
    serve: Callable[..., Site], client: Client, gone_through_on: str | None, words: str
) -> None:
    serve(builders.catalogue(sources=[builders.source("one", gone_through_on=gone_through_on)]))
    assert words in text(get(client, "/sources/one/"))


def test_a_long_page_folds_its_conditions_below_an_index(site: Site, client: Client) -> None:
    page = get(client, "/sources/who-mhgap-2023/")
    about = {row["condition"] for row in site.content["recommendations"] if row["source"] == "who-mhgap-2023"}
    assert all(page.count(f'href="#for-{slug}"') == page.count(f'id="for-{slug}"') == 1 for slug in about)
    assert page.count('<details class="rated">') == len(about)


def test_documents_built_on_one_another_say_that_they_are_one_voice(serve: Callable[..., Site], client: Client) -> None:
    serve(builders.catalogue(sources=[builders.source("base"), builders.source("built", rests_on="base")]))
    assert "The two count as one voice." in text(get(client, "/sources/built/"))
    base = get(client, "/sources/base/")
    assert "They count as one voice with it." in text(base)
    assert 'href="/sources/built/"' in base


def test_both_editions_say_what_changed_between_them(serve: Callable[..., Site], client: Client) -> None:
    serve(
        builders.catalogue(
            sources=[
                builders.source("new", year="2022"),
                builders.source("old", year="2009", status="superseded", superseded_by="new"),
            ],
            therapies=[builders.therapy()],
            recommendations=[
                builders.recommendation("row-old", source="old"),
                builders.recommendation("row-new", source="new", stance="option"),
            ],
        )
    )
    new, old = text(get(client, "/sources/new/")), text(get(client, "/sources/old/"))
    assert "What changed with this edition" in new
    assert "What the newer edition changed" in old
    assert all("Before: Recommended. Now: Listed as an option." in page for page in (new, old))


def test_a_draft_replaces_nothing(serve: Callable[..., Site], client: Client) -> None:
    serve(
        builders.catalogue(
            sources=[builders.source("new"), builders.source("draft", status="draft", superseded_by="new")]
        )
    )
    draft, new = text(get(client, "/sources/draft/")), text(get(client, "/sources/new/"))
    assert "In force until it is final" in draft
    assert "Replaced by" not in draft
    assert "Draft of the next edition" in new
    assert "Replaces" not in new
