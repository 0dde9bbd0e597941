"""The pages of sources as data: the list with its filters, and what rests on one document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from therapies.models import Condition, ConditionStatement, Outcome, Recommendation, Source, Therapy, Topic
from therapies.serving import catalogue

Row = TypeVar("Row", Recommendation, ConditionStatement)
PER_PAGE = 60
BASES = {
    "recalled": "from general knowledge, not yet checked",
    "research file says": "noted in the research for this catalogue",
    "newer review on file": "a newer one is in this list",
}
STATUS_WORDS = {
    "current": "Current",
    "superseded": "Superseded: a newer document has replaced it. It is kept as history and does not count.",
    "unknown": "Not known: nobody has checked yet whether a newer one has replaced it.",
}


@dataclass(slots=True)
class SourceList:
    """One page of the list, and what was asked for."""

    page: Page
    bodies: list[tuple[str, list[Source]]]
    query: str
    kind: str
    status: str
    messages: list[str] = field(default_factory=list)
    http_status: int = 200

    @property
    def total(self) -> int:
        return self.page.paginator.count

    def _at(self, number: int) -> str:
        asked = {"q": self.query, "kind": self.kind, "status": self.status, "page": str(number) if number > 1 else ""}
        return reverse("sources", query={name: value for name, value in asked.items() if value})

    @property
    def previous(self) -> str:
        return self._at(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        return self._at(self.page.number + 1) if self.page.has_next() else ""


def source_list(asked: Mapping[str, str]) -> SourceList:
    """The documents that the words, kind and status leave; what is not understood is said and left out."""
    messages: list[str] = []
    query = asked.get("q", "").strip()[:100]
    kind = _known(asked.get("kind", ""), Source.KINDS, "kind", messages)
    status = _known(asked.get("status", ""), Source.STATUSES, "status", messages)
    http_status = 400 if messages else 200
    found = Paginator(_matching(query, kind, status), PER_PAGE)
    try:
        page = found.page(asked.get("page") or 1)
    except PageNotAnInteger:
        page, http_status = found.page(1), 400
        messages.append(f"“{asked['page'][:20]}” is not a page number. Here is the first page.")
    except EmptyPage:
        page, http_status = found.page(found.num_pages), 404
        messages.append(f"There is no page {asked['page'][:20]}. Here is the last of {found.num_pages}.")
    bodies = [(body, list(group)) for body, group in groupby(page, key=lambda source: source.body)]
    return SourceList(page, bodies, query, kind, status, messages, http_status)


def _known(written: str, values: Mapping[str, str], name: str, messages: list[str]) -> str:
    if not written or written in values:
        return written
    messages.append(f"We did not understand “{written[:40]}” as a {name} of source, and left it out.")
    return ""


def _matching(query: str, kind: str, status: str) -> QuerySet[Source]:
    found = catalogue.sources().order_by(Lower("body"), "-year", "slug")
    if kind:
        found = found.filter(kind=kind)
    if status:
        found = found.filter(status=status)
    for word in query.split()[:8]:
        anywhere = ("body", "body_short", "title", "identifier", "year", "slug")
        found = found.filter(Q(*((f"{column}__icontains", word) for column in anywhere), _connector=Q.OR))
    return found


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One document and everything that rests on it."""

    source: Source
    newer: list[Source]
    older: list[Source]
    conditions: list[tuple[Condition, list[Recommendation]]]
    statements: list[ConditionStatement]
    outcomes: list[Outcome]
    therapy_texts: list[Therapy]
    condition_texts: list[Condition]
    topics: list[Topic]

    @property
    def status(self) -> str:
        """The status in words, with how we know it."""
        basis = self.source.status_basis
        known = f" ({BASES.get(basis, basis)})" if basis and self.source.status != "unknown" else ""
        return f"{STATUS_WORDS[self.source.status]}{known}"

    @property
    def nothing(self) -> bool:
        texts = (*self.therapy_texts, *self.condition_texts, *self.topics)
        return not (self.conditions or self.statements or self.outcomes or texts)


def source_page(slug: str) -> SourcePage | None:
    source = catalogue.sources().filter(slug=slug).select_related("superseded_by").first()
    if source is None:
        return None
    rows = catalogue.recommendations().filter(source=source).select_related("therapy", "condition")
    statements = catalogue.condition_statements().filter(source=source).select_related("condition")
    outcomes = catalogue.outcomes().filter(source=source).select_related("therapy", "condition", "source")
    return SourcePage(
        source=source,
        newer=[source.superseded_by] if source.superseded_by else [],
        older=list(catalogue.sources().filter(superseded_by=source)),
        conditions=_by_condition(_about(source, rows)),
        statements=_about(source, statements),
        outcomes=list(outcomes),
        therapy_texts=sorted(catalogue.therapies().filter(text_sources=source), key=lambda item: item.name),
        condition_texts=sorted(catalogue.conditions().filter(text_sources=source), key=lambda item: item.name),
        topics=list(catalogue.topics().filter(sources=source)),
    )


def _about(source: Source, rows: QuerySet[Row]) -> list[Row]:
    """The rows, each knowing its source without asking for it again."""
    found = list(rows)
    for row in found:
        row.source = source
    return found


def _by_condition(rows: list[Recommendation]) -> list[tuple[Condition, list[Recommendation]]]:
    ordered = sorted(rows, key=lambda row: (row.condition.name, row.therapy.name, row.slug))
    return [(condition, list(group)) for condition, group in groupby(ordered, key=lambda row: row.condition)]
