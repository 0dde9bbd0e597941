"""The facets as HTML: fragments that are made once a release, filled in with what changes from list to list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from therapies.browse import facets
from therapies.browse.facets import Option
from therapies.browse.index import index
from therapies.serving.concerns import OFTEN_LOOKED_FOR
from therapies.serving.once import once_a_release
from therapies.serving.outlines import Outline, outline

SHOWN_AT_ONCE = 8
ALL_SHOWN_UP_TO = 12  # options; of a facet with more, the others come when the reader asks for more
SEARCHED = "condition"  # the facet that has a box to type in

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FacetParts:
    """The options of one facet of one release, by slug: their HTML around the count, and that of chosen ones."""

    facet: str
    unchosen: dict[str, list[str]]
    chosen: dict[str, list[str]]

    def html(self, chosen: Sequence[str], counts: Counts, *, is_unfolded: bool) -> str:
        shown, left = self._order(chosen, counts, is_unfolded)
        if not shown:
            return ""
        more = "unfolded" if is_unfolded else "more" if left else ""
        frame = _frame(self.facet, bool(chosen), more)
        return frame % {"options": self._options(shown, chosen, counts), "chosen": len(chosen), "left": left}

    def _order(self, chosen: Sequence[str], counts: Counts, is_unfolded: bool) -> tuple[Sequence[str], int]:
        """What is shown, in the usual order, and how many are left; none of which there is nothing, unless chosen."""
        slugs = [slug for slug in self.unchosen if counts[slug] or slug in chosen]
        if is_unfolded or len(slugs) <= ALL_SHOWN_UP_TO:
            return slugs, 0
        sought = list(OFTEN_LOOKED_FOR) if self.facet == SEARCHED else []
        first = sorted(slugs, key=lambda slug: (slug not in chosen, slug not in sought, -counts[slug]))
        at_once = set(first[: max(SHOWN_AT_ONCE, len(chosen))])
        return [slug for slug in slugs if slug in at_once], len(slugs) - len(at_once)

    def _options(self, slugs: Sequence[str], chosen: Sequence[str], counts: Counts) -> str:
        parts = (
            self.unchosen | {slug: self.chosen[slug] for slug in slugs if slug in chosen} if chosen else self.unchosen
        )
        return "".join([str(counts[slug]).join(parts[slug]) for slug in slugs])


def render(choices: facets.Choices, counts: Mapping[str, Counts], unfolded: Sequence[str] = ()) -> SafeString:
    """All facets, with their live counts; of those in `unfolded` every option."""
    return mark_safe(
        "".join(
            [
                parts.html(choices[parts.facet], counts[parts.facet], is_unfolded=parts.facet in unfolded)
                for parts in _parts()
            ]
        )
    )


@once_a_release()
def _parts() -> list[FacetParts]:
    return [FacetParts(facet, *(_options(facet, checked) for checked in (False, True))) for facet in facets.FACETS]


def _options(facet: str, checked: bool) -> dict[str, list[str]]:
    return {option.slug: _option(facet, option, checked) for option in index().options[facet]}


def _option(facet: str, option: Option, checked: bool) -> list[str]:
    context = {"facet": facet, "option": option, "checked": checked}
    return outline("therapies/browse/_option.html", context, "count").around("count")


@once_a_release(most=8 * len(facets.FACETS))
def _frame(facet: str, has_choices: bool, more: str) -> Outline:
    """What stands around the options; `chosen` and `left` are numbers of them."""
    about = facets.FACETS[facet]
    places = ["options", *(["chosen"] if has_choices else []), *(["left"] if more == "more" else [])]
    context = {
        "slug": facet,
        "label": about.label,
        "is_open": has_choices or about.is_open or more == "unfolded",
        "is_unfolded": more == "unfolded",
        "names": index().options[facet] if facet == SEARCHED else (),
    }
    return outline("therapies/browse/_facet.html", context, *places)
