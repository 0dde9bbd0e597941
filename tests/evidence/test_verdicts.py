"""What statements add up to for one therapy and one condition: what counts, what does not, and what forms add."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import builders
from tests.conftest import Site
from therapies.domain.standing import Label, Standing
from therapies.evidence import verdicts
from therapies.serving import catalogue

SOURCES = [
    builders.source(),
    builders.source("resting-2024", body="Other Body", year="2024", rests_on="guideline-2020"),
    *(
        builders.source(f"{status}-2001", body="Old Body", year="2001", status=status)
        for status in ("superseded", "draft", "withdrawn")
    ),
]


def of_pair(serve: Callable[..., Site], *rows: builders.Row, **fields: Any) -> verdicts.Verdict:
    """What these statements say of one therapy for worry."""
    serve(builders.catalogue(therapies=[builders.therapy(**fields)], sources=SOURCES, recommendations=list(rows)))
    return verdicts.of_pair(catalogue.therapies().get(), catalogue.conditions().get())


@pytest.mark.parametrize("status", ["superseded", "draft", "withdrawn"])
def test_a_document_that_is_not_in_force_changes_no_standing(serve: Callable[..., Site], status: str) -> None:
    against = builders.recommendation("row-2", stance="do-not", source=f"{status}-2001")
    assert of_pair(serve, builders.recommendation(), against).standing == Standing(Label.RECOMMENDED, 1, 1, year=2020)


def test_what_is_recalled_makes_a_label_that_says_so(serve: Callable[..., Site]) -> None:
    verdict = of_pair(serve, builders.recommendation(basis="recalled"))
    assert verdict.standing == Standing(Label.RECOMMENDED, 1, 1, would_say=("National Body",), year=2020)


def test_two_guidelines_of_which_one_rests_on_the_other_are_one_voice(serve: Callable[..., Site]) -> None:
    also = builders.recommendation("row-2", source="resting-2024")
    assert of_pair(serve, builders.recommendation(), also).standing == Standing(Label.RECOMMENDED, 1, 1, year=2024)


def test_statements_are_parted_into_what_is_in_force_and_what_is_history(serve: Callable[..., Site]) -> None:
    verdict = of_pair(
        serve,
        builders.recommendation("read"),
        builders.recommendation("recalled", basis="recalled"),
        builders.recommendation("history", source="superseded-2001"),
        builders.recommendation("recalled-history", source="draft-2001", basis="recalled"),
    )
    assert [row.slug for row in verdict.checked] == ["read"]
    assert [row.slug for row in verdict.unchecked] == ["recalled"]
    assert {row.slug for row in verdict.history} == {"history", "recalled-history"}


def test_common_use_alone_is_a_standing_and_no_rating(serve: Callable[..., Site]) -> None:
    verdict = of_pair(serve, commonly_used_for=["worry"])
    assert verdict.standing
    assert verdict.standing.label is Label.USED
    assert not verdict.is_rated


def test_a_pair_that_nobody_speaks_of_has_no_standing(serve: Callable[..., Site]) -> None:
    verdict = of_pair(serve)
    assert (verdict.standing, verdict.statements, verdict.best) == (None, [], None)


def test_what_is_known_of_a_form_is_the_forms_own(serve: Callable[..., Site]) -> None:
    form = builders.therapy("worry-course", parents=["worry-therapy"], is_form_of_parent=True)
    rows = [builders.recommendation(therapy="worry-course")]
    serve(builders.catalogue(therapies=[builders.therapy(), form], recommendations=rows))
    verdict = verdicts.of_pair(catalogue.therapies().get(slug="worry-therapy"), catalogue.conditions().get())
    assert (verdict.standing, verdict.rows) == (None, [])
    assert [(found.therapy.slug, found.standing.label) for found in verdict.forms if found.standing] == [
        ("worry-course", Label.RECOMMENDED)
    ]
    assert verdict.best == verdict.forms[0].standing
    assert verdict.is_rated


def test_each_group_of_ages_has_a_standing_of_its_own(serve: Callable[..., Site]) -> None:
    verdict = of_pair(
        serve,
        builders.recommendation("row-1", ages=["adult"]),
        builders.recommendation("row-2", ages=["adult"]),
        builders.recommendation("row-3", ages=["child"], stance="option"),
    )
    assert [(group.name, group.standing and group.standing.label) for group in verdict.by_ages] == [
        ("Adults", Label.RECOMMENDED),
        ("Children", Label.OPTION),
    ]
