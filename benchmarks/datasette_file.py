"""The catalogue in the shape that Datasette can facet and filter: one flat table, lists as JSON arrays."""

import json
import sqlite3
from pathlib import Path
from urllib.parse import urlencode

from therapies.releases.bundle import Bundle

ARRAYS = {
    "conditions": "commonly_used_for",
    "participants": "participants",
    "delivery": "delivery",
    "ages": "ages",
    "techniques": "techniques",
}
PLAIN = ("slug", "name", "family", "focus", "structure", "homework", "summary")


def write(bundle: Bundle, path: Path) -> None:
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file:
        file.execute(f"CREATE TABLE browse (id INTEGER PRIMARY KEY, {', '.join([*PLAIN, *ARRAYS])})")
        marks = ", ".join("?" * (len(PLAIN) + len(ARRAYS) + 1))
        file.executemany(
            f"INSERT INTO browse VALUES ({marks})",
            (
                (number, *(row[name] for name in PLAIN), *(json.dumps(row[name]) for name in ARRAYS.values()))
                for number, row in enumerate(bundle["therapies"], 1)
            ),
        )
        for column in ("name", "family", "focus", "structure", "homework"):
            file.execute(f"CREATE INDEX browse_{column} ON browse ({column})")
    file.close()


def questions(conditions: list[str], ages: list[str]) -> list[str]:
    """The same questions as the site's: a condition and an age chosen, live counts for as many facets as it can."""
    fixed = [("_sort", "name"), ("_size", "24"), ("_facet_size", "max")]
    fixed += [("_facet", column) for column in ("family", "focus", "structure", "homework")]
    fixed += [("_facet_array", column) for column in ARRAYS]
    return [
        "?" + urlencode([("conditions__arraycontains", condition), ("ages__arraycontains", age), *fixed])
        for condition in conditions
        for age in ages
    ]
