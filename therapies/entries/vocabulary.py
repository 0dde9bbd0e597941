"""The pages of techniques, formats and families as data: what each is, and which therapies use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, QuerySet
from django.urls import reverse

from therapies.browse.facets import LINK_FACETS
from therapies.models import Family, Format, Source, Technique, Therapy
from therapies.serving import catalogue, markdown

LINKS = {"participants": "participants", "delivery": "delivery", "setting": "settings"}  # a therapy's field
MOST_DESCRIBED = 40


@dataclass(frozen=True, slots=True)
class Users:
    """The therapies that use something: approaches first, specific programs and what is warned against apart."""

    approaches: list[Therapy]
    programs: list[Therapy]
    warned: list[Therapy]

    @property
    def many(self) -> bool:
        """Too many for a line of description each."""
        return self.count > MOST_DESCRIBED

    @property
    def count(self) -> int:
        return len(self.approaches) + len(self.programs) + len(self.warned)


def users(therapies: QuerySet[Therapy]) -> Users:
    """Sorts these therapies by kind and name; one query."""
    found = sorted(therapies.select_related("family"), key=lambda item: item.name)
    return Users(
        approaches=[item for item in found if not item.is_program and not item.is_discouraged],
        programs=[item for item in found if item.is_program],
        warned=[item for item in found if item.is_discouraged],
    )


# ── Techniques ──


@dataclass(frozen=True, slots=True)
class TechniquePage:
    technique: Technique
    users: Users
    cited: dict[str, Source]


def techniques_by_letter() -> list[tuple[str, list[Technique]]]:
    """Every technique with the number of therapies that use it (`uses`), under its first letter; one query."""
    found = catalogue.techniques().annotate(uses=Count("therapies"))
    ordered = sorted(found, key=lambda item: item.name.lower())
    return [(letter, list(group)) for letter, group in groupby(ordered, key=lambda item: item.name[:1].upper())]


def technique_page(slug: str) -> TechniquePage | None:
    technique = catalogue.techniques().filter(slug=slug).select_related("as_treatment").first()
    if technique is None:
        return None
    cited = markdown.cited((technique.what_you_do, technique.example))
    return TechniquePage(technique, users(catalogue.therapies().filter(techniques=technique)), cited)


# ── Formats ──


@dataclass(frozen=True, slots=True)
class FormatPage:
    format: Format
    users: Users | None  # None for providers: the catalogue does not say who provides which therapy
    cited: dict[str, Source]

    @property
    def browse_url(self) -> str:
        """The list of therapies narrowed to this format, where the list has a facet for its kind."""
        facet = LINK_FACETS.get(LINKS.get(self.format.kind, ""))
        return reverse("therapies", query={facet: self.format.slug}) if facet else ""


def formats_by_kind() -> list[tuple[str, str, list[Format]]]:
    """(kind, its name, its formats by name), in the order of the kinds; one query."""
    found = sorted(catalogue.formats(), key=lambda item: item.name.lower())
    return [(kind, name, _of_kind(found, kind)) for kind, name in Format.KINDS.items()]


def _of_kind(formats: Iterable[Format], kind: str) -> list[Format]:
    return [item for item in formats if item.kind == kind]


def format_page(slug: str) -> FormatPage | None:
    found = catalogue.formats().filter(slug=slug).first()
    if found is None:
        return None
    link = LINKS.get(found.kind)
    cited = markdown.cited((found.what_it_is, found.good_points, found.hard_points, found.training))
    return FormatPage(found, users(catalogue.therapies().filter(**{link: found})) if link else None, cited)


# ── Families ──


@dataclass(frozen=True, slots=True)
class FamilyPage:
    family: Family
    users: Users


def family_page(slug: str) -> FamilyPage | None:
    family = catalogue.families().filter(slug=slug).first()
    return FamilyPage(family, users(catalogue.therapies().filter(family=family))) if family else None
