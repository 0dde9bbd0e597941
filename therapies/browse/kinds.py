"""The kinds of therapy that /therapies/ opens on: a fragment that is made once a release."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from therapies.browse.index import index
from therapies.domain.standing import Label
from therapies.models import Family
from therapies.serving import catalogue
from therapies.serving.once import once_a_release
from therapies.serving.render import fragment

DRAWINGS = {  # scenes of a meeting that show what a kind is about
    "behavioral": "f-fear",
    "body-mind": "f-breathe",
    "cognitive-behavioral": "f-map",
    "creative-expressive": "f-paint",
    "humanistic-experiential": "f-chairs",
    "integrative": "f-agenda",
    "interpersonal-relational": "f-tree",
    "low-intensity": "f-book",
    "other-help": "f-week",
    "psychodynamic": "f-timeline",
    "supportive-counseling": "f-listen",
    "systemic-family": "f-circle",
    "third-wave": "f-body",
    "trauma-focused": "f-eyes",
}


@dataclass(frozen=True, slots=True)
class KindOfTherapy:
    """A family with how many therapies of it are listed, and how many of these some guideline recommends."""

    family: Family
    count: int
    recommended: int

    @property
    def drawing(self) -> str:
        return DRAWINGS.get(self.family.slug, "")


def render(ticked: Sequence[tuple[str, str]]) -> SafeString:
    """The HTML of the kinds; what is `ticked` for comparison, as (name, value), goes on with their links."""
    return _made(tuple(ticked))


@once_a_release(most=100)
def _made(ticked: tuple[tuple[str, str], ...]) -> SafeString:
    kinds = [(kind, reverse("therapies", query=[("family", kind.family.slug), *ticked])) for kind in _kinds()]
    return fragment("therapies/browse/_kinds.html", {"kinds": kinds})


@once_a_release()
def _kinds() -> list[KindOfTherapy]:
    """Those first of which guidelines recommend most; then the larger ones."""
    sets, listed = index().bits["family"], index().listed(programs=False)
    recommended = index().standings({}).by_label.get(Label.RECOMMENDED, 0)
    families = {family: sets.get(family.slug, 0) & listed for family in catalogue.families().order_by("name")}
    kinds = [KindOfTherapy(of, bits.bit_count(), (bits & recommended).bit_count()) for of, bits in families.items()]
    return sorted((kind for kind in kinds if kind.count), key=lambda kind: (-kind.recommended, -kind.count))
