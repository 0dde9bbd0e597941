"""The page of guidelines as data: each body with its editions, those in force first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from therapies.domain.statements import year_of
from therapies.entries.how_read import HowRead, by_source
from therapies.entries.sources import LEFT_OUT, DocumentFilter
from therapies.evidence import grid
from therapies.models import Source
from therapies.models.base import name_key
from therapies.serving import catalogue
from therapies.serving.once import once_a_release
from therapies.serving.query import OneOf, ValueFilter, messages_of

MOST_NAMES = 2  # that a heading has room for
SEVERAL = 2  # editions in force: who has fewer is folded where nothing is asked for


class GuidelineFilter(DocumentFilter):
    """Narrows editions by words, by where they are from and by a group of concerns."""

    region = ValueFilter(OneOf, known=(), method="from_region", message=LEFT_OUT.format("country or region"))
    group = ValueFilter(OneOf, known=(), method="about_group", message=LEFT_OUT.format("topic"))

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, queryset=_editions())
        self.filters["region"].extra["known"] = regions()
        self.filters["group"].extra["known"] = topics()

    def from_region(self, rows: QuerySet[Source], name: str, region: str) -> QuerySet[Source]:
        return rows.filter(region__iexact=regions()[region])

    def about_group(self, rows: QuerySet[Source], name: str, group: str) -> QuerySet[Source]:
        """Editions that say anything of a concern of the group."""
        every = (catalogue.recommendations(), catalogue.condition_statements())
        speaking = (said.filter(condition__group__slug=group).values("source") for said in every)
        return rows.filter(Q(*(("pk__in", sources) for sources in speaking), _connector=Q.OR))


def _editions() -> QuerySet[Source]:
    return catalogue.sources().filter(kind__in=Source.EDITIONS)


@once_a_release()
def regions() -> dict[str, str]:
    """Where editions are from, by the name that an address has for it."""
    found = _editions().exclude(region="").order_by("region").values_list("region", flat=True).distinct()
    return {name_key(region): region for region in found}


@once_a_release()
def topics() -> dict[str, str]:
    """The groups of concerns in everyday words, by slug."""
    return dict(catalogue.condition_groups().order_by("plain_name").values_list("slug", "plain_name"))


@dataclass(frozen=True, slots=True)
class Edition:
    source: Source
    how_read: HowRead


@dataclass(slots=True)
class BodyEditions:
    """A body by its short name, as everywhere on this site, and its editions, the newest first."""

    short: str
    in_force: list[Edition] = field(default_factory=list)
    others: list[Edition] = field(default_factory=list)
    is_on_grid: bool = False

    @property
    def _sources(self) -> list[Source]:
        return [edition.source for edition in (*self.in_force, *self.others)]

    @property
    def anchor(self) -> str:
        return _anchor(self.short)

    @property
    def full_names(self) -> list[str]:
        """The names that it signs with; several bodies may share a short one."""
        return list(dict.fromkeys(source.body for source in self._sources))

    @property
    def name(self) -> str:
        return self.full_names[0] if len(self.full_names) == 1 else self.short

    @property
    def other_names(self) -> str:
        """The short name, or the full ones where there are several, if the heading does not say it already."""
        names = [self.short] if len(self.full_names) == 1 else self.full_names
        others = [name for name in names if name != self.name]
        return "; ".join([*others[:MOST_NAMES], *(["and others"] if len(others) > MOST_NAMES else [])])

    @property
    def regions(self) -> str:
        return ", ".join(dict.fromkeys(source.region for source in self._sources if source.region))


@dataclass(frozen=True, slots=True)
class GuidelineList:
    bodies: list[BodyEditions]
    asked: Mapping[str, str]  # what was understood, by name
    messages: list[str]
    in_force: int
    total: int

    @property
    def http_status(self) -> int:
        return 400 if self.messages else 200

    @property
    def first(self) -> list[BodyEditions]:
        """Those with several editions in force; everybody, where something is asked for or nobody has several."""
        several = [body for body in self.bodies if len(body.in_force) >= SEVERAL]
        return self.bodies if any(self.asked.values()) else several or self.bodies

    @property
    def folded(self) -> list[BodyEditions]:
        return self.bodies[len(self.first) :]


def guideline_list(query: QueryDict) -> GuidelineList:
    """The bodies and editions that the choice leaves; what is not understood is said and left out."""
    found = GuidelineFilter(query)
    rows = list(found.qs)
    return GuidelineList(
        bodies(rows),
        found.form.cleaned_data,
        messages_of(found.form),
        sum(source.is_in_force for source in rows),
        len(rows),
    )


def bodies(sources: Iterable[Source]) -> list[BodyEditions]:
    """Those with the most editions in force first, then by name; of each, the newest edition first."""
    counts, on_grid = _counts(), grid.choices()["body"]
    found: dict[str, BodyEditions] = {}
    for source in sorted(sources, key=lambda source: (-year_of(source.year), source.title, source.slug)):
        short = source.short_body
        body = found.setdefault(_anchor(short), BodyEditions(short, is_on_grid=short in on_grid))
        editions = body.in_force if source.is_in_force else body.others
        editions.append(Edition(source, counts.get(source.pk, HowRead())))
    return sorted(found.values(), key=lambda body: (-len(body.in_force), body.name.casefold()))


@once_a_release()
def _counts() -> Mapping[int, HowRead]:
    return by_source()


def _anchor(short_body: str) -> str:
    return f"body-{name_key(short_body)}"


def address(source: Source) -> str:
    """Where the editions of the document's body stand; empty for a kind of document without editions."""
    return reverse("guidelines", fragment=_anchor(source.short_body)) if source.kind in Source.EDITIONS else ""
