"""A concern of a case, with everything that is on file of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from therapies.evidence.statements import Pair, about_condition, recommendations
from therapies.models import Condition, ConditionStatement, Recommendation
from therapies.models.evidence import Statement


@dataclass(frozen=True, slots=True)
class OnFile:
    """A concern with everything that is on file of it."""

    condition: Condition
    said: Mapping[Pair, list[Recommendation]]
    statements: Sequence[ConditionStatement]

    @property
    def in_force(self) -> list[Recommendation]:
        return [row for rows in self.said.values() for row in rows if row.source.is_in_force]

    def about(self, age: str) -> list[ConditionStatement]:
        """What this age hears of the concern without a therapy that has an entry."""
        return [row for row in self.statements if is_heard(row, age)]

    @property
    def ages(self) -> set[str]:
        """The ages that anything on file speaks of, whatever its state."""
        return {age for rows in (*self.said.values(), self.statements) for row in rows for age in row.ages}


def on_file(condition: Condition) -> OnFile:
    """Two queries."""
    return OnFile(condition, recommendations(conditions=[condition.pk]), about_condition(condition))


def is_heard(row: Statement, age: str) -> bool:
    """What is said of adults is about older adults, too."""
    return age in row.ages or (age == "older" and "adult" in row.ages)
