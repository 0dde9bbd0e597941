"""The sheet of a comparison, as data: the rows a reader decides by, two to four therapies beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString

from therapies.compare.columns import Column
from therapies.compare.query import Comparison
from therapies.compare.table import current
from therapies.domain import questions
from therapies.domain.questions import words_on_paper
from therapies.domain.standing import Standing
from therapies.handout.sheets import TO_BE_CHECKED, Handout, SheetReview
from therapies.models import Condition, Recommendation, Therapy
from therapies.serving import catalogue, markdown
from therapies.serving.describe import in_a_sentence
from therapies.site import help_now

ROWS = (
    *("idea", "length", "participants", "delivery", "session"),
    *("between-sessions", "good-points", "hard-parts", "care"),
)
FACTS_ALONE = {"between-sessions"}  # there is no room for their texts
SESSION = "session"
MOST_WITH_SESSIONS = 2  # nor, with more than two therapies, for what happens in a session
MOST_STATEMENTS = 2
MOST_SOURCES = 6
ASK = (
    "Which of these is offered near me, and how long is the wait?",
    "What would a first meeting look like?",
    "Why this one, for somebody like me?",
    "What may happen if I wait, or have no therapy for now?",
    "When do we look at whether it helps, and what comes next if it does not?",
)


@dataclass(frozen=True, slots=True)
class SheetCell:
    name: str  # of the therapy, for narrow screens and large print
    facts: tuple[str, ...] = ()
    text: SafeString = field(default_factory=SafeString)
    standing: Standing | None = None
    forms: tuple[tuple[str, Standing | None], ...] = ()
    statements: tuple[str, ...] = ()
    silent: str = ""

    @property
    def is_checked(self) -> bool:
        standings = [self.standing, *(standing for _, standing in self.forms)]
        recalled = any(TO_BE_CHECKED in line for line in self.statements)
        return not recalled and all(standing.is_checked for standing in standings if standing)


@dataclass(frozen=True, slots=True)
class SheetRow:
    text: str
    cells: list[SheetCell]


@dataclass(slots=True)
class CompareHandout(Handout):
    columns: list[str] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)

    @property
    def is_checked(self) -> bool:
        return all(cell.is_checked for row in self.rows for cell in row.cells)


def of_comparison(comparison: Comparison) -> CompareHandout | None:
    """The sheet of this comparison; None where there are not two therapies to compare."""
    if comparison.table is None:
        return None
    columns = comparison.table.columns
    asked = [slug for slug in ROWS if slug != SESSION or len(columns) <= MOST_WITH_SESSIONS]
    words = words_on_paper()
    rows = [SheetRow(words[slug], [_answer(column, slug) for column in columns]) for slug in asked]
    summary = "General information to talk over. It does not say which is right for you."
    if comparison.concern:
        concern = in_a_sentence(comparison.concern.name)
        rows.insert(1, SheetRow(f"What do guidelines say, for {concern}?", _rated_for(columns, comparison.concern)))
        summary = f"For {', '.join(filter(None, [concern, comparison.age_name]))}. {summary}"
    sheet = CompareHandout(
        "Comparison",
        comparison.title.removesuffix(", side by side"),
        summary,
        comparison.address.url(differ=False, view="question"),
        ask=ASK,
        reviews=_reviews([column.therapy for column in columns]),
        warning=" ".join(f"{column.therapy.name}: {column.therapy.cautions}" for column in comparison.warned),
        emergency=help_now.few(),
        columns=[column.therapy.name for column in columns],
        rows=rows,
    )
    _name_sources(sheet, columns, comparison.concern)
    return sheet


def _reviews(therapies: Sequence[Therapy]) -> list[SheetReview]:
    """Each day of a review with what was reviewed on it; those that nobody reviewed last."""
    names: dict[date | None, list[str]] = {}
    for item in sorted(therapies, key=lambda item: (item.reviewed_on is None, item.reviewed_on or date.min)):
        names.setdefault(item.reviewed_on, []).append(item.name)
    return [SheetReview(day, ", ".join(of_day) if len(names) > 1 else "") for day, of_day in names.items()]


def _answer(column: Column, slug: str) -> SheetCell:
    answer = column.answers[slug]
    text = SafeString() if slug in FACTS_ALONE and answer.facts else answer.text
    return SheetCell(
        column.therapy.short_name, answer.facts, text, silent=answer.missing if not answer.facts and not text else ""
    )


def _rated_for(columns: Sequence[Column], concern: Condition) -> list[SheetCell]:
    return [_verdict(column, concern) for column in columns]


def _verdict(column: Column, concern: Condition) -> SheetCell:
    verdict = column.verdicts.get(concern.pk)
    rows = {row.source.slug: row for row in reversed(_those_that_count_first(column, concern))}
    lines = tuple(_line(row, column) for row in rows.values())[::-1]
    if len(lines) > MOST_STATEMENTS:
        lines = (*lines[:MOST_STATEMENTS], f"and {len(lines) - MOST_STATEMENTS} more on the page")
    standing = verdict.standing if verdict else None
    forms = tuple((form.therapy.both_names, form.standing) for form in verdict.forms[:1]) if verdict else ()
    silent = "" if standing or forms or lines else "Nothing on file"
    return SheetCell(column.therapy.short_name, standing=standing, forms=forms, statements=lines, silent=silent)


def _line(row: Recommendation, column: Column) -> str:
    form = f" (as {row.therapy.both_names})" if row.therapy_id != column.therapy.pk else ""
    unchecked = "" if row.is_checked else f" ({TO_BE_CHECKED})"
    return f"{row.source.label}: {row.stance_words.lower()}{form}{unchecked}"


def _those_that_count_first(column: Column, concern: Condition) -> list[Recommendation]:
    """And of these the guidelines."""
    return sorted(current(column, concern), key=lambda row: (not row.is_checked, row.source.kind != "guideline"))


def _name_sources(sheet: Handout, columns: Sequence[Column], concern: Condition | None) -> None:
    slugs = [column.slug for column in columns]
    fields = [text.field for slug, text in questions.texts_by_row().items() if slug in {*ROWS} - FACTS_ALONE]
    texts = catalogue.therapies().filter(slug__in=slugs).values_list(*fields)
    named = markdown.cited(text for row in texts for text in row)
    quoted = {row.source.slug for column in columns for row in (current(column, concern) if concern else [])}
    every = list(named.values()) + list(catalogue.sources().filter(slug__in=quoted - set(named)).order_by("slug"))
    sheet.sources = every[:MOST_SOURCES]
    sheet.more_sources = len(every) - len(sheet.sources)
