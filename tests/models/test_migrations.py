"""Migrations keep what people recorded: a sign-off of a row is still one of the same row in its new form."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from therapies.models import KINDS, SignOff
from therapies.releases import bundle

BEFORE = [("therapies", "0006_words_of_letters")]  # when a row was “seen” and “secondary”


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    """The models as they were; afterwards the database is as new as it was."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("therapies")
    yield _migrate(BEFORE)
    _migrate(newest)


def _migrate(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    return executor.migrate(targets).apps


def test_a_sign_off_of_every_kind_of_statement_survives_the_change_of_its_fields(before: Any) -> None:
    rows = _rows(before)
    reviewer = before.get_model("auth", "User").objects.create(username="reviewer")
    for row in rows:
        before.get_model("therapies", "SignOff").objects.create(
            kind=_kind(row), slug=row.slug, digest=bundle.entry_digest(_as_in_a_bundle(row)), reviewer=reviewer,
            signed_at=timezone.now(), next_due=date(2027, 11, 27),
        )  # fmt: skip
    _migrate(MigrationExecutor(connection).loader.graph.leaf_nodes("therapies"))

    content = bundle.dump()
    signed = {(one.kind, one.slug): one.digest for one in SignOff.objects.all()}
    now = {(kind, row["slug"]): bundle.entry_digest(row) for kind in KINDS for row in content[kind]}
    assert len(signed) == len(rows)
    assert signed == {entry: now[entry] for entry in signed}
    bases = {row["slug"]: row["basis"] for row in content["recommendations"]}
    assert bases == {"seen": "read", "seen-in-a-report": "copy", "not-seen": "recalled"}


def _rows(apps: Any) -> list[Any]:
    """One row of each kind that the change touched, the recommendations with every basis."""

    def made(model: str, slug: str, **fields: Any) -> Any:
        return apps.get_model("therapies", model).objects.create(slug=slug, **fields)

    source = made("Source", "a-guideline", title="A guideline", body="A body", kind="guideline", year="2024")
    group = made("ConditionGroup", "moods", name="Moods")
    condition = made("Condition", "depression", name="Depression", group=group)
    family = made("Family", "talks", name="Talks")
    therapy = made("Therapy", "talking", name="Talking", status="established", family=family)
    said = {"condition": condition, "source": source}
    seen = {"seen": {"seen": True}, "seen-in-a-report": {"seen": True, "secondary": True}, "not-seen": {}}
    return [
        *(
            made(
                "Recommendation",
                slug,
                therapy=therapy,
                stance="recommended",
                ages=["adult"],
                fact="It does.",
                **said,
                **how,
            )
            for slug, how in seen.items()
        ),
        made(
            "ConditionStatement",
            "said-of-it",
            about="service",
            subject="Teams",
            seen=True,
            seen_url="https://body.example/",
            **said,
        ),
        made("Outcome", "people", therapy=therapy, treated_per_100=42, comparison_per_100=19, seen=True, **said),
        made("CrisisLine", "a-line", line_name="A line", country="US", kind="helpline"),
        source,
        condition,
    ]


def _kind(row: Any) -> str:
    return next(kind for kind, of_kind in KINDS.items() if of_kind.model.__name__ == row._meta.object_name)


def _as_in_a_bundle(row: Any) -> dict[str, Any]:
    """The row as a bundle of that time held it: relations by slug, days as text."""
    values = {}
    for field in row._meta.concrete_fields:
        value: Any = getattr(row, field.name)
        if not field.primary_key:
            value = (value.slug if value else None) if field.is_relation else value
            values[field.name] = value.isoformat() if hasattr(value, "isoformat") else value
    return values
