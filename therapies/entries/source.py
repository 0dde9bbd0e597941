"""The pages of sources as data: the list with its filters, and what rests on one document."""

from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.urls import reverse

from therapies.models import Condition, ConditionStatement, Outcome, Recommendation, Source, Therapy, Topic
from therapies.serving import catalogue
from therapies.serving.query import OneOf, PageNumber, Paging, ValueFilter, Words, messages_of

Row = TypeVar("Row", Recommendation, ConditionStatement)
PER_PAGE = 60
MOST_WORDS = 8
PARTICULARS = ("body", "body_short", "title", "identifier", "year", "slug")
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


LEFT_OUT = "We did not understand “{{}}” as a {} of source, and left it out."


class SourceFilter(django_filters.FilterSet):
    """Narrows the list of documents by words, kind and status."""

    q = ValueFilter(Words, longest=100, method="with_words")
    kind = ValueFilter(OneOf, known=Source.KINDS, message=LEFT_OUT.format("kind"))
    status = ValueFilter(OneOf, known=Source.STATUSES, message=LEFT_OUT.format("status"))
    page = ValueFilter(PageNumber, method="all_pages")

    class Meta:
        model = Source
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Source], name: str, words: str) -> QuerySet[Source]:
        """Every word has to be somewhere in the document's particulars."""
        for word in words.split()[:MOST_WORDS]:
            rows = rows.filter(Q(*((f"{column}__icontains", word) for column in PARTICULARS), _connector=Q.OR))
        return rows

    def all_pages(self, rows: QuerySet[Source], name: str, number: int) -> QuerySet[Source]:
        return rows


@dataclass(slots=True)
class SourceList:
    """One page of the list, and what was asked for."""

    bodies: list[tuple[str, list[Source]]]
    paging: Paging
    asked: dict[str, str]  # what was understood, by name
    messages: list[str]
    http_status: int

    def _at(self, number: int) -> str:
        asked = self.asked | ({"page": str(number)} if number > 1 else {})
        return reverse("sources", query={name: value for name, value in asked.items() if value})

    @property
    def previous(self) -> str:
        return self._at(self.paging.number - 1) if self.paging.has_previous else ""

    @property
    def next(self) -> str:
        return self._at(self.paging.number + 1) if self.paging.has_next else ""


def source_list(query: QueryDict) -> SourceList:
    """The documents that the words, kind and status leave; what is not understood is said and left out."""
    found = SourceFilter(query, queryset=catalogue.sources().order_by(Lower("body"), "-year", "slug"))
    rows, messages = found.qs, messages_of(found.form)
    asked = dict(found.form.cleaned_data)
    paging = Paging(asked.pop("page"), rows.count(), PER_PAGE)
    page = rows[paging.offset : paging.offset + PER_PAGE]
    bodies = [(body, list(group)) for body, group in groupby(page, key=lambda source: source.body)]
    status = 404 if paging.message else 400 if messages else 200
    return SourceList(bodies, paging, asked, [*messages, *([paging.message] if paging.message else [])], status)


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
