"""Builds the bit-set index of a release, which facets.py answers questions from. Reads it once, row by row."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from therapies.browse.advice import Advice
from therapies.browse.bitsets import Bits, finished, mark
from therapies.browse.facets import FACT_FACETS, LINK_FACETS, FacetIndex, Option
from therapies.domain.standing import Label
from therapies.evidence.pairs import every_pair
from therapies.models import Therapy
from therapies.models.therapy import Status
from therapies.models.vocabulary import WARNED_AGAINST
from therapies.serving import catalogue
from therapies.serving.once import once_a_release

UNKNOWN_LENGTH = 10_000  # sorts after every known number of meetings
FACTS = (
    "status",
    "family__slug",
    "sessions_min",
    "sessions_basis",
    *(facet.of_field for facet in FACT_FACETS.values()),
)


@once_a_release()
def index() -> FacetIndex:
    """The index of the release that is being read."""
    return _Builder().build()


class _Builder:
    """Reads the release once, row by row, into sets."""

    def __init__(self) -> None:
        self.ids = list(self._therapies().values_list("pk", flat=True))
        self.row = {pk: number for number, pk in enumerate(self.ids)}
        self.size = len(self.ids) // 8 + 1

    def _therapies(self) -> "QuerySet[Therapy]":
        return catalogue.therapies().order_by("name", "slug")

    def build(self) -> FacetIndex:
        index = FacetIndex(self.ids, Advice(every_pair(), self.row))
        self._facts(index)
        self._links(index)
        self._advice(index)
        return index

    def _sets(self) -> "defaultdict[Any, bytearray]":
        return defaultdict(lambda: bytearray(self.size))

    def _facts(self, index: FacetIndex) -> None:
        names = (*FACT_FACETS, "family", "sessions")
        sets: dict[str, defaultdict[Any, bytearray]] = {name: self._sets() for name in names}
        statuses = self._sets()
        for row, therapy in enumerate(self._therapies().values_list(*FACTS, named=True).iterator(chunk_size=2_000)):
            mark(statuses[therapy.status], row)
            mark(sets["family"][therapy.family__slug], row)
            mark(sets["sessions"][_sessions(therapy)], row)
            for name, facet in FACT_FACETS.items():
                value = getattr(therapy, facet.of_field)
                for option in value if isinstance(value, list) else [value]:
                    mark(sets[name][option], row)
        index.programs = finished(statuses[Status.PROGRAM.value])
        index.discouraged = finished(statuses[Status.DISCOURAGED.value])
        index.by_sessions = {count: finished(flags) for count, flags in sets.pop("sessions").items()}
        for name, facet in FACT_FACETS.items():
            index.options[name] = [Option(slug, label) for slug, label in facet.labels.items()]
        families = catalogue.families().exclude(slug=WARNED_AGAINST).order_by("name")
        index.options["family"] = [Option(slug, name) for slug, name in families.values_list("slug", "name")]
        for name, by_value in sets.items():
            index.bits[name] = {value: finished(flags) for value, flags in by_value.items()}

    def _links(self, index: FacetIndex) -> None:
        for name, facet in LINK_FACETS.items():
            link: Any = getattr(Therapy, name)
            entries = link.rel.model._default_manager.using(catalogue.ALIAS)
            options = entries.complex_filter(link.field.get_limit_choices_to()).order_by("name")
            index.options[facet] = [Option(*pair) for pair in options.values_list("slug", "name")]
            index.bits[facet] = self._pairs(link)

    def _pairs(self, link: Any) -> dict[str, Bits]:
        through, target = link.through, link.field.m2m_reverse_field_name()
        sets = self._sets()
        pairs = through._default_manager.using(catalogue.ALIAS).values_list("therapy_id", f"{target}__slug")
        for therapy, slug in pairs.iterator(chunk_size=10_000):
            mark(sets[slug], self.row[therapy])
        return {slug: finished(flags) for slug, flags in sets.items()}

    def _advice(self, index: FacetIndex) -> None:
        rows = catalogue.conditions().values_list("slug", "plain_name", "name")
        concerns = (Option(slug, plain or name, name) for slug, plain, name in rows)
        index.options["condition"] = sorted(concerns, key=lambda concern: (concern.name.casefold(), concern.slug))
        index.bits["condition"] = {
            option.slug: index.advice.known(option.slug) for option in index.options["condition"]
        }
        index.options["standing"] = [Option(label.value, label.label) for label in Label]
        index.options["checked"] = [Option("1", "Only labels that were checked against the document")]
        bodies = (Option(slug, name) for slug, name in index.advice.bodies.items())
        index.options["body"] = sorted(bodies, key=lambda body: body.name.casefold())


def _sessions(therapy: Any) -> int:
    """The fewest sessions, if that is a fact; else a number that sorts last."""
    known = therapy.sessions_min is not None and not therapy.sessions_basis.startswith("illustration")
    return therapy.sessions_min if known else UNKNOWN_LENGTH
