"""Tiny makers of catalogue rows in the form of a bundle: name what the test is about, the rest is dull and valid."""

from typing import Any

from therapies.models import KINDS
from therapies.releases import bundle

Row = dict[str, Any]


def catalogue(**rows: list[Row]) -> bundle.Bundle:
    """A bundle of these rows, with the family, group, source and condition that the other makers refer to."""
    always = {
        "families": [
            {"slug": "cbt-family", "name": "CBT family", "plain_name": "Thoughts and habits", "line": "One line."}
        ],
        "condition_groups": [{"slug": "anxiety-group", "name": "Anxiety disorders", "plain_name": "Worry and fear"}],
        "sources": [source()],
        "conditions": [condition()],
    }
    content: dict[str, Any] = {kind: [] for kind in KINDS}
    for kind, defaults in always.items():
        given = {row["slug"] for row in rows.get(kind, [])}
        content[kind] = [row for row in defaults if row["slug"] not in given]
    for kind, given_rows in rows.items():
        content[kind] = content[kind] + given_rows
    return bundle.normalize({"format": bundle.FORMAT, **content})


def therapy(slug: str = "worry-therapy", **fields: Any) -> Row:
    name = slug.replace("-", " ").capitalize()
    return {"slug": slug, "name": name, "family": "cbt-family", "status": "approach", **fields}


def condition(slug: str = "worry", **fields: Any) -> Row:
    return {"slug": slug, "name": slug.replace("-", " ").capitalize(), "group": "anxiety-group", **fields}


def source(slug: str = "guideline-2020", **fields: Any) -> Row:
    dull = {"body": "National Body", "title": "Guideline", "year": "2020", "kind": "guideline", "status": "current"}
    return {"slug": slug, **dull, **fields}


def recommendation(slug: str = "row-1", **fields: Any) -> Row:
    dull = {
        "therapy": "worry-therapy",
        "condition": "worry",
        "source": "guideline-2020",
        "ages": ["adult"],
        "stance": "recommended",
        "basis": "read",
        "fact": "The guideline recommends it.",
    }
    return {"slug": slug, **dull, **fields}


def pooled_effect(slug: str = "worry-pooled", **fields: Any) -> Row:
    dull = {
        "therapy": "worry-therapy",
        "condition": "worry",
        "ages": ["adult"],
        "comparison": "usual-care",
        "measure": "symptoms cut by half",
        "trials": 12,
        "people": 900,
        "g": 0.6,
        "g_low": 0.4,
        "g_high": 0.8,
        "predicted_low": 0.1,
        "predicted_high": 1.1,
        "counted_trials": 9,
        "counted_people": 700,
        "counted_by": "counted",
        "treated_per_100": 42,
        "treated_low": 38,
        "treated_high": 46,
        "comparison_per_100": 19,
        "comparison_low": 17,
        "comparison_high": 21,
        "source": "guideline-2020",
        "database": "open worry",
        "version": "2025-08-29",
        "last_search": "2024-01-01",
        "doi": "10.5/worry",
        "pooled_on": "2026-11-28",
    }
    return {"slug": slug, **dull, **fields}


def pooled_people(slug: str = "pooled-1", **fields: Any) -> Row:
    """Pooled trials with a size and with people of 100."""
    dull = {
        "therapy": "worry-therapy",
        "condition": "worry",
        "source": "guideline-2020",
        "ages": ["adult"],
        "comparison": "usual-care",
        "measure": "symptoms cut by at least half at the end of treatment",
        "trials": 12,
        "people": 900,
        "g": 0.7,
        "g_low": 0.4,
        "g_high": 1.0,
        "predicted_low": 0.1,
        "predicted_high": 1.3,
        "tau_squared": 0.04,
        "counted_trials": 10,
        "counted_people": 800,
        "counted_by": "counted",
        "treated_per_100": 42,
        "treated_low": 31,
        "treated_high": 58,
        "comparison_per_100": 19,
        "comparison_low": 14,
        "comparison_high": 25,
        "database": "trials of worry",
        "version": "2026-01-01",
        "last_search": "2025-01-01",
        "doi": "10.5281/zenodo.1",
        "pooled_on": "2026-02-01",
    }
    return {"slug": slug, **dull, **fields}
