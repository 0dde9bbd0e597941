"""What bodies say: statements read from the installed release and put in order for reading, document by document."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from therapies.domain.standing import heard_at
from therapies.models import Condition, ConditionStatement, Recommendation, Source
from therapies.models.evidence import Statement
from therapies.models.vocabulary import AGES
from therapies.serving import catalogue

S = TypeVar("S", bound=Statement)
Pair = tuple[int, int]  # row numbers of a therapy and a condition


@dataclass(slots=True)
class Document:
    """One source and what it says: a body's card on a page."""

    source: Source
    rows: list[Statement]

    @property
    def state(self) -> str:
        """“history” if it is not in force, “unchecked” if nobody has opened it, else empty."""
        if not self.source.is_in_force:
            return "history"
        return "" if any(row.is_checked for row in self.rows) else "unchecked"


def documents(statements: Iterable[Statement]) -> list[Document]:
    """The statements by source: checked documents first, unchecked ones next, history last; guidelines lead each."""
    by_source: dict[int, Document] = {}
    for row in statements:
        by_source.setdefault(row.source_id, Document(row.source, [])).rows.append(row)
    states = ("", "unchecked", "history")
    return sorted(by_source.values(), key=lambda item: (states.index(item.state), item.source.kind != "guideline"))


def recommendations(
    *, therapies: Iterable[int] | None = None, conditions: Iterable[int] | None = None
) -> dict[Pair, list[Recommendation]]:
    """Every recommendation on these, by pair, the newest source first; one query."""
    rows = catalogue.recommendations().select_related("source__rests_on", "preferred")
    if therapies is not None:
        rows = rows.filter(therapy_id__in=list(therapies))
    if conditions is not None:
        rows = rows.filter(condition_id__in=list(conditions))
    by_pair: defaultdict[Pair, list[Recommendation]] = defaultdict(list)
    for row in _newest_first(rows):
        by_pair[row.therapy_id, row.condition_id].append(row)
    return by_pair


def ages_spoken_of(rows: Iterable[Statement]) -> list[str]:
    """The ages that documents in force speak of, the youngest first.

    Only these are worth a choice: nobody is asked about children and menopause.
    """
    spoken = {age for row in rows if row.source.is_in_force for age in row.ages}
    return [age for age in AGES if age in spoken]


def about_condition(condition: Condition, *, ages: Sequence[str] = ()) -> list[ConditionStatement]:
    """What bodies say about the condition without naming a therapy, the newest source first, history last."""
    rows = catalogue.condition_statements().filter(condition=condition).select_related("source__rests_on")
    wanted = [row for row in rows if not ages or heard_at(ages) & set(row.ages)]
    return sorted(_newest_first(wanted), key=lambda row: (not row.source.is_in_force, not row.is_checked))


def _newest_first(rows: Iterable[S]) -> list[S]:
    return sorted(rows, key=lambda row: (row.source.year or "", row.source.short_body), reverse=True)
