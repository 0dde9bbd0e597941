"""Fragments that are made once and filled in many times. What changes has a named place in the fragment.

A list shows hundreds of options and cards. To render each of them for each request would take most of a page's time.
"""

import re
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

BEFORE, BEHIND = "\x01", "\x02"  # around the name of a place, while the fragment is made
PLACE = re.compile(f"{BEFORE}([a-z_]+){BEHIND}")


class Outline(str):
    """HTML with places, as a format of the % operator: `outline % {"count": 3}`. What is put in must be safe HTML."""

    __slots__ = ()

    def around(self, place: str) -> list[str]:
        """What stands between the occurrences of its only place: `"3".join(parts)` fills it in fastest."""
        return [(part % {}) for part in self.split(f"%({place})s")]


def outline(template: str, context: dict[str, Any], *places: str) -> Outline:
    """The fragment with these places, which its template shows like variables: `{{ count }}`.

    Raises ValueError for a place that the fragment does not show.
    """
    marked = {name: mark_safe(f"{BEFORE}{name}{BEHIND}") for name in places}
    html = render_to_string(template, context | marked).strip()
    unseen = [name for name, mark in marked.items() if mark not in html]
    if unseen:
        raise ValueError(f"{template} has no place for “{unseen[0]}”: it has to show {{{{ {unseen[0]} }}}}.")
    return Outline(PLACE.sub(r"%(\1)s", html.replace("%", "%%")))


@lru_cache(maxsize=100)
def small_part(template: str, *places: str) -> Outline:
    """An outline that is the same on every page and in every release, such as that of a mark in a text."""
    return outline(template, {}, *places)
