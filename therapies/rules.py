"""What an entry must satisfy to be published. Pure: a bundle in, a list of problems out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from therapies.models import KINDS

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `blocks` says whether a release waits for it."""

    kind: str
    slug: str
    field: str
    message: str
    blocks: bool = True

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}, {self.field}: {self.message}"


def check(bundle: dict[str, Any]) -> list[Problem]:
    """Every problem of the bundle as a whole."""
    return [*dangling_references(bundle)]


def dangling_references(bundle: dict[str, Any]) -> Iterator[Problem]:
    """References to an entry that the bundle does not hold."""
    kind_of: dict[Any, str] = {model: kind for kind, model in KINDS.items()}
    slugs = {kind: {row["slug"] for row in bundle[kind]} for kind in KINDS}
    for kind, model in KINDS.items():
        relations = [f for f in [*model._meta.concrete_fields, *model._meta.many_to_many] if f.is_relation]
        for row, field in ((row, field) for row in bundle[kind] for field in relations):
            value = row[field.name]
            for slug in value if field.many_to_many else [value] if value else []:
                if slug not in slugs[kind_of[field.related_model]]:
                    yield Problem(kind, row["slug"], field.name, f"“{slug}” does not exist.")
