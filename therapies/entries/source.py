"""The page of one document as data: every statement of it, how much was read, and the editions before and after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from therapies.domain.standing import LINES
from therapies.entries import guidelines
from therapies.entries.editions import EditionChanges, compare
from therapies.entries.how_read import HowRead, how_read
from therapies.models import (
    Condition,
    ConditionStatement,
    Outcome,
    PooledEffect,
    Recommendation,
    Source,
    Therapy,
    Topic,
)
from therapies.models.vocabulary import AGES
from therapies.serving import catalogue
from therapies.serving.describe import age_names

Row = TypeVar("Row", Recommendation, ConditionStatement)
MOST_OPEN = 5  # concerns; where there are more, each is folded
UNCONFIRMED = "unconfirmed"
STATUS_WORDS = {
    "current": "Current.",
    "superseded": "Superseded: a newer document has replaced it. It is kept as history and does not count.",
    "draft": "Draft: it is not final yet and does not count.",
    "withdrawn": (
        "Withdrawn: it is no longer in force. It was taken back or given up, or is so old that its author no longer "
        "takes it to be current. It is kept as history and does not count."
    ),
    "unknown": "Not known: nobody has checked yet whether a newer one has replaced it.",
    UNCONFIRMED: "Edition not confirmed: nobody has checked yet whether there is a newer one. Until then it counts.",
}
BASES = {
    "read at the body": "read at the address of its author",
    "read in a copy": "read in a copy or a report",
    "recalled": "written from memory, not yet checked",
    "recalled, likely": "written from memory, less sure, not yet checked",
    "research file says": "noted in the research for this catalogue",
    "newer review on file": "a newer one is in this list",
    "data pooled here": "its data were read and pooled here",
}


@dataclass(frozen=True, slots=True)
class SaidForAges:
    """The statements for exactly these ages, by the place that the document gives each therapy."""

    name: str
    lines: list[tuple[str, list[Recommendation]]]


@dataclass(frozen=True, slots=True)
class SaidOfCondition:
    condition: Condition
    count: int
    ages: list[SaidForAges]


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The documents that one document is tied to."""

    replaced_by: Source | None = None
    in_force: Source | None = None  # the edition in force while this one is a draft
    replaces: list[Source] = field(default_factory=list)
    drafts: list[Source] = field(default_factory=list)  # of the next edition
    carries: list[Source] = field(default_factory=list)  # those that were built on it

    @property
    def editions(self) -> list[Source]:
        return [*self.replaces, *(edition for edition in (self.replaced_by, self.in_force) if edition)]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One document and everything that rests on it."""

    source: Source
    neighbors: Neighbors
    changes: list[EditionChanges]
    how_read: HowRead
    conditions: list[SaidOfCondition]
    statements: list[ConditionStatement]
    outcomes: list[Outcome]
    pooled: list[PooledEffect]
    therapy_texts: list[Therapy]
    condition_texts: list[Condition]
    topics: list[Topic]

    @property
    def status(self) -> str:
        """The status in words, with how we know it."""
        basis = self.source.status_basis
        known = f" How we know: {BASES.get(basis, basis)}." if basis and self.source.status != "unknown" else ""
        return STATUS_WORDS[UNCONFIRMED if self.source.is_unconfirmed else self.source.status] + known

    @property
    def of_body(self) -> str:
        """The address of the body's documents; empty where it is no kind that the list of guidelines has."""
        return guidelines.address(self.source)

    @property
    def is_long(self) -> bool:
        return len(self.conditions) > MOST_OPEN

    @property
    def nothing(self) -> bool:
        texts = (*self.therapy_texts, *self.condition_texts, *self.topics)
        return not (self.conditions or self.statements or self.outcomes or self.pooled or texts)


def source_page(slug: str) -> SourcePage | None:
    """Eleven queries at most."""
    source = catalogue.sources().filter(slug=slug).select_related("superseded_by", "rests_on").first()
    if source is None:
        return None
    neighbors = _neighbors(source)
    documents = {document.pk: document for document in (source, *neighbors.editions)}
    every = catalogue.recommendations().filter(source__in=documents.values())
    rows = _about(documents, every.select_related("therapy", "condition", "preferred"))
    said = [row for row in rows if row.source == source]
    statements = catalogue.condition_statements().filter(source=source).select_related("condition")
    of_conditions = _about(documents, statements)
    outcomes = catalogue.outcomes().filter(source=source).select_related("therapy", "condition", "source")
    pooled = catalogue.pooled_effects().filter(source=source).select_related("therapy", "condition")
    return SourcePage(
        source=source,
        neighbors=neighbors,
        changes=_changes(source, neighbors, rows),
        how_read=how_read(row.basis for row in (*said, *of_conditions)),
        conditions=grouped(said),
        statements=of_conditions,
        outcomes=list(outcomes),
        pooled=list(pooled),
        therapy_texts=sorted(catalogue.therapies().filter(text_sources=source), key=lambda item: item.name),
        condition_texts=sorted(catalogue.conditions().filter(text_sources=source), key=lambda item: item.name),
        topics=list(catalogue.topics().filter(sources=source)),
    )


def _about(documents: dict[int, Source], rows: Iterable[Row]) -> list[Row]:
    """The rows, each knowing its source without asking for it again."""
    found = list(rows)
    for row in found:
        row.source = documents[row.source_id]
    return found


# ── The editions before and after ──


def _neighbors(source: Source) -> Neighbors:
    """A draft has replaced nothing, and what stands beside it as the newer one is the edition in force; two queries."""
    older = list(catalogue.sources().filter(superseded_by=source).order_by("-year", "slug"))
    is_draft = source.status == "draft"
    return Neighbors(
        replaced_by=None if is_draft else source.superseded_by,
        in_force=source.superseded_by if is_draft else None,
        replaces=[document for document in older if document.status != "draft"],
        drafts=[document for document in older if document.status == "draft"],
        carries=list(catalogue.sources().filter(rests_on=source).order_by("body", "-year")),
    )


def _changes(source: Source, neighbors: Neighbors, rows: list[Recommendation]) -> list[EditionChanges]:
    """From the editions before to this one, then from this one to the one after."""
    before = neighbors.replaces or [edition for edition in [neighbors.in_force] if edition]
    changes = [compare(before, source, rows)] if before else []
    return [*changes, *([compare([source], neighbors.replaced_by, rows)] if neighbors.replaced_by else [])]


# ── The statements in order ──


def grouped(rows: Iterable[Recommendation]) -> list[SaidOfCondition]:
    """By condition, then ages from the youngest, then the place that the document gives it, then therapy."""
    ordered = sorted(rows, key=_place)
    by_condition = groupby(ordered, key=lambda row: row.condition)
    return [_of_condition(condition, list(group)) for condition, group in by_condition]


def _place(row: Recommendation) -> tuple[object, ...]:
    condition, ages = row.condition, [list(AGES).index(age) for age in row.ages]
    about = condition.everyday_name.casefold(), condition.slug, ages
    return *about, LINES.index(row.line), row.therapy.name.casefold(), row.severity, row.slug


def _of_condition(condition: Condition, rows: list[Recommendation]) -> SaidOfCondition:
    by_ages = groupby(rows, key=lambda row: row.ages)
    return SaidOfCondition(condition, len(rows), [_for_ages(ages, list(group)) for ages, group in by_ages])


def _for_ages(ages: list[str], rows: list[Recommendation]) -> SaidForAges:
    by_line = groupby(rows, key=lambda row: str(row.get_line_display()))
    return SaidForAges(age_names(ages) or "Ages not stated", [(line, list(group)) for line, group in by_line])
