"""What grew out of what: the therapies of each family as nested branches. Pure but for one reading of the release."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from therapies.models import Family, Therapy
from therapies.serving import catalogue
from therapies.serving.once import once_a_release
from therapies.serving.render import fragment


@dataclass(frozen=True, slots=True)
class Kin:
    """A therapy named beside another, from this family or from one further off."""

    name: str
    slug: str
    family: str


@dataclass(slots=True)
class Node:
    therapy: Therapy
    also_from: list[Kin] = field(default_factory=list)  # parents under which it does not stand
    elsewhere: list[Kin] = field(default_factory=list)  # offspring in other families
    children: "list[Node]" = field(default_factory=list)


@dataclass(slots=True)
class Branch:
    family: Family
    roots: list[Node]
    size: int


@once_a_release()
def as_html() -> SafeString:
    """The whole tree as a page shows it."""
    return fragment("therapies/entries/_branches.html", {"branches": branches()})


def branches() -> list[Branch]:
    """Every family with its therapies; three queries."""
    wanted = catalogue.therapies().select_related("family").prefetch_related("parents").order_by("name")
    return grow(wanted)


def grow(therapies: Iterable[Therapy]) -> list[Branch]:
    """Each therapy stands once: under its first parent of the same family, else as a root of its family."""
    by_pk = {therapy.pk: therapy for therapy in therapies}
    parents = {pk: [by_pk[p.pk] for p in therapy.parents.all() if p.pk in by_pk] for pk, therapy in by_pk.items()}
    above = _above(by_pk, parents)
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for pk, parent in above.items():
        below[parent].append(pk)
    elsewhere: defaultdict[int, list[Kin]] = defaultdict(list)
    for pk, given in parents.items():
        for origin in given:
            if origin.family_id != by_pk[pk].family_id:
                elsewhere[origin.pk].append(_kin(by_pk[pk]))

    def node(pk: int) -> Node:
        also = [_kin(parent) for parent in parents[pk] if parent.pk != above[pk]]
        return Node(by_pk[pk], also, elsewhere[pk], [node(child) for child in below[pk]])

    roots: defaultdict[int, list[Node]] = defaultdict(list)
    for pk in below[None]:
        roots[by_pk[pk].family_id].append(node(pk))
    families = {therapy.family_id: therapy.family for therapy in by_pk.values()}
    sizes = {pk: sum(therapy.family_id == pk for therapy in by_pk.values()) for pk in families}
    found = [Branch(family, _most_first(roots[pk]), sizes[pk]) for pk, family in families.items()]
    return sorted(found, key=lambda branch: (branch.family.is_warned_against, -branch.size, branch.family.name))


def _above(by_pk: dict[int, Therapy], parents: dict[int, list[Therapy]]) -> dict[int, int | None]:
    """For each therapy, the parent it stands under; a circle is cut where it would close."""
    above: dict[int, int | None] = {}
    for pk, therapy in by_pk.items():
        near = (parent.pk for parent in parents[pk] if parent.family_id == therapy.family_id)
        above[pk] = next((parent for parent in near if not _leads_to(parent, pk, above)), None)
    return above


def _leads_to(start: int | None, goal: int, above: dict[int, int | None]) -> bool:
    while start is not None:
        if start == goal:
            return True
        start = above.get(start)
    return False


def _kin(therapy: Therapy) -> Kin:
    return Kin(therapy.name, therapy.slug, therapy.family.name)


def _most_first(nodes: Sequence[Node]) -> list[Node]:
    """The oldest stems first: those with most that grew out of them."""
    return sorted(nodes, key=lambda node: (-_size(node), node.therapy.name))


def _size(node: Node) -> int:
    return 1 + sum(_size(child) for child in node.children)
