"""Which statements count toward a standing: said once for the database and once for a row in memory."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests import builders
from tests.conftest import Site
from therapies.models import Source
from therapies.serving import catalogue

EVERY_STATE = list(product((True, False), Source.STATUSES))
COUNTING = {"checked-current", "checked-unknown"}


def statements(**fields: Any) -> list[builders.Row]:
    """One for each state that a statement can be in, named by it."""
    return [
        builders.recommendation(
            f"{'checked' if seen else 'unchecked'}-{status}", source=f"{status}-source", seen=seen, **fields
        )
        for seen, status in EVERY_STATE
    ]


@pytest.fixture
def every_state(serve: Callable[..., Site]) -> None:
    about = [{"about": "medicine", "subject": "Pills", **row} for row in statements()]
    serve(
        builders.catalogue(
            therapies=[builders.therapy()],
            sources=[builders.source(f"{status}-source", status=status) for status in Source.STATUSES],
            recommendations=statements(),
            condition_statements=[{name: value for name, value in row.items() if name != "therapy"} for row in about],
        )
    )


@pytest.mark.parametrize("rows", [catalogue.recommendations, catalogue.condition_statements])
def test_only_checked_statements_of_documents_in_force_count(every_state: None, rows: Callable[[], Any]) -> None:
    assert set(rows().counting().values_list("slug", flat=True)) == COUNTING


@pytest.mark.parametrize("rows", [catalogue.recommendations, catalogue.condition_statements])
def test_the_rule_for_the_database_and_for_a_row_in_memory_never_disagree(
    every_state: None, rows: Callable[[], Any]
) -> None:
    counting = set(rows().counting())
    assert {row.slug: row.counts for row in rows()} == {row.slug: row in counting for row in rows()}


def test_what_does_not_count_says_why(every_state: None) -> None:
    states = {row.slug: row.state for row in catalogue.recommendations()}
    assert states == {
        "checked-current": "",
        "checked-unknown": "",
        "checked-superseded": "history",
        "unchecked-current": "unchecked",
        "unchecked-unknown": "unchecked",
        "unchecked-superseded": "history",
    }


def test_the_rule_reads_the_same_from_the_database_as_from_rows_in_memory(site: Site) -> None:
    rows = catalogue.recommendations().select_related("source", "condition").order_by("slug")
    in_memory = [(row.therapy_id, row.condition.slug, row.spoken) for row in rows]
    assert sorted(catalogue.recommendations().spoken(), key=str) == sorted(in_memory, key=str)
