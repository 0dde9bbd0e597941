"""The standings of one release as sets of therapies: who has which label, for which concerns and ages.

The rule is in `domain/standing.py`; here it is asked once for every pair and what it answers is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from therapies.browse.bitsets import Bits, set_of
from therapies.domain.standing import PRAISE, TREATMENT, Label, Spoken, Standing, derive, heard_at, voice
from therapies.models.vocabulary import AGES

MOST_KEPT = 2_000  # sets of one condition and ages, or of several, that were asked for lately


@dataclass(frozen=True, slots=True)
class Standings:
    """Sets by label, and the same therapies in the order of a list: one set after the other."""

    by_label: Mapping[Label, Bits] = field(default_factory=dict)
    in_order: Mapping[tuple[int, ...], Bits] = field(default_factory=dict)


@dataclass(slots=True)
class Advice:
    """What is said of every pair. Therapies are numbers of the index; conditions and bodies are named by slug."""

    spoken: dict[str, dict[int, list[Spoken]]] = field(default_factory=dict)  # by condition and therapy
    used: dict[str, set[int]] = field(default_factory=dict)  # by condition
    praised: dict[tuple[str, str, str], set[int]] = field(default_factory=dict)  # by body, condition and age
    bodies: dict[str, str] = field(default_factory=dict)  # name by slug
    _kept: dict[tuple[tuple[str, ...], tuple[str, ...], bool], Standings] = field(default_factory=dict)

    def add(self, row: int, condition: str, body: str, statement: Spoken) -> None:
        self.spoken.setdefault(condition, {}).setdefault(row, []).append(statement)
        says = voice(statement.stance, statement.source_kind)
        if says in PRAISE and statement.in_force and statement.purpose in TREATMENT:
            self.bodies[body] = statement.body
            for age in statement.ages:
                self.praised.setdefault((body, condition, age), set()).add(row)

    def rated(self, condition: str) -> Bits:
        """The therapies of which anything is on file for the condition."""
        return set_of(self.spoken.get(condition, ()))

    def by_body(self, body: str, conditions: Sequence[str], ages: Sequence[str]) -> Bits:
        """What a body's guidelines in force are for, at these ages; for any condition, where none is named."""
        heard = heard_at(ages) or AGES
        keys = ((body, condition, age) for condition in conditions or self.used for age in heard)
        return set_of(row for key in keys for row in self.praised.get(key, ()))

    def standings(self, conditions: Sequence[str], ages: Sequence[str], *, checked: bool) -> Standings:
        """The best standing of each therapy for these conditions; for any, where none is named.

        A therapy may have several labels, one a condition.
        """
        key = tuple(conditions), tuple(ages), checked
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._joined(conditions or self.used, ages, checked=checked)
        return self._kept[key]

    def _joined(self, conditions: Iterable[str], ages: Sequence[str], *, checked: bool) -> Standings:
        by_label, in_order = defaultdict[Label, list[int]](list), defaultdict[tuple[int, ...], list[int]](list)
        for condition in conditions:
            for row, standing in self._of(condition, ages):
                if standing.is_checked or not checked:
                    by_label[standing.label].append(row)
                    in_order[standing.order].append(row)
        return Standings(
            {label: set_of(rows) for label, rows in by_label.items()},
            {order: set_of(rows) for order, rows in sorted(in_order.items())},
        )

    def _of(self, condition: str, ages: Sequence[str]) -> list[tuple[int, Standing]]:
        spoken, used = self.spoken.get(condition, {}), self.used.get(condition, set())
        pairs = ((row, derive(spoken.get(row, ()), used=row in used, ages=ages)) for row in {*spoken, *used})
        return [(row, standing) for row, standing in pairs if standing]
