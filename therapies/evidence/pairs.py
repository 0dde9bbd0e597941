"""What is said of every pair of a therapy and a condition, read once a release and kept small.

Many pairs are spoken of in the same words, so each thing that is said is kept once, as a saying with a number, and a
pair is a therapy and such a number. The rule, which is in `domain/standing.py`, is asked once for each saying and ages.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeVar

from therapies.domain.standing import Standing, derive, heard_at
from therapies.domain.statements import Spoken
from therapies.models import Therapy
from therapies.serving import catalogue
from therapies.serving.once import once_a_release

T = TypeVar("T")


def shared(values: Iterable[T]) -> list[T]:
    """The values in their order; equal ones are one object, which takes its memory once."""
    once: dict[T, T] = {}
    return [once.setdefault(value, value) for value in values]


class Saying(NamedTuple):
    """All that is on file of a pair. `is_used` tells of common use with nothing on file, not of a named form either."""

    statements: tuple[Spoken, ...]
    is_used: bool


@dataclass(frozen=True, slots=True)
class PairList:
    """Therapies by number, and the number of what is said of each."""

    therapies: "array[int]" = field(default_factory=lambda: array("I"))
    sayings: "array[int]" = field(default_factory=lambda: array("I"))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.therapies, self.sayings, strict=True)

    def add(self, therapy: int, saying: int) -> None:
        self.therapies.append(therapy)
        self.sayings.append(saying)


NO_PAIRS = PairList()


@dataclass(frozen=True, slots=True)
class EveryPair:
    """The pairs by slug of the condition, each by rising row number of the therapy; and what is said of them."""

    by_condition: Mapping[str, PairList]
    sayings: Sequence[Saying]
    _standings: dict[frozenset[str], list[Standing | None]] = field(default_factory=dict)

    def standings(self, ages: Iterable[str] = ()) -> list[Standing | None]:
        """What each saying adds up to for these ages, by number."""
        heard = frozenset(heard_at(ages))
        if heard not in self._standings:
            made = (derive(saying.statements, used=saying.is_used, ages=heard) for saying in self.sayings)
            self._standings[heard] = shared(made)
        return self._standings[heard]

    def saying_of(self, therapy: int, condition: str) -> int | None:
        """The number of what is said of a pair; None where nobody speaks of it or uses it."""
        pairs = self.by_condition.get(condition, NO_PAIRS)
        place = bisect_left(pairs.therapies, therapy)
        found = place < len(pairs.therapies) and pairs.therapies[place] == therapy
        return pairs.sayings[place] if found else None

    def is_in_use(self, therapy: int, condition: str) -> bool:
        """Whether the pair is in common use, and nothing is on file of it or of a named form of the therapy."""
        number = self.saying_of(therapy, condition)
        return number is not None and self.sayings[number].is_used


@once_a_release()
def every_pair() -> EveryPair:
    """The pairs of the release; five queries."""
    numbers: dict[Saying, int] = {}
    by_condition: defaultdict[str, PairList] = defaultdict(PairList)
    rated_forms = _rated_forms()
    for therapy, statements in _by_therapy():
        for condition, on_file in statements.items():
            is_used = not on_file and (therapy, condition) not in rated_forms
            saying = Saying(tuple(sorted(on_file)), is_used)
            by_condition[condition].add(therapy, numbers.setdefault(saying, len(numbers)))
    return EveryPair(dict(by_condition), list(numbers))


def _by_therapy() -> Iterator[tuple[int, dict[str, list[Spoken]]]]:
    """Each therapy by rising row number, with the statements on it by condition; none, where it is only used."""
    used = Therapy.commonly_used_for.through._default_manager.using(catalogue.ALIAS).order_by("therapy_id")
    pairs = used.values_list("therapy_id", "condition__slug").iterator(chunk_size=10_000)
    rows = merge(catalogue.recommendations().spoken(), ((*pair, None) for pair in pairs), key=itemgetter(0))
    for therapy, of_one in groupby(rows, key=itemgetter(0)):
        statements: dict[str, list[Spoken]] = {}
        for _, condition, statement in of_one:
            on_file = statements.setdefault(condition, [])
            if statement:
                on_file.append(statement)
        yield therapy, statements


# ── Named forms ──


class NamedForm(NamedTuple):
    """A named form of a therapy, as a list names it."""

    pk: int
    slug: str
    name: str
    short_name: str


@once_a_release()
def forms_of() -> dict[int, list[NamedForm]]:
    """The named forms of every therapy that has some, by its row number; one query."""
    forms = catalogue.therapies().filter(is_form_of_parent=True, parents__isnull=False)
    by_parent: defaultdict[int, list[NamedForm]] = defaultdict(list)
    for parent, pk, slug, name, abbreviation in forms.values_list("parents", "pk", "slug", "name", "abbreviation"):
        by_parent[parent].append(NamedForm(pk, slug, name, abbreviation or name))
    return dict(by_parent)


def _rated_forms() -> set[tuple[int, str]]:
    """The pairs of a therapy and a condition for which a named form of the therapy is on file."""
    parents = defaultdict[int, list[int]](list)
    for parent, forms in forms_of().items():
        for form in forms:
            parents[form.pk].append(parent)
    said = catalogue.recommendations().order_by().filter(therapy__is_form_of_parent=True)
    rows = said.values_list("therapy_id", "condition__slug").distinct()
    return {(parent, condition) for form, condition in rows for parent in parents[form]}
