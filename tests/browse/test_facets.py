"""What the list counts, against a recount by brute force of the text of the release."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from tests.browse.recount import Choices, Recount
from tests.conftest import Site
from tests.pages import get
from therapies.browse.facets import FACETS, FacetIndex
from therapies.browse.index import index as facet_index
from therapies.domain.standing import Label
from therapies.serving import catalogue

SORTS = ["name", "sessions", "standing"]
EITHER = st.booleans()
UNFOLDED = [("more", facet) for facet in FACETS]
OPTION = re.compile(r'<input type="checkbox" name="([a-z]+)" value="([^"]+)" data-count="(\d+)"')


@pytest.fixture
def index(site: Site) -> FacetIndex:
    return facet_index()


@pytest.fixture
def recount(site: Site, client: Client) -> Recount:
    return Recount(client.get("/catalogue.json").content.decode())


def selections(index: FacetIndex) -> st.SearchStrategy[Choices]:
    """One to four facets, one to three options each; the usual ones more often, so that lists are not all empty."""

    def options(facet: str) -> st.SearchStrategy[list[str]]:
        slugs = [option.slug for option in index.options[facet]]
        usual = sorted(slugs, key=lambda slug: -index._option(facet, slug, {}).bit_count())[:8]
        return st.lists(st.sampled_from(usual) | st.sampled_from(slugs), min_size=1, max_size=3, unique=True)

    chosen = st.lists(st.sampled_from(list(FACETS)), min_size=1, max_size=4, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: options(name) for name in names}))


def shown_counts(html: str) -> tuple[int, dict[tuple[str, str], int]]:
    total = re.findall(r'data-total="(\d+)"', html)
    assert len(total) == 1
    return int(total[0]), {(facet, slug): int(count) for facet, slug, count in OPTION.findall(html)}


def assert_right(
    shown: dict[tuple[str, str], int], facet: str, index: FacetIndex, recount: Recount, choices: Choices, **asked: bool
) -> None:
    """The facet shows each option with its count; one that would show nothing stands there only if it is chosen."""
    expected = recount.counts(facet, [option.slug for option in index.options[facet]], choices, **asked)
    chosen = choices.get(facet, [])
    here = {slug: count for (name, slug), count in shown.items() if name == facet}
    assert here == {slug: count for slug, count in expected.items() if count or slug in chosen}


def test_every_count_and_total_equals_a_brute_force_recount(
    site: Site, client: Client, index: FacetIndex, recount: Recount
) -> None:
    """Hundreds of random selections: each total, and one facet's whole set of counts at a time."""

    @settings(max_examples=300)
    @given(selections(index), EITHER, EITHER, st.sampled_from(list(FACETS)))
    def check(choices: Choices, programs: bool, every: bool, facet: str) -> None:
        query = [(name, slug) for name, slugs in choices.items() for slug in slugs]
        query += [("programs", "1")] if programs else []
        query += [("all", "1")] if every else []
        every = every and len(choices.get("condition", [])) > 1
        total, counts = shown_counts(get(client, f"/therapies/?{urlencode([*query, *UNFOLDED])}"))
        assert total == len(recount.shown(choices, programs=programs, every=every))
        assert_right(counts, facet, index, recount, choices, programs=programs, every=every)

    check()


def test_every_option_counts_right_where_nothing_is_chosen(
    site: Site, client: Client, index: FacetIndex, recount: Recount
) -> None:
    total, counts = shown_counts(get(client, f"/therapies/?{urlencode(UNFOLDED)}"))
    assert total == len(recount.shown({}))
    for facet in FACETS:
        assert_right(counts, facet, index, recount, {})


def test_every_order_equals_a_plain_sort(index: FacetIndex, recount: Recount) -> None:
    slugs = dict(catalogue.therapies().values_list("pk", "slug"))

    @settings(max_examples=150)
    @given(selections(index), st.sampled_from(SORTS), EITHER, EITHER, st.integers(0, 60), st.integers(1, 30))
    def check(choices: Choices, sort: str, programs: bool, every: bool, offset: int, limit: int) -> None:
        ids = index.page(choices, sort=sort, programs=programs, every=every, offset=offset, limit=limit)
        expected = recount.ordered(choices, sort, programs=programs, every=every)
        assert index.matching(choices, programs=programs, every=every).bit_count() == len(expected)
        assert [slugs[pk] for pk in ids] == expected[offset : offset + limit]

    check()


def test_a_standing_refers_to_the_chosen_condition_and_ages(serve: Callable[..., Site]) -> None:
    serve(
        builders.catalogue(
            conditions=[builders.condition("worry"), builders.condition("sadness")],
            therapies=[builders.therapy(commonly_used_for=["sadness"])],
            recommendations=[builders.recommendation(condition="worry", ages=["adult"])],
        )
    )
    index = facet_index()
    recommended = {"standing": ["recommended"]}
    assert index.matching(recommended).bit_count() == 1
    assert index.matching({**recommended, "condition": ["worry"]}).bit_count() == 1
    assert index.matching({**recommended, "condition": ["sadness"]}).bit_count() == 0
    assert Label.RECOMMENDED not in index.standings({"condition": ["worry"], "age": ["child"]}).by_label
    used = index.standings({"condition": ["sadness"], "age": ["child"]}).by_label[Label.USED]
    assert used.bit_count() == 1


def test_discouraged_practices_are_never_listed_and_programs_only_when_asked_for(serve: Callable[..., Site]) -> None:
    rows = [
        builders.therapy("good"),
        builders.therapy("program", status="technique-level programme"),
        builders.therapy("bad", status="discouraged"),
    ]
    serve(builders.catalogue(therapies=rows))
    index = facet_index()
    assert index.matching({}).bit_count() == 1
    assert index.matching({}, programs=True).bit_count() == 2


def test_an_empty_catalogue_has_an_empty_list(serve: Callable[..., Site], client: Client) -> None:
    serve(builders.catalogue())
    assert shown_counts(get(client, "/therapies/"))[0] == 0
