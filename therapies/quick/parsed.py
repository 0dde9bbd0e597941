"""What a clinician's line says: its parts as plain values, each with the words of the line that say it."""

from dataclasses import dataclass, field

from therapies.domain.severity import Severity
from therapies.quick.shorthand import Found
from therapies.quick.wish_words import CaseWish
from therapies.search.engine import SearchAnswer
from therapies.search.hits import Hit, SearchCard
from therapies.serving.codes import CodeMeaning

AGED = {"child": "child", "adolescent": "teenager", "adult": "adult", "older": "older adult"}  # as a line says it


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood, the words that say it, and the line without it."""

    kind: str
    name: str
    typed: str
    without: str


@dataclass(slots=True)
class Concern:
    """A concern that was understood, where it stands in the line, and what the same words could also mean."""

    hit: Hit
    places: list[Found]
    others: list[SearchCard] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.hit.card.slug

    @property
    def start(self) -> int:
        return min((place.start for place in self.places), default=0)


@dataclass(slots=True)
class CaseLine:
    """What a line says. `left_out` are concerns beyond two, `denied` those that it says are not there.

    `unknown` are the words that nothing was made of, and `dropped` tells of a line too long to be read to its end.
    """

    text: str
    found: SearchAnswer
    concerns: list[Concern] = field(default_factory=list)
    left_out: list[Concern] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    codes: list[CodeMeaning] = field(default_factory=list)  # of which we have no page
    therapies: list[Hit] = field(default_factory=list)
    age: str = ""
    severity: Severity | None = None
    wishes: list[CaseWish] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dropped: bool = False
    bare: str = ""  # without its ages

    def at_age(self, age: str) -> str:
        """The line for somebody of another age."""
        return f"{self.bare}, {AGED[age]}" if self.bare else AGED[age]

    @property
    def of_age(self) -> str:
        """What to add to another concern, so that it is asked about at the same age."""
        return f", {AGED[self.age]}" if self.age else ""
