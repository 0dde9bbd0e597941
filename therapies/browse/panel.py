"""The facets as HTML. Made once a release, in parts around what changes from list to list: counts, choices, order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from therapies.browse import facets
from therapies.browse.facets import Option
from therapies.browse.index import index
from therapies.serving.once import once_a_release

SHOWN_AT_ONCE = 8
ALL_SHOWN_UP_TO = 12
CHECKED, COUNT = "\x01", "\x02"  # places in an option's HTML
OPEN, CHOSEN, FIRST, MORE = "\x03", "\x04", "\x05", "\x06"  # places in a facet's HTML

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FacetParts:
    """The HTML of one facet of one release, with places for what changes."""

    slugs: list[str]
    frame: str
    options: dict[str, tuple[str, str, str, str]]

    def html(self, facet: str, chosen: Sequence[str], counts: Counts) -> str:
        first, more = self._order(chosen, counts)
        rest = f'<details class="more" id="more-{facet}"><summary>{len(more)} more</summary>' if more else ""
        return (
            self.frame.replace(OPEN, " open" if chosen or facets.FACETS[facet].is_open else "")
            .replace(CHOSEN, f' <span class="soft">({len(chosen)})</span>' if chosen else "")
            .replace(FIRST, self._options(first, chosen, counts))
            .replace(MORE, f"{rest}{self._options(more, chosen, counts)}</details>" if more else "")
        )

    def _order(self, chosen: Sequence[str], counts: Counts) -> tuple[list[str], list[str]]:
        """What is shown at once (the chosen and the fullest options, in their usual order), and the rest."""
        if len(self.slugs) <= ALL_SHOWN_UP_TO:
            return self.slugs, []
        fullest = sorted(self.slugs, key=lambda slug: (slug not in chosen, -counts[slug]))
        at_once = set(fullest[: max(SHOWN_AT_ONCE, len(chosen))])
        return [s for s in self.slugs if s in at_once], [s for s in self.slugs if s not in at_once]

    def _options(self, slugs: Sequence[str], chosen: Sequence[str], counts: Counts) -> str:
        made = []
        for slug in slugs:
            before, checked, between, after = self.options[slug]
            mark = " checked" if slug in chosen else ""
            made.append(f"{before}{counts[slug]}{checked}{mark}{between}{counts[slug]}{after}")
        return "".join(made)


def render(choices: facets.Choices, counts: Mapping[str, Counts]) -> SafeString:
    """All facets, with their live counts."""
    made = (parts.html(facet, choices[facet], counts[facet]) for facet, parts in _parts().items())
    return mark_safe("".join(made))


@once_a_release()
def _parts() -> dict[str, FacetParts]:
    return {facet: _parts_of(facet, index().options[facet]) for facet in facets.FACETS}


def _parts_of(facet: str, options: Sequence[Option]) -> FacetParts:
    label = facets.FACETS[facet].label
    places = {"open": OPEN, "chosen": CHOSEN, "first": FIRST, "more": MORE}
    frame = render_to_string("therapies/browse/_facet.html", {"slug": facet, "label": label, **places})
    return FacetParts([option.slug for option in options], frame, {o.slug: _option(facet, o) for o in options})


def _option(facet: str, option: Option) -> tuple[str, str, str, str]:
    context = {"facet": facet, "option": option, "checked": CHECKED, "count": COUNT}
    html = render_to_string("therapies/browse/_option.html", context).strip()
    before, rest = html.split(COUNT, 1)
    checked, rest = rest.split(CHECKED)
    between, after = rest.split(COUNT)
    return before, checked, between, after
