"""An entry as search shows it, and as a result of a query. Plain values."""

from dataclasses import dataclass

from therapies.models import KINDS
from therapies.models.therapy import Status
from therapies.search.weights import DISCOURAGED_PRIOR, MOST_STATEMENTS, PRIORS, PROGRAM_PRIOR, STATEMENT_WORTH

FOUND_AS = {kind.found_as: kind for kind in KINDS.values() if kind.found_as}
NOT_THERAPY = ("look-alike", "not-therapy")


@dataclass(frozen=True, slots=True)
class SearchCard:
    """An entry as search shows it. `line` is a sentence about it, `weight` how many statements there are on it.

    `leads_to` is the path of the page that answers a question; other entries have pages of their own.
    """

    id: int
    kind: str
    slug: str
    name: str
    short: str
    line: str
    status: str
    weight: int
    leads_to: str
    aliases: list[str]

    @property
    def url(self) -> str:
        """The path of its page, or of the one that it leads to; empty where it has none."""
        kind = FOUND_AS.get(self.kind)
        return self.leads_to or (kind.address(self.slug) if kind else "")

    @property
    def heading(self) -> str:
        """The heading of the group of results that it belongs to."""
        return FOUND_AS[self.kind if self.kind in FOUND_AS else "look-alike"].found_under

    @property
    def is_therapy(self) -> bool:
        """Whether the catalogue describes it; otherwise it only sounds like something that it describes."""
        return self.kind not in NOT_THERAPY

    @property
    def is_discouraged(self) -> bool:
        return self.status == Status.DISCOURAGED.value

    @property
    def prior(self) -> float:
        """A small part of the score of every hit, higher for entries that more people look for."""
        is_program = self.status == Status.PROGRAM.value
        minor = PROGRAM_PRIOR if is_program else DISCOURAGED_PRIOR if self.is_discouraged else 0.0
        return PRIORS.get(self.kind, 0.0) + minor + min(self.weight, MOST_STATEMENTS) * STATEMENT_WORTH


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a query found.

    `how` is the kind of name that matched (the keys of `weights.WORTH`), or “code”, “text” or “helps”; `text` is what
    matched as it is written, or for “helps” the condition; `label` is then the standing for it.
    """

    card: SearchCard
    score: float
    how: str
    text: str = ""
    label: str = ""
