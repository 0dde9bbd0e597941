"""What statements add up to for one therapy and one condition: what counts, what does not, and what forms add."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import builders
from tests.conftest import Site
from therapies.domain.standing import Label, Standing
from therapies.evidence import verdicts
from therapies.serving import catalogue

SOURCES = [builders.source(), builders.source("old-2001", body="Old Body", year="2001", status="superseded")]


def of_pair(serve: Callable[..., Site], *rows: builders.Row, **fields: Any) -> verdicts.Verdict:
    """What these statements say of one therapy for worry."""
    serve(builders.catalogue(therapies=[builders.therapy(**fields)], sources=SOURCES, recommendations=list(rows)))
    return verdicts.of_pair(catalogue.therapies().get(), catalogue.conditions().get())


@pytest.mark.parametrize("fields", [{"seen": False}, {"source": "old-2001"}, {"seen": False, "source": "old-2001"}])
def test_a_statement_that_does_not_count_changes_no_standing(
    serve: Callable[..., Site], fields: dict[str, Any]
) -> None:
    against = builders.recommendation("row-2", stance="do-not", **fields)
    assert of_pair(serve, builders.recommendation(), against).standing == Standing(Label.RECOMMENDED, 1, 1)


def test_statements_that_do_not_count_give_no_standing(serve: Callable[..., Site]) -> None:
    verdict = of_pair(serve, builders.recommendation(seen=False), builders.recommendation("row-2", source="old-2001"))
    assert (verdict.standing, len(verdict.statements)) == (None, 2)


def test_statements_are_parted_into_what_counts_what_is_unchecked_and_what_is_history(
    serve: Callable[..., Site],
) -> None:
    verdict = of_pair(
        serve,
        builders.recommendation("counts"),
        builders.recommendation("unchecked", seen=False),
        builders.recommendation("history", source="old-2001"),
        builders.recommendation("unchecked-history", source="old-2001", seen=False),
    )
    assert [row.slug for row in verdict.rows] == ["counts"]
    assert [row.slug for row in verdict.unchecked] == ["unchecked"]
    assert {row.slug for row in verdict.history} == {"history", "unchecked-history"}


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
