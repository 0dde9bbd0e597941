"""An entry as search shows it, and as a result of a query. Plain values."""

from dataclasses import dataclass

from therapies.models import KINDS
from therapies.models.therapy import Status

FOUND_AS = {kind.found_as: kind for kind in KINDS.values() if kind.found_as}
NOT_THERAPY = ("look-alike", "not-therapy")


@dataclass(frozen=True, slots=True)
class SearchCard:
    """An entry as search shows it. `line` is a sentence about it, `weight` how many statements there are on it.

    `leads_to` is the path of the page that answers a question; other entries have pages of their own. A concern
    that `is_delicate` hurts where it is suggested lightly; one that `is_danger` is meant where a text signals danger.
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
    is_delicate: bool
    is_danger: bool
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

    def hurts(self, *, in_danger: bool) -> bool:
        """Whether it hurts where it is suggested lightly, to somebody who is in danger or not."""
        return self.is_delicate and not (in_danger and self.is_danger)

    @property
    def is_discouraged(self) -> bool:
        return self.status == Status.DISCOURAGED.value


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a query found.

    `score` is how likely it is meant, from 0 to 1. `how` is the kind of name that fits (the keys of `lexicon.ORDER`),
    or “near”, “code”, “text” or “helps”; `text` is what fits as it is written, or for “helps” the condition; `label` is
    then the standing for it. `is_name` says that the whole query is that name, `is_named` that the query contains it.
    """

    card: SearchCard
    score: float
    how: str
    text: str = ""
    label: str = ""
    is_name: bool = False
    is_named: bool = False
