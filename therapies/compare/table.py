"""Two to four therapies side by side, as data: groups of rows, what differs, what is shared. Pure; knows no request.

Rows come from the twenty questions; what stands in them from `columns.py`. "Differs" means that what is known is not
the same; where something is not known for one of them, nothing is claimed.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from therapies.compare.charts import Bar, Pictured, bars, picture
from therapies.compare.columns import Answer, Column, Link
from therapies.domain.questions import GROUPS, Question
from therapies.domain.standing import Label
from therapies.evidence.verdicts import Said, Verdict

MOST = 4
SPLIT = {14: (("good-points", "What may be good about it?"), ("hard-parts", "What may be hard about it?"))}


class Alike(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    PART = "part"  # something is said of some of them and nothing of the others

    @property
    def words(self) -> str:
        return ALIKE_WORDS[self.value]


ALIKE_ENOUGH = {Alike.SAME, Alike.UNKNOWN}  # left out where only differences are wanted


@dataclass(slots=True)
class Cell:
    column: Column
    answer: Answer = field(default_factory=Answer)
    shared: list[Link] = field(default_factory=list)
    own: list[Link] = field(default_factory=list)
    bar: Bar | None = None
    verdict: Verdict | None = None
    said: list[Said] = field(default_factory=list)
    sides: "Sides | None" = None
    pictures: list[Pictured] = field(default_factory=list)
    silent: str = ""


ALIKE_WORDS = {"same": "The same", "different": "Different", "unknown": "Not known for all", "part": "Only about some"}


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is for and who is against, where guidelines differ."""

    in_favor: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(slots=True)
class Row:
    slug: str
    text: str
    cells: list[Cell]
    alike: Alike
    kind: str = "answer"  # answer, verdict, body, concerns
    number: int = 0


@dataclass(slots=True)
class Group:
    slug: str
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Concern:
    """A condition by its row number, as pages name it."""

    pk: int
    slug: str
    name: str
    plain: str
    untreated: str = ""


@dataclass(slots=True)
class Table:
    columns: Sequence[Column]
    groups: list[Group]
    left_out: list[Row]
    differing: list[str]
    alike: list[str]


def table(columns: Sequence[Column], concern: Concern | None = None, *, only_differing: bool = False) -> Table:
    """All rows, or only those where the therapies differ, with the others named."""
    groups = [Group(group.slug, group.title, list(_rows(group.questions, columns, concern))) for group in GROUPS]
    rows = [row for group in groups for row in group.rows]
    short = [row for row in rows if row.slug in GLANCE]
    left_out: list[Row] = []
    if only_differing:
        left_out = [row for row in rows if row.alike in ALIKE_ENOUGH]
        for group in groups:
            group.rows = [row for row in group.rows if row.alike not in ALIKE_ENOUGH]
    return Table(
        columns,
        [group for group in groups if group.rows],
        left_out,
        [GLANCE[row.slug] for row in short if row.alike is Alike.DIFFERENT],
        [GLANCE[row.slug] for row in short if row.alike is Alike.SAME],
    )


GLANCE = {
    "ages": "who it is for",
    "between-sessions": "tasks between sessions",
    "length": "how long it takes",
    "participants": "who takes part",
    "delivery": "where it can happen",
    "focus": "past or present",
    "structure": "how planned it is and who leads",
}


def _rows(questions: Iterable[Question], columns: Sequence[Column], concern: Concern | None) -> Iterable[Row]:
    for question in questions:
        if question.slug == "evidence":
            yield from evidence_rows(question, columns, concern)
        elif question.slug == "outcomes":
            yield outcome_row(question, columns, concern)
        elif question.number in SPLIT:
            for slug, text in SPLIT[question.number]:
                yield answer_row(slug, text, question.number, columns)
        else:
            yield answer_row(question.slug, question.text, question.number, columns)


def answer_row(slug: str, text: str, number: int, columns: Sequence[Column]) -> Row:
    cells = [Cell(column, column.answers[slug]) for column in columns]
    if any(cell.answer.links for cell in cells):
        _share(cells)
    if slug == "length":
        for cell, bar in zip(cells, bars(columns), strict=True):
            cell.bar = bar
    return Row(slug, text, cells, alike(cell.answer.key for cell in cells), number=number)


def alike(keys: Iterable[Hashable]) -> Alike:
    known = list(keys)
    if any(key is None for key in known):
        return Alike.DIFFERENT if len({key for key in known if key is not None}) > 1 else Alike.UNKNOWN
    return Alike.SAME if len(set(known)) == 1 else Alike.DIFFERENT


def _share(cells: Sequence[Cell]) -> None:
    """Parts each list into what all have in common and what is its own."""
    common = set.intersection(*(set(cell.answer.links) for cell in cells))
    for cell in cells:
        cell.shared = [link for link in cell.answer.links if link in common]
        cell.own = [link for link in cell.answer.links if link not in common]


# ── What is known ──


def evidence_rows(question: Question, columns: Sequence[Column], concern: Concern | None) -> Iterable[Row]:
    """The standing, then one row for each body that speaks of any of them for the concern."""
    if concern is None:
        cells = [Cell(column) for column in columns]
        yield Row(question.slug, question.text, cells, Alike.UNKNOWN, "concerns", question.number)
        return
    cells = [_standing_cell(column, concern) for column in columns]
    yield Row(question.slug, question.text, cells, alike(_verdict_key(cell.verdict) for cell in cells), "verdict", 12)
    for body in _bodies(columns, concern):
        yield body_row(body, columns, concern)


def _standing_cell(column: Column, concern: Concern) -> Cell:
    verdict = column.record.verdicts.get(concern.pk)
    differ = verdict and verdict.standing and verdict.standing.label is Label.DIFFER
    return Cell(
        column, verdict=verdict, said=_history(column, concern), sides=_sides(column, concern) if differ else None
    )


def _sides(column: Column, concern: Concern) -> Sides:
    counting = [said for said in _said(column, concern) if said.seen and not said.superseded and not said.form]

    def bodies(*stances: str) -> tuple[str, ...]:
        return tuple(sorted({said.body for said in counting if said.stance in stances}))

    return Sides(bodies("recommended", "option"), bodies("not-usually", "do-not"))


def _verdict_key(verdict: Verdict | None) -> Hashable:
    """No rating at all is something known: no body was found that speaks of it."""
    if verdict is None:
        return ""
    return (
        verdict.standing.slug if verdict.standing else "",
        frozenset((form.slug, form.standing.slug) for form in verdict.forms),
    )


def _said(column: Column, concern: Concern) -> tuple[Said, ...]:
    return column.record.said.get(concern.pk, ())


def _history(column: Column, concern: Concern) -> list[Said]:
    return [said for said in _said(column, concern) if said.superseded]


def _bodies(columns: Sequence[Column], concern: Concern) -> list[str]:
    """Bodies with a document that still stands; guidelines first, then those that speak of most of the therapies."""
    current = [(said, column.slug) for column in columns for said in _said(column, concern) if not said.superseded]
    names = {said.body for said, _ in current}

    def order(body: str) -> tuple[bool, int, str]:
        speaks = [(said, slug) for said, slug in current if said.body == body]
        return not any(said.from_guideline for said, _ in speaks), -len({slug for _, slug in speaks}), body

    return sorted(names, key=order)


def body_row(body: str, columns: Sequence[Column], concern: Concern) -> Row:
    cells = []
    for column in columns:
        said = [said for said in _said(column, concern) if said.body == body and not said.superseded]
        cells.append(Cell(column, said=said, silent="" if said else "We found nothing from this body."))
    stances = [frozenset((said.stance, said.form_slug) for said in cell.said) for cell in cells]
    return Row(f"body-{_slug(body)}", body, cells, alike(stances) if all(stances) else Alike.PART, "body")


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def outcome_row(question: Question, columns: Sequence[Column], concern: Concern | None) -> Row:
    cells = []
    for column in columns:
        wanted = [figure for figure in column.figures if concern is None or figure.condition == concern.pk]
        answer = column.answers["outcomes"]
        cells.append(Cell(column, answer, pictures=[picture(figure) for figure in wanted]))
    keys = [(cell.answer.key, tuple(cell.pictures)) if cell.answer.key or cell.pictures else None for cell in cells]
    return Row(question.slug, question.text, cells, alike(keys), number=question.number)


# ── The sentence that says how they differ, and what else all are rated for ──


@dataclass(frozen=True, slots=True)
class Unlike:
    """One entry's own words on how it is unlike another of those compared."""

    column: Column
    text: str
    other: Column


def unlike(columns: Sequence[Column]) -> list[Unlike]:
    """The entries' own words, where the nearest alternative of one is another of those compared."""
    by_slug = {column.slug: column for column in columns}
    return [
        Unlike(column, column.nearest_fact, by_slug[column.nearest.slug])
        for column in columns
        if column.nearest and column.nearest.slug in by_slug and column.nearest_fact
    ]


@dataclass(frozen=True, slots=True)
class SharedConcern:
    concern: Concern
    verdicts: list[Verdict | None]
    differ: bool


def shared_concerns(columns: Sequence[Column], concerns: Iterable[Concern]) -> list[SharedConcern]:
    """Conditions for which at least two of them are rated by some body; those with different standings first."""
    found = []
    for concern in concerns:
        verdicts = [column.record.verdicts.get(concern.pk) for column in columns]
        if sum(verdict.rated for verdict in verdicts if verdict) > 1:
            given = {verdict.best.label for verdict in verdicts if verdict and verdict.best}
            found.append(SharedConcern(concern, verdicts, len(given) > 1))
    return sorted(found, key=lambda shared: (not shared.differ, shared.concern.name))
