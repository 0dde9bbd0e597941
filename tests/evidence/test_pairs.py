"""What a release says of every pair, read once and kept small."""

from collections.abc import Callable

from tests import builders
from tests.conftest import Site
from therapies.domain.standing import Label
from therapies.evidence.pairs import every_pair
from therapies.serving import catalogue

CONDITIONS = [builders.condition("worry"), builders.condition("sadness")]


def test_pairs_that_are_spoken_of_in_the_same_words_share_a_saying(serve: Callable[..., Site]) -> None:
    therapies = [builders.therapy("one"), builders.therapy("two"), builders.therapy("three")]
    rows = [
        builders.recommendation("row-1", therapy="one", ages=["adult", "child"]),
        builders.recommendation("row-2", therapy="two", ages=["child", "adult"]),
        builders.recommendation("row-3", therapy="three", stance="option"),
    ]
    serve(builders.catalogue(therapies=therapies, recommendations=rows))
    pk = dict(catalogue.therapies().values_list("slug", "pk"))
    pairs = every_pair()
    numbers = [pairs.saying_of(pk[slug], "worry") for slug in ("one", "two", "three")]
    assert numbers[0] == numbers[1] != numbers[2]
    assert len(pairs.sayings) == 2
    standings = pairs.standings(["child"])
    assert [standing and standing.label for standing in standings] == [Label.RECOMMENDED, None]


def test_every_pair_on_file_or_in_use_is_found_and_no_other(site: Site) -> None:
    said = set(catalogue.recommendations().values_list("therapy_id", "condition__slug"))
    used = catalogue.therapies().filter(commonly_used_for__isnull=False)
    expected = said | set(used.values_list("pk", "commonly_used_for__slug"))
    therapies = list(catalogue.therapies().values_list("pk", flat=True))
    pairs = every_pair()
    slugs = [*catalogue.conditions().values_list("slug", flat=True), "no-such-concern"]
    assert {(pk, slug) for pk in therapies for slug in slugs if pairs.saying_of(pk, slug) is not None} == expected


def test_common_use_counts_where_nothing_is_on_file_not_of_a_named_form_either(serve: Callable[..., Site]) -> None:
    both = ["worry", "sadness"]
    form = builders.therapy("form", parents=["rated"], is_form_of_parent=True)
    therapies = [
        builders.therapy("rated", commonly_used_for=both),
        builders.therapy("used", commonly_used_for=both),
        form,
    ]
    rows = [
        builders.recommendation("row-1", therapy="form", condition="sadness"),
        builders.recommendation("row-2", therapy="used", condition="sadness", source="draft-2001"),
    ]
    sources = [builders.source(), builders.source("draft-2001", status="draft")]
    serve(builders.catalogue(conditions=CONDITIONS, therapies=therapies, sources=sources, recommendations=rows))
    pk = dict(catalogue.therapies().values_list("slug", "pk"))
    in_use = [(slug, of) for slug in pk for of in both if every_pair().is_in_use(pk[slug], of)]
    assert sorted(in_use) == [("rated", "worry"), ("used", "worry")]
