"""Two to four therapies side by side, as data: groups of rows, what differs, what is shared. Pure; knows no request.

Rows come from the twenty questions; what stands in them from `columns.py`. "Differs" means that what is known is not
the same; if something is not known for one of them, nothing is claimed.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import compress
from operator import not_
from typing import NamedTuple

from therapies.compare.columns import Column, ColumnAnswer
from therapies.domain import questions
from therapies.domain.questions import Question, QuestionRow, question_rows
from therapies.domain.standing import Label
from therapies.domain.statements import PRAISE, Voice, voice
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Outcome, Recommendation
from therapies.models.base import name_key
from therapies.serving.query import Link

MOST_COMPARED = 4
MATTERS = "matters"  # the group of questions that lead
EVIDENCE, OUTCOMES = "evidence", "outcomes"  # questions whose rows are unlike the others


class Alike(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    PART = "part"  # bodies speak of some of them only

    @property
    def words(self) -> str:
        return ALIKE_WORDS[self.value]


ALIKE_WORDS = {"same": "The same", "different": "Different", "unknown": "Not known for all", "part": "Only about some"}
ALIKE_ENOUGH = {Alike.SAME, Alike.UNKNOWN}  # left out if only differences are wanted


@dataclass(slots=True)
class TableCell:
    column: Column
    answer: ColumnAnswer = field(default_factory=ColumnAnswer)
    shared: list[Link] = field(default_factory=list)
    own: list[Link] = field(default_factory=list)
    verdict: Verdict | None = None
    statements: list[Recommendation] = field(default_factory=list)
    sides: "Sides | None" = None
    outcomes: list[Outcome] = field(default_factory=list)
    silent: str = ""

    @property
    def missing(self) -> str:
        """What to say where nothing answers the question."""
        return "" if self.outcomes else self.answer.missing


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is for and who is against, if guidelines differ."""

    in_favor: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(slots=True, eq=False)
class TableRow:
    """One row. Two are the same if their words are: of one release, for the same therapies and the same concern."""

    slug: str
    text: str
    cells: list[TableCell]
    alike: Alike
    kind: str = "answer"  # answer, verdict, body, concerns
    question: Question | None = None
    concern: Condition | None = None  # what the cells are about, if the concern makes a difference

    @property
    def differs(self) -> bool:
        """Whether it stays where only differences are wanted."""
        return self.alike not in ALIKE_ENOUGH

    @property
    def is_in_words(self) -> bool:
        """Whether texts alone answer it. These are never the same, so that they differ says nothing."""
        return self.kind == "answer" and not any(cell.answer.facts or cell.answer.links for cell in self.cells)

    @property
    def is_open(self) -> bool:
        """Whether it is open when the questions are: those of which facts or labels differ are."""
        return self.differs and self.kind != "body" and not self.is_in_words

    @property
    def alike_words(self) -> str:
        return "In words" if self.is_in_words and self.differs else self.alike.words

    @property
    def key(self) -> Hashable:
        about = (self.concern.pk, max(cell.column.age for cell in self.cells)) if self.concern else None
        return self.slug, tuple(cell.column.slug for cell in self.cells), about

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TableRow) and self.key == other.key


@dataclass(slots=True)
class RowGroup:
    slug: str
    title: str
    rows: list[TableRow]


@dataclass(slots=True)
class Table:
    columns: Sequence[Column]
    groups: list[RowGroup]
    left_out: list[TableRow]
    differing: list[str]
    alike: list[str]


def table(
    columns: Sequence[Column],
    concern: Condition | None = None,
    *,
    only_differing: bool = False,
    first: Collection[str] = (),
) -> Table:
    """All rows, or only those in which the therapies differ, with the others named. Questions of `first` lead."""
    groups = [
        RowGroup(group.slug, group.title, list(_rows(group.questions, columns, concern))) for group in questions.GROUPS
    ]
    rows = [row for group in groups for row in group.rows]
    left_out: list[TableRow] = []
    if only_differing:
        left_out = [row for row in rows if not row.differs]
        for group in groups:
            group.rows = [row for row in group.rows if row.differs]
    return Table(
        columns,
        [group for group in _led_by(first, groups) if group.rows],
        left_out,
        _in_words(rows, Alike.DIFFERENT),
        _in_words(rows, Alike.SAME),
    )


def _led_by(slugs: Collection[str], groups: Sequence[RowGroup]) -> list[RowGroup]:
    """What matters to the reader in a group of its own, before the others."""
    first = RowGroup(MATTERS, "What matters to you", [])
    others = []
    for group in groups:
        leads = [bool(row.question and row.question.slug in slugs) for row in group.rows]
        first.rows += compress(group.rows, leads)
        others.append(RowGroup(group.slug, group.title, list(compress(group.rows, map(not_, leads)))))
    return [first, *others]


def _in_words(rows: Iterable[TableRow], alike: Alike) -> list[str]:
    """What to call the questions in which they are so, such as “how long it takes”."""
    return [row.question.alike for row in rows if row.question and row.question.alike and row.alike is alike]


def _rows(asked: Iterable[Question], columns: Sequence[Column], concern: Condition | None) -> Iterable[TableRow]:
    for question in asked:
        if question.slug == EVIDENCE:
            yield from evidence_rows(question, columns, concern)
        elif question.slug == OUTCOMES:
            yield outcome_row(question, columns, concern)
        else:
            yield from (answer_row(row, columns) for row in question_rows(question))


def answer_row(row: QuestionRow, columns: Sequence[Column]) -> TableRow:
    cells = [TableCell(column, column.answers[row.slug]) for column in columns]
    if row.question.links:
        _share(cells)
    return TableRow(row.slug, row.title, cells, alike(cell.answer.key for cell in cells), question=row.question)


def alike(keys: Iterable[Hashable]) -> Alike:
    known = list(keys)
    if any(key is None for key in known):
        return Alike.DIFFERENT if len({key for key in known if key is not None}) > 1 else Alike.UNKNOWN
    return Alike.SAME if len(set(known)) == 1 else Alike.DIFFERENT


def _share(cells: Sequence[TableCell]) -> None:
    """Parts each list into what all have in common and what is its own."""
    common = set.intersection(*(set(cell.answer.links) for cell in cells))
    for cell in cells:
        cell.shared = [link for link in cell.answer.links if link in common]
        cell.own = [link for link in cell.answer.links if link not in common]


# ── What is known ──


class SaidOfOne(NamedTuple):
    """What bodies say of one therapy or a form of it for the concern, in documents that were not replaced."""

    column: Column
    rows: list[Recommendation]


def evidence_rows(question: Question, columns: Sequence[Column], concern: Condition | None) -> Iterable[TableRow]:
    """The standing, then one row for each body that speaks of any of them for the concern."""
    if concern is None:
        cells = [TableCell(column) for column in columns]
        yield TableRow(question.slug, question.text, cells, Alike.UNKNOWN, "concerns", question)
        return
    cells = [_standing_cell(column, concern) for column in columns]
    keys = (_verdict_key(cell.verdict) for cell in cells)
    yield TableRow(question.slug, question.text, cells, alike(keys), "verdict", question, concern)
    said = [SaidOfOne(column, current(column, concern)) for column in columns]
    for body in _bodies(said):
        yield body_row(body, said, concern, question)


def _standing_cell(column: Column, concern: Condition) -> TableCell:
    verdict = column.verdicts.get(concern.pk)
    differ = verdict and verdict.standing and verdict.standing.label is Label.DIFFER
    earlier = verdict.earlier if verdict else []
    return TableCell(column, verdict=verdict, statements=earlier, sides=_sides(verdict) if verdict and differ else None)


def _sides(verdict: Verdict) -> Sides:
    def bodies(*said: Voice) -> tuple[str, ...]:
        return tuple(
            sorted({row.source.short_body for row in verdict.rows if voice(row.stance, row.source.kind) in said})
        )

    return Sides(bodies(*PRAISE), bodies(Voice.AGAINST))


def _verdict_key(verdict: Verdict | None) -> Hashable:
    """No label at all is something known: nothing on file makes one."""
    if verdict is None:
        return ""
    forms = frozenset((form.therapy.slug, form.standing.slug) for form in verdict.forms if form.standing)
    return verdict.standing.slug if verdict.standing else "", forms


def current(column: Column, concern: Condition) -> list[Recommendation]:
    """What bodies say of the therapy or a form of it for the concern, in documents that were not replaced."""
    verdict = column.verdicts.get(concern.pk)
    return verdict.current if verdict else []


def _bodies(said: Sequence[SaidOfOne]) -> list[str]:
    """Bodies with a document that has not been replaced; guidelines first, then those on most of the therapies."""
    spoken = [(row, column.slug) for column, rows in said for row in rows]

    def order(body: str) -> tuple[bool, int, str]:
        own = [(row, slug) for row, slug in spoken if row.source.short_body == body]
        return not any(row.source.kind == "guideline" for row, _ in own), -len({slug for _, slug in own}), body

    return sorted({row.source.short_body for row, _ in spoken}, key=order)


def body_row(body: str, said: Sequence[SaidOfOne], concern: Condition, question: Question | None = None) -> TableRow:
    cells = []
    for column, every in said:
        rows = [row for row in every if row.source.short_body == body]
        cells.append(TableCell(column, statements=rows, silent="" if rows else "This guideline says nothing of it."))
    stances = [frozenset(_stance(row, cell.column) for row in cell.statements) for cell in cells]
    same = alike(stances) if all(stances) else Alike.PART
    return TableRow(f"body-{name_key(body)}", body, cells, same, "body", question, concern)


def _stance(row: Recommendation, column: Column) -> tuple[str, str]:
    """What is said, and of which form of the therapy."""
    return row.stance, row.therapy.slug if row.therapy_id != column.therapy.pk else ""


def outcome_row(question: Question, columns: Sequence[Column], concern: Condition | None) -> TableRow:
    cells = []
    for column in columns:
        wanted = [row for row in column.outcomes if concern is None or row.condition_id == concern.pk]
        cells.append(TableCell(column, column.answers[question.slug], outcomes=wanted))
    keys = [(cell.answer.key, tuple(cell.outcomes)) if cell.answer.key or cell.outcomes else None for cell in cells]
    return TableRow(question.slug, question.text, cells, alike(keys), question=question, concern=concern)


# ── The sentence that says how they differ, and what else all are rated for ──


@dataclass(frozen=True, slots=True)
class Unlike:
    """One entry's own words on how it is unlike another of those compared."""

    column: Column
    text: str
    other: Column


def unlike(columns: Sequence[Column]) -> list[Unlike]:
    """The entries' own words, if the nearest alternative of one is another of those compared."""
    by_pk = {column.therapy.pk: column for column in columns}
    return [
        Unlike(column, column.therapy.nearest_fact, by_pk[column.therapy.nearest_id or 0])
        for column in columns
        if column.therapy.nearest_id in by_pk and column.therapy.nearest_fact
    ]


@dataclass(frozen=True, slots=True)
class SharedConcern:
    concern: Condition
    verdicts: list[Verdict | None]
    differ: bool


def shared_concerns(columns: Sequence[Column], concerns: Iterable[Condition]) -> list[SharedConcern]:
    """Conditions for which at least two of them are rated by some body; those with different standings first."""
    shared = []
    for concern in concerns:
        verdicts = [column.verdicts.get(concern.pk) for column in columns]
        if sum(verdict.is_rated for verdict in verdicts if verdict) > 1:
            given = {verdict.best.label for verdict in verdicts if verdict and verdict.best}
            shared.append(SharedConcern(concern, verdicts, len(given) > 1))
    return sorted(shared, key=lambda row: (not row.differ, row.concern.name))
