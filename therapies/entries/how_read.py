"""How much of what is on file of a document was read in it: for one document, and for many at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from therapies.models.evidence import Basis
from therapies.serving import catalogue


@dataclass(frozen=True, slots=True)
class HowRead:
    """How many statements were read in the document, read in a copy or report of it, and recalled."""

    read: int = 0
    copy: int = 0
    recalled: int = 0

    @property
    def total(self) -> int:
        return self.read + self.copy + self.recalled

    @property
    def words(self) -> str:
        """Such as “3 statements: 2 read in the document, 1 to be checked”; empty where nothing is on file."""
        parts = [
            (self.read, "read in the document"),
            (self.copy, "read in a copy or a report of it"),
            (self.recalled, "to be checked"),
        ]
        told = ", ".join(f"{count} {how}" for count, how in parts if count)
        return f"{self.total} statement{'' if self.total == 1 else 's'}: {told}" if told else ""


def how_read(bases: Iterable[str]) -> HowRead:
    counts = Counter(bases)
    return HowRead(**{basis: counts[basis] for basis in Basis.values})


def by_source() -> dict[int, HowRead]:
    """The same of every document, by row number; two queries."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for rows in (catalogue.recommendations(), catalogue.condition_statements()):
        per_basis = rows.order_by().values_list("source_id", "basis").annotate(count=Count("pk"))
        for source, basis, count in per_basis:
            counts[source][basis] += count
    return {source: how_read(found.elements()) for source, found in counts.items()}
