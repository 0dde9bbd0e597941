"""The sheet of a comparison, as data: the rows a reader decides by, two to four therapies beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from therapies.compare.columns import Column
from therapies.compare.query import Comparison
from therapies.compare.table import Concern
from therapies.domain.standing import Standing
from therapies.evidence.verdicts import Said
from therapies.handout.sheets import Handout
from therapies.serving import catalogue, markdown
from therapies.serving.describe import in_a_sentence
from therapies.site import help_now

ROWS = (
    ("idea", "What is the idea?"),
    ("length", "How many sessions?"),
    ("participants", "Who takes part?"),
    ("delivery", "Where can it happen?"),
    ("session", "What happens in a session?"),
    ("between-sessions", "Tasks between sessions"),
    ("good-points", "What may be good about it?"),
    ("hard-parts", "What may be hard about it?"),
    ("care", "Who should take care?"),
)
TEXTS = ("idea", "session", "good_points", "hard_parts", "care")
FACTS_ALONE = {"between-sessions"}  # there is no room for their texts
MOST_WITH_SESSIONS = 2  # nor, with more than two therapies, for what happens in a session
MOST_SAID = 2
MOST_SOURCES = 6
ASK = (
    "Which of these is offered near me, and how long is the wait?",
    "What would a first meeting look like?",
    "Why this one, for somebody like me?",
    "What may happen if I wait, or have no therapy for now?",
    "When do we look at whether it helps, and what comes next if it does not?",
)


@dataclass(frozen=True, slots=True)
class Cell:
    name: str  # of the therapy, for narrow screens and large print
    facts: tuple[str, ...] = ()
    text: SafeString = field(default_factory=SafeString)
    standing: Standing | None = None
    forms: tuple[tuple[str, Standing], ...] = ()
    said: tuple[str, ...] = ()
    silent: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    cells: list[Cell]


@dataclass(slots=True)
class CompareHandout(Handout):
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def of_comparison(shown: Comparison) -> CompareHandout | None:
    """The sheet of this comparison; None where there are not two therapies to compare."""
    if shown.table is None:
        return None
    columns = shown.table.columns
    asked = [row for row in ROWS if row[0] != "session" or len(columns) <= MOST_WITH_SESSIONS]
    rows = [Row(text, [_answer(column, slug) for column in columns]) for slug, text in asked]
    summary = "General information to talk over. It does not say which is right for you."
    if shown.concern:
        concern = in_a_sentence(shown.concern.name)
        rows.insert(1, Row(f"What do bodies say, for {concern}?", _said_of(columns, shown.concern)))
        summary = f"For {concern}. {summary}"
    sheet = CompareHandout(
        "Comparison",
        shown.title.removesuffix(", side by side"),
        summary,
        shown.address.url(differ=False, view="question"),
        ask=ASK,
        review="Not yet clinically reviewed unless an entry says so",
        warning=" ".join(f"{column.name}: {column.cautions}" for column in shown.warned),
        emergency=help_now.first_country(),
        columns=[column.name for column in columns],
        rows=rows,
    )
    _name_sources(sheet, columns, shown.concern)
    return sheet


def _answer(column: Column, slug: str) -> Cell:
    answer = column.answers[slug]
    text = SafeString() if slug in FACTS_ALONE and answer.facts else answer.text
    return Cell(column.short, answer.facts, text, silent=answer.missing if not answer.facts and not text else "")


def _said_of(columns: Sequence[Column], concern: Concern) -> list[Cell]:
    return [_verdict(column, concern) for column in columns]


def _verdict(column: Column, concern: Concern) -> Cell:
    verdict = column.record.verdicts.get(concern.pk)
    said = _current(column, concern)
    forms = tuple((form.name, form.standing) for form in verdict.forms[:1]) if verdict else ()
    lines = tuple(_line(statement) for statement in {said.source: said for said in reversed(said)}.values())[::-1]
    if len(lines) > MOST_SAID:
        lines = (*lines[:MOST_SAID], f"and {len(lines) - MOST_SAID} more on the page")
    standing = verdict.standing if verdict else None
    silent = "" if standing or forms or lines else "Nothing found"
    return Cell(column.short, standing=standing, forms=forms, said=lines, silent=silent)


def _line(statement: Said) -> str:
    form = f" (as {statement.form})" if statement.form else ""
    unchecked = "" if statement.seen else ", not yet checked against the source"
    return f"{statement.source}: {statement.stance_words.lower()}{form}{unchecked}"


def _current(column: Column, concern: Concern) -> list[Said]:
    """Those that count first, and of these the guidelines."""
    said = [statement for statement in column.record.said.get(concern.pk, ()) if not statement.superseded]
    return sorted(said, key=lambda statement: (not statement.seen, not statement.from_guideline))


def _name_sources(sheet: Handout, columns: Sequence[Column], concern: Concern | None) -> None:
    slugs = [column.slug for column in columns]
    texts = catalogue.therapies().filter(slug__in=slugs).values_list(*TEXTS)
    named = markdown.cited(text for row in texts for text in row)
    quoted = {said.source_slug for column in columns for said in (_current(column, concern) if concern else [])}
    every = list(named.values()) + list(catalogue.sources().filter(slug__in=quoted - set(named)).order_by("slug"))
    sheet.sources = every[:MOST_SOURCES]
    sheet.more_sources = len(every) - len(sheet.sources)
