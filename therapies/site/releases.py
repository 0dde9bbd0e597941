"""The public change log as data: what each release changed, word by word. Reads the installed release."""

from dataclasses import dataclass, field
from typing import Any

from therapies.domain.diff import Piece, word_difference
from therapies.models import KINDS
from therapies.serving import catalogue

MOST_CHANGES = 200
VERBS = {"added": "New", "changed": "Changed", "removed": "Taken out"}


@dataclass(frozen=True, slots=True)
class Words:
    """One field, as pieces that are the same, gone or new."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that a release added, changed or took out. `url` is its page, where it has one."""

    what: str
    kind: str
    name: str
    url: str
    words: list[Words] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{VERBS[self.what]}: {self.name} ({self.kind})"


@dataclass(frozen=True, slots=True)
class Dated:
    """A change in a condition's feed."""

    number: int
    published_on: str
    change: Change


def changes_of(number: int) -> list[Change]:
    return [_change(data) for data in catalogue.past_changes(number, limit=MOST_CHANGES)]


def changes_for(condition: str) -> list[Dated]:
    found = catalogue.past_changes_for(condition, limit=MOST_CHANGES)
    return [Dated(number, day, _change(data)) for number, day, data in found]


def _change(data: dict[str, Any]) -> Change:
    kind = KINDS.get(data["kind"])
    words = [Words(row["label"], word_difference(row["before"], row["after"])) for row in data["fields"]]
    has_page = kind and kind.route and data["what"] != "removed"
    address = kind.address(data["slug"]) if kind and has_page else ""
    return Change(data["what"], kind.name if kind else data["kind"], data["name"], address, words)
