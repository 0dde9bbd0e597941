"""Every page gives a therapy the same standing for a concern: whatever shows one is compared, pair by pair."""

from collections import Counter
from collections.abc import Iterable
from inspect import unwrap

import pytest
from django.test import Client

from tests.browse.recount import Recount
from tests.conftest import Site
from tests.pages import get, text
from therapies.browse import cards
from therapies.browse.bitsets import members
from therapies.browse.index import index
from therapies.domain.standing import Label
from therapies.evidence import grid, verdicts
from therapies.evidence.grid import Narrowing
from therapies.models.therapy import Status
from therapies.serving import catalogue

Labels = dict[tuple[str, str], Label]  # by slugs of therapy and condition
AGES = pytest.mark.parametrize("ages", [[], ["adult"], ["child", "adolescent"], ["older"]], ids=str)


@pytest.fixture
def recount(site: Site, client: Client) -> Recount:
    """The policy read by brute force from the text of the release, sharing no code."""
    return Recount(client.get("/catalogue.json").content.decode())


@pytest.fixture
def slugs(site: Site) -> dict[int, str]:
    """The therapies by row number."""
    return dict(catalogue.therapies().values_list("pk", "slug"))


def rated(labels: Labels) -> Labels:
    """Without common use, which is no rating."""
    return {pair: label for pair, label in labels.items() if label is not Label.USED}


def standings(slugs: dict[int, str], ages: Iterable[str] = ()) -> Labels:
    conditions = list(catalogue.conditions().values_list("slug", flat=True))
    found = verdicts.standings(list(slugs), conditions, list(ages))
    return {(slugs[pk], condition): standing.label for (pk, condition), standing in found.items()}


@AGES
def test_long_lists_give_the_standings_of_the_policy(slugs: dict[int, str], recount: Recount, ages: list[str]) -> None:
    found = standings(slugs, ages)
    assert found == {pair: Label(label) for pair, label in recount.every_standing(ages).items()}
    assert len(found) > 500


@AGES
def test_the_index_of_the_list_gives_the_same(slugs: dict[int, str], ages: list[str]) -> None:
    facets = index()
    found = [
        ((slugs[facets.ids[row]], option.slug), label)
        for option in facets.options["condition"]
        for label in Label
        for row in members(facets.standings({"condition": [option.slug], "age": ages}).by_label.get(label, 0), 0, 9_999)
    ]
    assert len(dict(found)) == len(found), "no pair has two"
    assert dict(found) == standings(slugs, ages)


@AGES
def test_the_pages_of_conditions_give_the_same(slugs: dict[int, str], ages: list[str]) -> None:
    """For an age, a page of a condition leaves out what is in common use, but not for that age."""
    found: Labels = {}
    for condition in catalogue.conditions():
        for verdict in verdicts.of_condition(condition, ages=ages):
            if verdict.standing:
                found[verdict.therapy.slug, condition.slug] = verdict.standing.label
    expected = standings(slugs, ages)
    assert rated(found) == rated(expected)
    assert found.items() <= expected.items() if ages else found == expected


def test_the_pages_of_therapies_and_comparisons_give_the_same(slugs: dict[int, str]) -> None:
    therapies = list(catalogue.therapies().prefetch_related("commonly_used_for"))
    used = {therapy.pk: {condition.pk for condition in therapy.commonly_used_for.all()} for therapy in therapies}
    found = {
        (slugs[pk], verdict.condition.slug): verdict.standing.label
        for pk, by_condition in verdicts.of_therapies(therapies, used).items()
        for verdict in by_condition.values()
        if verdict.standing
    }
    assert found == standings(slugs)


def test_the_grid_gives_the_same_but_for_common_use(slugs: dict[int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 10_000)
    cells = [
        (row.therapy.slug, cell.condition.slug, cell.standing.label)
        for one in unwrap(grid.grids)(Narrowing())
        for row in one.rows
        for cell in row.cells
        if cell.standing
    ]
    warned = set(catalogue.therapies().filter(status=Status.DISCOURAGED).values_list("slug", flat=True))
    expected = {
        pair: label
        for pair, label in rated(standings(slugs)).items()
        if pair[0] not in warned or label not in grid.PRAISE
    }
    assert {(therapy, condition): label for therapy, condition, label in cells} == expected


def test_a_card_sums_them_up(slugs: dict[int, str]) -> None:
    """What is recommended beside other treatment alone comes after every option."""
    kinds = [(Label.RECOMMENDED, False), (Label.OPTION, False), (Label.RECOMMENDED, True)]
    kinds += [(label, False) for label in list(Label)[2:]]
    labels: dict[str, Counter[tuple[Label, bool, bool]]] = {slug: Counter() for slug in slugs.values()}
    conditions = list(catalogue.conditions().values_list("slug", flat=True))
    for (pk, _), standing in verdicts.standings(list(slugs), conditions).items():
        is_beside = standing.label is Label.RECOMMENDED and standing.line == "adjunct"
        labels[slugs[pk]][standing.label, is_beside, standing.is_checked] += 1
    for card in cards.cards(list(slugs)):
        every = [(*kind, checked) for kind in kinds for checked in (True, False)]
        ranked = [kind for kind in every if labels[card.slug][kind]]
        words = "No label yet"
        if ranked:
            count = labels[card.slug][ranked[0]]
            label, is_beside, is_checked = ranked[0]
            beside = " beside other treatment" if is_beside else ""
            words = f"{label.label}{beside} for {count} concern{'s' if count > 1 else ''}"
            words += "" if is_checked else ", to be checked"
        assert text(card.summary) == words


def test_the_list_narrowed_to_a_concern_shows_each_standing_in_words(site: Site, client: Client) -> None:
    page = get(client, "/therapies/?condition=generalized-anxiety&sort=name")
    for card in page.split('<li class="card"')[1:]:
        slug = card.split('href="/therapies/')[1].split("/")[0]
        verdict = verdicts.of_pair(
            catalogue.therapies().get(slug=slug), catalogue.conditions().get(slug="generalized-anxiety")
        )
        line = text(card.split('class="standings">')[1].split("<label")[0])
        assert verdict.standing
        checked = (
            "" if verdict.standing.is_checked else f", to be checked against {', '.join(verdict.standing.would_say)}"
        )
        assert line == f"{verdict.standing.name} {verdict.standing.count}".strip() + checked
