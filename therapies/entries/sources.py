"""The list of documents, with its filters."""

from dataclasses import dataclass
from itertools import groupby

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.urls import reverse

from therapies.models import Source
from therapies.serving import catalogue
from therapies.serving.query import OneOf, PageNumber, Paging, ValueFilter, Words, messages_of

PER_PAGE = 60
MOST_WORDS = 8
PARTICULARS = ("body", "body_short", "title", "identifier", "year", "slug")
LEFT_OUT = "We did not understand “{{}}” as a {}, and left it out."


class DocumentFilter(django_filters.FilterSet):
    """Narrows documents by words."""

    q = ValueFilter(Words, longest=100, method="with_words")

    class Meta:
        model = Source
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Source], name: str, words: str) -> QuerySet[Source]:
        """Every word has to be somewhere in the document's particulars."""
        for word in words.split()[:MOST_WORDS]:
            rows = rows.filter(Q(*((f"{column}__icontains", word) for column in PARTICULARS), _connector=Q.OR))
        return rows


class SourceFilter(DocumentFilter):
    """Narrows the list of documents by words, kind and status."""

    kind = ValueFilter(OneOf, known=Source.KINDS, message=LEFT_OUT.format("kind of source"))
    status = ValueFilter(OneOf, known=Source.STATUSES, message=LEFT_OUT.format("status of source"))
    page = ValueFilter(PageNumber, method="all_pages")

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
