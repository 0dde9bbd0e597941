"""The facets as HTML: fragments that are made once a release, filled in with what changes from list to list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from therapies.browse import facets
from therapies.browse.facets import Option
from therapies.browse.index import index
from therapies.serving.once import once_a_release
from therapies.serving.outlines import Outline, outline

SHOWN_AT_ONCE = 8
ALL_SHOWN_UP_TO = 12

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FacetParts:
    """The options of one facet of one release, by slug: their HTML around the count, and that of chosen ones."""

    facet: str
    unchosen: dict[str, list[str]]
    chosen: dict[str, list[str]]

    def html(self, chosen: Sequence[str], counts: Counts) -> str:
        first, rest = self._order(chosen, counts)
        frame = _frame(self.facet, bool(chosen), bool(rest))
        parts = {"first": self._options(first, chosen, counts), "rest": self._options(rest, chosen, counts)}
        return frame % {"chosen": len(chosen), "more": len(rest), **parts}

    def _order(self, chosen: Sequence[str], counts: Counts) -> tuple[Sequence[str], Sequence[str]]:
        """What is shown at once (the chosen and the fullest options, in their usual order), and the rest."""
        slugs = list(self.unchosen)
        if len(slugs) <= ALL_SHOWN_UP_TO:
            return slugs, []
        fullest = sorted(slugs, key=lambda slug: (slug not in chosen, -counts[slug]))
        at_once = set(fullest[: max(SHOWN_AT_ONCE, len(chosen))])
        return [s for s in slugs if s in at_once], [s for s in slugs if s not in at_once]

    def _options(self, slugs: Sequence[str], chosen: Sequence[str], counts: Counts) -> str:
        parts = (
            self.unchosen | {slug: self.chosen[slug] for slug in slugs if slug in chosen} if chosen else self.unchosen
        )
        return "".join([str(counts[slug]).join(parts[slug]) for slug in slugs])


def render(choices: facets.Choices, counts: Mapping[str, Counts]) -> SafeString:
    """All facets, with their live counts."""
    return mark_safe("".join([parts.html(choices[parts.facet], counts[parts.facet]) for parts in _parts()]))


@once_a_release()
def _parts() -> list[FacetParts]:
    return [FacetParts(facet, *(_options(facet, checked) for checked in (False, True))) for facet in facets.FACETS]


def _options(facet: str, checked: bool) -> dict[str, list[str]]:
    return {option.slug: _option(facet, option, checked) for option in index().options[facet]}


def _option(facet: str, option: Option, checked: bool) -> list[str]:
    context = {"facet": facet, "option": option, "checked": checked}
    return outline("therapies/browse/_option.html", context, "count").around("count")


@once_a_release(most=8 * len(facets.FACETS))
def _frame(facet: str, has_choices: bool, has_more: bool) -> Outline:
    """What stands around the options; `chosen` and `more` are numbers of them."""
    about = facets.FACETS[facet]
    places = ["first", *(["chosen"] if has_choices else []), *(["rest", "more"] if has_more else [])]
    context = {"slug": facet, "label": about.label, "is_open": has_choices or about.is_open}
    return outline("therapies/browse/_facet.html", context, *places)
