"""The concern that an address asks about. Its name is `for` or `condition`: on every page both mean the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from therapies.models import Condition
from therapies.serving import catalogue, resolve
from therapies.serving.once import once_a_release
from therapies.serving.query import Link, NotUnderstood, Several
from therapies.serving.resolve import ResolvedName

NAMES = ("for", "condition")
OFTEN_LOOKED_FOR = {  # with the drawing that stands beside the words
    "generalized-anxiety": "g-worry",
    "depression": "g-low",
    "panic-attacks-and-panic-disorder": "g-panic",
    "ptsd": "g-trauma",
    "ocd": "g-ocd",
    "insomnia": "g-sleep",
    "social-anxiety": "g-seen",
    "grief-and-bereavement": "g-loss",
}


class EitherName(forms.MultipleHiddenInput):
    """Hands over every value of both names, whatever the field is called."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for known in NAMES for value in data.getlist(known)]


class ConcernNames(Several):
    """Everything that is written as a concern."""

    widget = EitherName


@dataclass(frozen=True, slots=True)
class AskedConcern:
    """The one concern that a page is about, and what to say of anything else that was written."""

    concern: Condition | None = None
    messages: list[str] = field(default_factory=list)
    unclear: list[ResolvedName] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.concern.slug if self.concern else ""

    def problems(self, url: Callable[[str], str]) -> list[NotUnderstood]:
        """What was not understood. `url` makes the address of the page for each concern that may be meant."""
        return [
            _problem(name, url, suggest=place < resolve.MOST_SUGGESTED_FOR) for place, name in enumerate(self.unclear)
        ]


@once_a_release()
def every() -> dict[str, Condition]:
    """Every condition by its slug, in order of name."""
    return {condition.slug: condition for condition in catalogue.conditions().order_by("name")}


def read(written: Sequence[str]) -> AskedConcern:
    """For a page that is about one concern at most: the first that is understood."""
    known, once = every(), list(dict.fromkeys(written))
    found = {name.written: name for name in resolve.resolve("conditions", [text for text in once if text not in known])}
    names = [ResolvedName(text, [text]) if text in known else found.get(text, ResolvedName(text)) for text in once]
    understood = [known[slug] for slug in dict.fromkeys(name.slug for name in names if name.slug)]
    return AskedConcern(next(iter(understood), None), _left_out(understood), [name for name in names if not name.slug])


def _left_out(understood: Sequence[Condition]) -> list[str]:
    if len(understood) < 2:
        return []
    first, *others = (concern.name for concern in understood)
    return [f"Only the first of the concerns is used: {first}. Left out: {', '.join(others)}."]


def _problem(name: ResolvedName, url: Callable[[str], str], *, suggest: bool) -> NotUnderstood:
    known = every()
    slugs = name.slugs or (resolve.suggestions("conditions", name.written) if suggest else [])
    meanings = [Link(known[slug].name, url(slug)) for slug in slugs]
    return NotUnderstood("what you want help with", name.written, meanings, ambiguous=bool(name.slugs))
