"""An entry as search shows it, and as a result of a query. Plain values."""

from dataclasses import dataclass

from therapies.models import KINDS
from therapies.models.therapy import Status
from therapies.search.weights import DISCOURAGED_PRIOR, MOST_STATEMENTS, PRIORS, PROGRAM_PRIOR, STATEMENT_WORTH

FOUND_AS = {kind.found_as: kind for kind in KINDS.values() if kind.found_as}
NOT_THERAPY = ("look-alike", "not-therapy")


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as search shows it. `line` is one sentence on it."""

    id: int
    kind: str
    slug: str
    name: str
    short: str
    line: str
    status: str
    weight: int
    aliases: list[str]

    @property
    def url(self) -> str:
        kind = FOUND_AS.get(self.kind)
        return kind.address(self.slug) if kind else ""

    @property
    def heading(self) -> str:
        """What stands over it among the results."""
        return FOUND_AS[self.kind if self.kind in FOUND_AS else "look-alike"].found_under

    @property
    def is_therapy(self) -> bool:
        """Something that the catalogue describes, and not only a thing that sounds like it."""
        return self.kind not in NOT_THERAPY

    @property
    def is_discouraged(self) -> bool:
        return self.status == Status.DISCOURAGED.value

    @property
    def prior(self) -> float:
        """A small push for what most people look for, added to any score."""
        is_program = self.status == Status.PROGRAM.value
        minor = PROGRAM_PRIOR if is_program else DISCOURAGED_PRIOR if self.is_discouraged else 0.0
        return PRIORS.get(self.kind, 0.0) + minor + min(self.weight, MOST_STATEMENTS) * STATEMENT_WORTH


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `how` is the role of the words that matched, `text` those words as they are written."""

    card: Card
    score: float
    how: str
    text: str = ""
    label: str = ""
