"""What is said of every pair as sets of therapies: who has which standing, and whom a body's guidelines are for.

The rule is in `domain/standing.py`; what it reads comes from `evidence/pairs.py`, where a pair has the number of what
is said of it. Therapies are numbers of the index here; conditions and bodies are named by slug.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from therapies.browse.bitsets import Bits, finished, mark, set_of, union
from therapies.domain.standing import Order, heard_at, praise
from therapies.evidence.pairs import EveryPair, PairList, Saying, shared
from therapies.models.base import name_key
from therapies.models.vocabulary import AGES

Ages = frozenset[str]  # those whose statements are heard; all, where it is empty
MOST_KEPT = 32_000_000  # bytes of standings that were asked for lately, near enough
SETS, OF_A_SET = 16, 200  # that standings for a condition usually make; bytes that each takes beside its members


@dataclass(frozen=True, slots=True)
class Standings:
    """Sets of therapies in the order of a list: one set after the other."""

    in_order: Mapping[Order, Bits] = field(default_factory=dict)

    @property
    def by_label(self) -> Mapping[str, Bits]:
        joined = defaultdict[str, Bits](int)
        for order, bits in self.in_order.items():
            joined[order.label] |= bits
        return joined

    @property
    def every(self) -> Bits:
        return union(self.in_order.values())

    @property
    def checked(self) -> "Standings":
        return Standings({order: bits for order, bits in self.in_order.items() if not order.is_unchecked})


class AddsUp(NamedTuple):
    """What each saying adds up to for some ages, by its number: its place in a list, and the bodies that are for it."""

    orders: list[Order | None]
    bodies: list[frozenset[str]]


class Advice:
    """The sets of one release. `row` is the number of a therapy in the index, by its row number in the release."""

    def __init__(self, pairs: EveryPair, row: Mapping[int, int]) -> None:
        self._pairs = pairs
        self._size = len(row) // 8 + 1
        self._by_condition = {
            condition: PairList(array("I", (row[pk] for pk in listed.therapies)), listed.sayings)
            for condition, listed in pairs.by_condition.items()
        }
        self._slugs: dict[str, str] = {}  # of bodies, by name: each is named by many statements
        self.bodies: dict[str, str] = {}  # names by slug, of those whose guidelines in force are for something
        self._praise = shared(tuple(self._praised_in(saying)) for saying in pairs.sayings)
        self._by_body = self._pairs_by_body()
        self._adding_up: dict[Ages, AddsUp] = {}
        self._standings: dict[tuple[tuple[str, ...], Ages], Standings] = {}
        self._for_anything: dict[tuple[str, Ages], Bits] = {}

    def _praised_in(self, saying: Saying) -> Iterator[tuple[str, Sequence[str]]]:
        """The bodies that are for the pair, each with the ages that it speaks of."""
        for statement in praise(saying.statements):
            if statement.body not in self._slugs:
                self._slugs[statement.body] = name_key(statement.body)
            body = self._slugs[statement.body]
            self.bodies[body] = statement.body
            yield body, statement.ages

    def _pairs_by_body(self) -> dict[str, dict[str, PairList]]:
        """The pairs that a body is for, at whatever ages, by body and condition."""
        by_body: dict[str, dict[str, PairList]] = {body: {} for body in self.bodies}
        for condition, listed in self._by_condition.items():
            for row, number in listed:
                for body in {body for body, _ in self._praise[number]}:
                    by_body[body].setdefault(condition, PairList()).add(row, number)
        return by_body

    def _adds_up(self, ages: Ages) -> AddsUp:
        if ages not in self._adding_up:
            wanted = ages or frozenset(AGES)
            self._adding_up[ages] = AddsUp(
                shared(standing.order if standing else None for standing in self._pairs.standings(ages)),
                shared(frozenset(slug for slug, of in bodies if wanted.intersection(of)) for bodies in self._praise),
            )
        return self._adding_up[ages]

    def known(self, condition: str) -> Bits:
        """The therapies that somebody speaks of or uses for the condition."""
        return set_of(self._by_condition.get(condition, PairList()).therapies)

    # ── Standings ──

    def standings(self, conditions: Sequence[str], ages: Iterable[str]) -> Standings:
        """The standings of each therapy for these conditions; for any, where none is named.

        A therapy may have several, one a condition.
        """
        key = tuple(conditions), frozenset(heard_at(ages))
        found = self._standings.get(key)
        if found is None:
            found = self._joined(conditions or self._by_condition, key[1])
            if len(self._standings) * SETS * (self._size + OF_A_SET) > MOST_KEPT:
                self._standings.clear()
            self._standings[key] = found
        return found

    def _joined(self, conditions: Iterable[str], ages: Ages) -> Standings:
        orders = self._adds_up(ages).orders
        sets = defaultdict[Order, bytearray](lambda: bytearray(self._size))
        for condition in conditions:
            for row, number in self._by_condition.get(condition, ()):
                order = orders[number]
                if order:
                    mark(sets[order], row)
        return Standings({order: finished(sets[order]) for order in sorted(sets)})

    # ── Bodies ──

    def by_body(self, body: str, conditions: Sequence[str], ages: Iterable[str]) -> Bits:
        """What a body's guidelines in force are for, at these ages; for any condition, where none is named."""
        heard = frozenset(heard_at(ages))
        if conditions:
            return self._praised_by(body, conditions, heard)
        key = body, heard
        if key not in self._for_anything:
            self._for_anything[key] = self._praised_by(body, self._by_body[body], heard)
        return self._for_anything[key]

    def _praised_by(self, body: str, conditions: Iterable[str], ages: Ages) -> Bits:
        by_condition, bodies = self._by_body[body], self._adds_up(ages).bodies
        listed = [by_condition[condition] for condition in conditions if condition in by_condition]
        return set_of(row for pairs in listed for row, number in pairs if body in bodies[number]) if listed else 0
