"""What is on file of a general name: “family therapy for anorexia” is, on file, family-based treatment for anorexia.

A letter names a therapy and a concern in general words. Where nobody speaks of exactly these two, a form of the therapy
may be rated for the concern, another of its family, or the therapy for a concern that is milder, wider or narrower.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from therapies.domain.standing import Label, Standing
from therapies.evidence.pairs import every_pair
from therapies.serving import catalogue
from therapies.serving.once import once_a_release

MOST_NEAR = 2  # what is shown for one concern


class KnownTherapy(NamedTuple):
    slug: str
    name: str
    family: int


@dataclass(frozen=True, slots=True)
class Kinship:
    """The therapies of a release by row number, and which of them grew out of which."""

    named: dict[int, KnownTherapy] = field(default_factory=dict)
    offspring: dict[int, list[int]] = field(default_factory=dict)
    forms: frozenset[int] = frozenset()

    def forms_of(self, therapy: int) -> list[int]:
        return [one for one in self.offspring.get(therapy, []) if one in self.forms]

    def parents_of(self, therapy: int) -> list[int]:
        """What a form is a form of; what only grew out of something is not the same in general."""
        return [one for one, young in self.offspring.items() if therapy in young and therapy in self.forms]

    def grown_from(self, therapy: int) -> list[int]:
        """All that grew out of a therapy, and out of that."""
        everyone = [*self.offspring.get(therapy, [])]
        for one in everyone:
            everyone += [pk for pk in self.offspring.get(one, []) if pk not in everyone and pk != therapy]
        return everyone

    def family_of(self, therapy: int) -> list[int]:
        """The rest of the family of a general name; what nothing grew out of means itself alone."""
        if therapy not in self.offspring or therapy not in self.named:
            return []
        family = self.named[therapy].family
        return [pk for pk, one in self.named.items() if one.family == family and pk != therapy]


@once_a_release()
def kinship() -> Kinship:
    """Read once a release, in two queries; what is warned against is no form of anything."""
    rows = catalogue.therapies().exclude(status="discouraged")
    named = {
        pk: KnownTherapy(slug, name, of) for pk, slug, name, of in rows.values_list("pk", "slug", "name", "family_id")
    }
    offspring: defaultdict[int, list[int]] = defaultdict(list)
    forms = set()
    links = rows.filter(parents__isnull=False).order_by("pk").values_list("parents", "pk", "is_form_of_parent")
    for parent, pk, is_form in links:
        offspring[parent].append(pk)
        forms |= {pk} if is_form else set()
    return Kinship(named, dict(offspring), frozenset(forms))


@dataclass(frozen=True, slots=True)
class Relative:
    """A pair near to that of the letter, and its standing.

    `how`: it is a “form” of the therapy of the letter, what that is a form of (“general”), of its “family”, the “same”.
    """

    pk: int
    slug: str
    name: str
    concern: str  # slug
    standing: Standing
    how: str


def nearest(therapy: int, concern: str, beside: Sequence[str]) -> list[Relative]:
    """What is on file nearest to a pair that nobody rates; what could not decide comes after all that did.

    `beside` are concerns that are nearly this one.
    """
    kin = kinship()
    forms = kin.forms_of(therapy)
    circles = (
        [*_rated("form", forms, [concern]), *_rated("same", [therapy], beside)],
        _rated("general", kin.parents_of(therapy), [concern]),
        _rated("family", kin.grown_from(therapy), [concern]),
        _rated("family", kin.family_of(therapy), [concern]),
        _rated("form", forms, beside),
        _rated("family", kin.grown_from(therapy), beside),
    )
    sure = ([near for near in circle if near.standing.label not in UNDECIDED] for circle in circles)
    found = next(filter(None, sure), None) or next(filter(None, circles), [])
    first = [near for near in found if near.how == found[0].how]
    return [*first[:MOST_NEAR], *(near for near in found if near.how != found[0].how)][: MOST_NEAR + 1]


UNDECIDED = (Label.UNCLEAR, Label.NO_BENEFIT)


def _rated(how: str, therapies: Iterable[int], concerns: Iterable[str]) -> list[Relative]:
    """Those that somebody rates, the best first."""
    pairs, known = every_pair(), kinship().named
    standings, found = pairs.standings(), list[Relative]()
    for concern, pk in product(concerns, therapies):
        number = pairs.saying_of(pk, concern)
        standing = standings[number] if number is not None else None
        if standing and standing.bodies and pk in known:
            found.append(Relative(pk, known[pk].slug, known[pk].name, concern, standing, how))
    return sorted(found, key=lambda near: (near.standing.order, near.name))
