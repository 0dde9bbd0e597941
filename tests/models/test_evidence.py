"""What is known of a statement: whether its document is in force, and how far it was checked."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests import builders
from tests.conftest import Site
from therapies.models import Source
from therapies.models.evidence import Basis
from therapies.releases import bundle
from therapies.serving import catalogue

EVERY_STATE = list(product(Basis.values, Source.STATUSES))


@pytest.fixture
def every_state(serve: Callable[..., Site]) -> None:
    rows = [
        builders.recommendation(f"{basis}-{status}", source=f"{status}-source", basis=basis)
        for basis, status in EVERY_STATE
    ]
    sources = [builders.source(f"{status}-source", status=status) for status in Source.STATUSES]
    serve(builders.catalogue(therapies=[builders.therapy()], sources=sources, recommendations=rows))


def test_what_is_not_in_force_or_not_checked_says_so(every_state: None) -> None:
    states = {row.slug: row.state for row in catalogue.recommendations().select_related("source")}
    assert states == {
        f"{basis}-{status}": "history"
        if status in ("superseded", "draft", "withdrawn")
        else "unchecked"
        if basis == "recalled"
        else ""
        for basis, status in EVERY_STATE
    }


def test_the_rule_reads_the_same_from_the_database_as_from_rows_in_memory(site: Site) -> None:
    rows = catalogue.recommendations().select_related("source__rests_on", "condition").order_by("slug")
    in_memory = [(row.therapy_id, row.condition.slug, row.spoken) for row in rows]
    assert sorted(catalogue.recommendations().spoken(), key=str) == sorted(in_memory, key=str)


@pytest.mark.parametrize(
    ("old", "basis"),
    [
        ({"seen": True, "secondary": False}, "read"),
        ({"seen": True, "secondary": True}, "copy"),
        ({"seen": False, "secondary": False}, "recalled"),
    ],
)
def test_a_row_of_an_older_release_has_its_basis_from_what_it_said(old: dict[str, Any], basis: str) -> None:
    row = builders.recommendation(seen_url="https://body.example/", **old)
    del row["basis"]
    (made,) = bundle.normalize({"format": bundle.FORMAT, "recommendations": [row]})["recommendations"]
    assert (made["basis"], made["read_url"], made["purpose"]) == (basis, "https://body.example/", "treatment")


def test_only_an_edition_of_a_guideline_waits_to_be_confirmed() -> None:
    assert Source(kind="guideline", status="unknown").is_unconfirmed
    assert not Source(kind="study", status="unknown").is_unconfirmed
    assert not Source(kind="guideline", status="current").is_unconfirmed
