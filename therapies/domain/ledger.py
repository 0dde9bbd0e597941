"""How far the evidence is checked, by body and by condition: statements, editions and labels. Pure: it only counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from therapies.domain.standing import Standing

T = TypeVar("T")
Labels = Mapping[tuple[Any, str], Standing]  # by therapy, whatever names it, and slug of the condition


class CountedStatement(NamedTuple):
    """What the ledger reads of one statement: slugs, and whatever names the therapy; None where there is none."""

    document: str
    basis: str
    condition: str
    therapy: Any = None


@dataclass(frozen=True, slots=True)
class CountedDocument:
    """A document in force. `voice` is the body that the rule hears: that of the guideline it was built on, if any."""

    body: str
    voice: str
    is_edition: bool = True  # of a kind that a newer edition replaces
    is_complete: bool = False  # somebody went through the whole of it
    is_unconfirmed: bool = False  # nobody has confirmed that it is the newest


Documents = Mapping[str, CountedDocument]  # by slug


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of the ledger. `to_check` of the `labels` rest on words that nobody has held against the document."""

    name: str
    slug: str = ""  # of the condition
    read: int = 0
    copy: int = 0
    recalled: int = 0
    editions: int = 0
    complete: int = 0
    unconfirmed: int = 0
    labels: int = 0
    to_check: int = 0

    @property
    def statements(self) -> int:
        return self.read + self.copy + self.recalled


@dataclass(frozen=True, slots=True)
class Ledger:
    """`bodies` counts guidelines, rating lists and professional statements alone; the rest counts every document."""

    total: Tally
    bodies: tuple[Tally, ...]
    conditions: tuple[Tally, ...]


def evidence_ledger(
    statements: Iterable[CountedStatement], documents: Documents, labels: Labels, conditions: Mapping[str, str]
) -> Ledger:
    """Counts what these documents say, which are all that are in force. `conditions` gives names by slug.

    A condition of which no document speaks is left out. Both lists are in the order of names.
    """
    counted = [row for row in statements if row.document in documents]
    to_check = [not standing.is_checked for standing in labels.values()]
    return Ledger(
        _tally("", counted, documents.values(), to_check),
        _by_name(_of_bodies(counted, documents, labels)),
        _by_name(_of_conditions(counted, documents, labels, conditions)),
    )


def _of_conditions(
    counted: Sequence[CountedStatement], documents: Documents, labels: Labels, names: Mapping[str, str]
) -> Iterable[Tally]:
    to_check: defaultdict[str, list[bool]] = defaultdict(list)
    for (_, condition), standing in labels.items():
        to_check[condition].append(not standing.is_checked)
    for condition, rows in _grouped(counted, lambda row: row.condition).items():
        speaking = [documents[slug] for slug in {row.document for row in rows}]
        yield _tally(names[condition], rows, speaking, to_check[condition], condition)


def _of_bodies(counted: Sequence[CountedStatement], documents: Documents, labels: Labels) -> Iterable[Tally]:
    editions = [document for document in documents.values() if document.is_edition]
    of_editions = [row for row in counted if documents[row.document].is_edition]
    rows = _grouped(of_editions, lambda row: documents[row.document].body)
    for body, its_own in _grouped(editions, lambda document: document.body).items():
        said = rows.get(body, [])
        yield _tally(body, said, its_own, _resting_on(said, documents, labels))


def _resting_on(rows: Iterable[CountedStatement], documents: Documents, labels: Labels) -> list[bool]:
    """For each label of a pair that these rows speak of, whether it rests on a recalled one of them."""
    resting: dict[tuple[Any, str], bool] = {}
    for row in rows:
        pair = row.therapy, row.condition
        if pair in labels:
            rests = row.basis == "recalled" and documents[row.document].voice in labels[pair].would_say
            resting[pair] = resting.get(pair, False) or rests
    return list(resting.values())


def _tally(
    name: str,
    rows: Iterable[CountedStatement],
    documents: Iterable[CountedDocument],
    to_check: Sequence[bool],
    slug: str = "",
) -> Tally:
    bases = Counter(row.basis for row in rows)
    editions = [document for document in documents if document.is_edition]
    return Tally(
        name,
        slug,
        read=bases["read"],
        copy=bases["copy"],
        recalled=bases["recalled"],
        editions=len(editions),
        complete=sum(document.is_complete for document in editions),
        unconfirmed=sum(document.is_unconfirmed for document in editions),
        labels=len(to_check),
        to_check=sum(to_check),
    )


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)


def _by_name(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda tally: tally.name.casefold()))
