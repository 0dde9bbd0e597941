"""What bodies say, in the order in which a page shows it."""

from collections.abc import Callable
from typing import Any

from tests import builders
from tests.conftest import Site
from therapies.evidence import statements
from therapies.serving import catalogue

SOURCES = [
    builders.source("review-2021", body="Review", year="2021", kind="systematic-review"),
    builders.source("guideline-2020", year="2020"),
    builders.source("guideline-2022", year="2022"),
    builders.source("old-2001", year="2001", status="superseded"),
]


def serve_rows(serve: Callable[..., Site], *rows: builders.Row) -> list[Any]:
    serve(builders.catalogue(therapies=[builders.therapy()], sources=SOURCES, recommendations=list(rows)))
    ((_, found),) = statements.recommendations().items()
    return found


def test_the_newest_source_speaks_first(serve: Callable[..., Site]) -> None:
    sources = ("guideline-2020", "old-2001", "guideline-2022", "review-2021")
    found = serve_rows(serve, *(builders.recommendation(f"row-{slug}", source=slug) for slug in sources))
    assert [row.source.slug for row in found] == ["guideline-2022", "review-2021", "guideline-2020", "old-2001"]


def test_documents_that_were_checked_come_first_then_unchecked_then_history(serve: Callable[..., Site]) -> None:
    found = serve_rows(
        serve,
        builders.recommendation("row-1", source="old-2001"),
        builders.recommendation("row-2", source="guideline-2022", basis="recalled"),
        builders.recommendation("row-3", source="review-2021"),
        builders.recommendation("row-4", source="guideline-2020"),
        builders.recommendation("row-5", source="guideline-2020", basis="recalled"),
    )
    documents = [(document.source.slug, document.state, len(document.rows)) for document in statements.documents(found)]
    assert documents == [
        ("guideline-2020", "", 2),
        ("review-2021", "", 1),
        ("guideline-2022", "unchecked", 1),
        ("old-2001", "history", 1),
    ]


def test_they_are_read_with_one_query(site: Site, most_queries: Callable[[int], Any]) -> None:
    with most_queries(1):
        assert all(row.source.label for rows in statements.recommendations().values() for row in rows)


def test_what_is_said_of_a_condition_is_narrowed_to_ages(serve: Callable[..., Site]) -> None:
    about = {"about": "medicine", "subject": "Pills"}
    rows = [builders.recommendation(f"for-{age}", ages=[age], **about) for age in ("adult", "child")]
    for row in rows:
        del row["therapy"]
    serve(builders.catalogue(condition_statements=rows))
    condition = catalogue.conditions().get()
    found = {age: {row.slug for row in statements.about_condition(condition, ages=[age])} for age in ("child", "older")}
    assert found == {"child": {"for-child"}, "older": {"for-adult"}}
