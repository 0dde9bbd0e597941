"""What hangs on a statement that nobody has checked: a label, a warning, a whole edition. Pure: a bundle in."""

from dataclasses import dataclass
from enum import IntEnum

from therapies.curate.labels import BundleLabels
from therapies.domain.statements import AGAINST_STANCES
from therapies.models import STATEMENTS, Source
from therapies.releases.bundle import Bundle, Row


class Urgency(IntEnum):
    """How far ahead a statement comes; what is more urgent counts more than all that is less urgent together."""

    EDITION = 1
    WARNING = 2
    LABEL = 4


WORDS = {
    Urgency.WARNING: "It is a warning, and readers see it before it is checked.",
    Urgency.EDITION: "Nobody has gone through the whole document.",
}


@dataclass(frozen=True, slots=True)
class Stake:
    """`words` says in whole sentences why the statement comes first; `document` is the source to open."""

    urgency: int
    words: tuple[str, ...]
    document: str


class Stakes:
    def __init__(self, content: Bundle) -> None:
        self._labels = BundleLabels(content)
        self._rows = {(kind, row["slug"]): row for kind in STATEMENTS for row in content[kind]}

    def of(self, kind: str, slug: str) -> Stake:
        row = self._rows[kind, slug]
        source = self._labels.sources[row["source"]]
        if source["status"] not in Source.IN_FORCE:
            return Stake(0, (), source["slug"])
        label = self._labels.hanging_on(row) if kind == "recommendations" else ""
        found = {Urgency.LABEL: bool(label), Urgency.WARNING: _warns(row), Urgency.EDITION: _is_not_complete(source)}
        weights = [urgency for urgency, holds in found.items() if holds]
        words = (label or WORDS[weights[0]],) if weights else ()
        return Stake(sum(weights), words, source["slug"])


def _warns(row: Row) -> bool:
    return row.get("stance") in AGAINST_STANCES or row.get("finding_level") == "harmful"


def _is_not_complete(source: Row) -> bool:
    return source["kind"] in Source.EDITIONS and not source["gone_through_on"]
