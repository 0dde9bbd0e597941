"""Bit-set index of one release: which therapies have which option of a facet. Built once a release, counts at once.

Therapies stand in order of name; therapy number i is bit i (see bitsets.py). Every option of every facet is one set:
`|` joins options of a facet, `&` joins facets, `bit_count()` counts. Nothing here reads a request or makes a page.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from therapies.browse.bitsets import Bits, finished, mark, taken, union
from therapies.domain.standing import Label, Voice, heard_at, voice
from therapies.models import Therapy
from therapies.models.therapy import FOCUSES, HOMEWORK, LENGTHS, STRUCTURES, Status
from therapies.models.vocabulary import AGES, WARNED_AGAINST
from therapies.serving import catalogue

Choices = Mapping[str, Sequence[str]]
FACETS = (
    "condition",
    "standing",
    "participants",
    "delivery",
    "age",
    "length",
    "focus",
    "structure",
    "homework",
    "technique",
    "family",
)
SORTS = {"standing": "Standing", "name": "Name, A to Z", "sessions": "Fewest sessions"}
UNKNOWN_LENGTH = 10_000  # sorts after every known number of sessions
MOST_STANDINGS = 500  # sets kept of (conditions, ages) that were asked for


@dataclass(frozen=True, slots=True)
class Option:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: how many match, the therapies shown, and {facet: {option: count}}."""

    total: int
    ids: list[int]
    counts: dict[str, dict[str, int]]


@dataclass(slots=True)
class FacetIndex:
    ids: list[int] = field(default_factory=list)
    options: dict[str, list[Option]] = field(default_factory=dict)
    bits: dict[str, dict[str, Bits]] = field(default_factory=dict)
    said: dict[tuple[str, Voice, str], Bits] = field(default_factory=dict)  # (condition, voice, age)
    used: dict[str, Bits] = field(default_factory=dict)  # condition
    by_sessions: dict[int, Bits] = field(default_factory=dict)
    programs: Bits = 0
    discouraged: Bits = 0
    _standings: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[Label, Bits]] = field(default_factory=dict)

    # ── Sets ──

    def listed(self, *, programs: bool) -> Bits:
        """What browsing may show: never a discouraged practice, specific programs only when asked for."""
        everything = (1 << len(self.ids)) - 1
        return everything & ~self.discouraged & (everything if programs else ~self.programs)

    def standing(self, label: Label, conditions: Sequence[str], ages: Sequence[str]) -> Bits:
        """Therapies with this standing for at least one of the conditions (any, where none is named)."""
        key = (tuple(conditions), tuple(ages))
        made = self._standings.get(key)
        if made is None:
            each = [self._standings_for(condition, ages) for condition in conditions or self.used]
            made = {label: union(one[label] for one in each) for label in Label}
            if len(self._standings) >= MOST_STANDINGS:
                self._standings.clear()
            self._standings[key] = made
        return made[label]

    def _standings_for(self, condition: str, ages: Sequence[str]) -> dict[Label, Bits]:
        """The same table as `standing.label_of`, for all therapies at once."""
        heard = {
            says: union(self.said.get((condition, says, age), 0) for age in heard_at(ages) or AGES) for says in Voice
        }
        positive, against = heard[Voice.FOR] | heard[Voice.OPTION], heard[Voice.AGAINST]
        advised, research = positive | against, heard[Voice.RESEARCH]
        return {
            Label.RECOMMENDED: heard[Voice.FOR] & ~against,
            Label.OPTION: heard[Voice.OPTION] & ~heard[Voice.FOR] & ~against,
            Label.DIFFER: positive & against,
            Label.RESEARCH: research & ~advised,
            Label.USED: self.used.get(condition, 0) & ~advised & ~research,
            Label.AGAINST: against & ~positive,
        }

    def _option(self, facet: str, slug: str, choices: Choices) -> Bits:
        """The therapies that choosing just this option of the facet would leave, as far as the facet is concerned."""
        if facet == "standing":
            return self.standing(Label(slug), choices.get("condition", ()), choices.get("age", ()))
        return self.bits[facet].get(slug, 0)

    def _chosen(self, facet: str, choices: Choices) -> Bits:
        return union(self._option(facet, slug, choices) for slug in choices[facet])

    def _without(self, facet: str, choices: Choices, base: Bits) -> Bits:
        """The base narrowed by every facet but this one."""
        for other in FACETS:
            if other != facet and choices.get(other):
                base &= self._chosen(other, choices)
        return base

    # ── Questions ──

    def matching(self, choices: Choices, *, programs: bool = False) -> Bits:
        return self._without("", choices, self.listed(programs=programs))

    def counts(self, choices: Choices, *, programs: bool = False) -> dict[str, dict[str, int]]:
        """For every option, how many therapies choosing it alone in its facet would show."""
        return {facet: self._facet_counts(facet, choices, self.listed(programs=programs)) for facet in FACETS}

    def _facet_counts(self, facet: str, choices: Choices, listed: Bits) -> dict[str, int]:
        slugs = [option.slug for option in self.options[facet]]
        if facet in ("condition", "age") and choices.get("standing"):
            # A standing is a standing for a condition and ages, so each option brings its own.
            alone = ({**choices, facet: [slug]} for slug in slugs)
            return {slug: self._without("", each, listed).bit_count() for slug, each in zip(slugs, alone, strict=True)}
        base = self._without(facet, choices, listed)
        return {slug: (base & self._option(facet, slug, choices)).bit_count() for slug in slugs}

    def browse(
        self, choices: Choices, *, sort: str = "name", programs: bool = False, offset: int = 0, limit: int = 24
    ) -> Page:
        """Raises nothing for an offset past the end: the page is then empty."""
        found = self.matching(choices, programs=programs)
        rows = taken(self._order(found, choices, sort), offset, limit)
        return Page(found.bit_count(), [self.ids[row] for row in rows], self.counts(choices, programs=programs))

    def _order(self, found: Bits, choices: Choices, sort: str) -> Iterator[Bits]:
        """The matching therapies as sets, one after the other; within a set, by name."""
        if sort == "name":
            yield found
            return
        if sort == "sessions":
            ranks = (self.by_sessions[count] for count in sorted(self.by_sessions))
        else:
            conditions, ages = choices.get("condition", ()), choices.get("age", ())
            ranks = (self.standing(label, conditions, ages) for label in Label)
        for rank in ranks:
            yield found & rank
            found &= ~rank
        yield found


# ── Building ──


@lru_cache(maxsize=2)
def index_of(number: int, digest: str) -> FacetIndex:
    """The index of the installed release, kept while it is the newest (and the one before, for requests under way)."""
    return _Builder().build()


class _Builder:
    """Reads the release once, row by row, into sets."""

    def __init__(self) -> None:
        order = catalogue.therapies().order_by("name", "slug")
        columns = ("pk", "family__slug", "status", "ages", "length", "focus", "structure", "homework")
        self.therapies = list(order.values_list(*columns, "sessions_min", "sessions_basis"))
        self.row = {therapy[0]: number for number, therapy in enumerate(self.therapies)}
        self.size = len(self.therapies) // 8 + 1

    def build(self) -> FacetIndex:
        index = FacetIndex(ids=[therapy[0] for therapy in self.therapies])
        self._facts(index)
        self._links(index)
        self._advice(index)
        index.options["standing"] = [Option(label.value, str(label.label)) for label in Label]
        return index

    def _sets(self) -> "defaultdict[Any, bytearray]":
        return defaultdict(lambda: bytearray(self.size))

    def _facts(self, index: FacetIndex) -> None:
        sets: dict[str, defaultdict[Any, bytearray]] = {
            name: self._sets() for name in ("family", "age", "length", "focus", "structure", "homework", "sessions")
        }
        statuses = self._sets()
        for row, (_, family, status, ages, lengths, focus, structure, homework, sessions, basis) in enumerate(
            self.therapies
        ):
            mark(statuses[status], row)
            known = sessions is not None and not basis.startswith("illustration")
            for name, values in (
                ("family", [family]),
                ("age", ages),
                ("length", lengths),
                ("focus", [focus]),
                ("structure", [structure]),
                ("homework", [homework]),
                ("sessions", [sessions if known else UNKNOWN_LENGTH]),
            ):
                for value in values:
                    mark(sets[name][value], row)
        index.programs = finished(statuses[Status.PROGRAM.value])
        index.discouraged = finished(statuses[Status.DISCOURAGED.value])
        index.by_sessions = {count: finished(flags) for count, flags in sets.pop("sessions").items()}
        words = {"age": AGES, "length": LENGTHS, "focus": FOCUSES, "structure": STRUCTURES, "homework": HOMEWORK}
        for name, labels in words.items():
            index.options[name] = [Option(slug, label) for slug, label in labels.items()]
        families = catalogue.families().exclude(slug=WARNED_AGAINST).order_by("name")
        index.options["family"] = [Option(slug, name) for slug, name in families.values_list("slug", "name")]
        for name, by_value in sets.items():
            index.bits[name] = {value: finished(flags) for value, flags in by_value.items()}

    def _links(self, index: FacetIndex) -> None:
        for facet, link, options in (
            ("participants", Therapy.participants, catalogue.formats().filter(kind="participants")),
            ("delivery", Therapy.delivery, catalogue.formats().filter(kind="delivery")),
            ("technique", Therapy.techniques, catalogue.techniques()),
        ):
            index.options[facet] = [Option(*pair) for pair in options.order_by("name").values_list("slug", "name")]
            index.bits[facet] = self._pairs(link)

    def _pairs(self, link: Any) -> dict[str, Bits]:
        through, target = link.through, link.field.m2m_reverse_field_name()
        sets = self._sets()
        pairs = through._default_manager.using(catalogue.ALIAS).values_list("therapy_id", f"{target}__slug")
        for therapy, slug in pairs.iterator(chunk_size=10_000):
            mark(sets[slug], self.row[therapy])
        return {slug: finished(flags) for slug, flags in sets.items()}

    def _advice(self, index: FacetIndex) -> None:
        said = self._sets()
        rows = catalogue.recommendations().filter(seen=True).exclude(source__status="superseded")
        columns = ("therapy_id", "condition__slug", "ages", "stance", "source__kind")
        for therapy, condition, ages, stance, kind in rows.values_list(*columns).iterator(chunk_size=10_000):
            says = voice(stance, kind)
            for age in ages if says else ():
                mark(said[condition, says, age], self.row[therapy])
        index.said = {key: finished(flags) for key, flags in said.items()}
        used = self._pairs(Therapy.commonly_used_for)
        options = catalogue.conditions().order_by("name").values_list("slug", "plain_name", "name")
        index.options["condition"] = [Option(slug, _both(plain, name)) for slug, plain, name in options]
        index.used = {option.slug: used.get(option.slug, 0) for option in index.options["condition"]}
        rated: defaultdict[str, Bits] = defaultdict(int)
        for (condition, _, _), bits in index.said.items():
            rated[condition] |= bits
        index.bits["condition"] = {slug: bits | rated[slug] for slug, bits in index.used.items()}


def _both(plain: str, name: str) -> str:
    """The plain name, with the clinical one behind it where they differ."""
    if not plain or plain.lower() == name.lower():
        return name
    return plain if name.lower() in plain.lower() else f"{plain} ({name})"
