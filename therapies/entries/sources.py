"""The list of documents, with its filters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from therapies.domain.statements import year_of
from therapies.entries.how_read import by_source
from therapies.models import Source
from therapies.serving import catalogue
from therapies.serving.once import once_a_release
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
    """One page of the list, and what was asked for: its documents by kind, and of a kind by who wrote them."""

    kinds: list[tuple[str, list[tuple[str, list[Source]]]]]
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


KINDS_IN_ORDER = (*Source.EDITIONS, *(kind for kind in Source.KINDS if kind not in Source.EDITIONS))


@once_a_release()
def statements() -> dict[int, int]:
    """How many statements are on file of each document, by row number."""
    return {source: read.total for source, read in by_source().items()}


def _in_order(rows: Iterable[tuple[str, str, str, str, int]]) -> list[int]:
    """The row numbers of the documents in the order of the list."""
    every, counts = list(rows), statements()
    said: Counter[tuple[str, str]] = Counter()
    for kind, body, _, _, pk in every:
        said[kind, body] += counts.get(pk, 0)
    every.sort(key=itemgetter(3))
    every.sort(key=lambda row: year_of(row[2]), reverse=True)
    every.sort(key=lambda row: (KINDS_IN_ORDER.index(row[0]), -said[row[0], row[1]], row[1].casefold()))
    return [row[4] for row in every]


def _grouped(sources: Sequence[Source]) -> list[tuple[str, list[tuple[str, list[Source]]]]]:
    kinds = groupby(sources, key=lambda source: source.kind)
    return [
        (PLURALS[kind], [(body, list(own)) for body, own in groupby(group, key=lambda source: source.body)])
        for kind, group in kinds
    ]


PLURALS = {
    "guideline": "Guidelines",
    "rating-list": "Rating lists",
    "professional-statement": "Statements of professional organizations",
    "systematic-review": "Reviews of studies",
    "study": "Studies",
    "information-page": "Pages of information",
}


def source_list(query: QueryDict) -> SourceList:
    """The documents that the words, kind and status leave; what is not understood is said and left out.

    Guidelines come first, then what else organizations say, then research; of a kind, first whose documents say most.
    """
    found = SourceFilter(query, queryset=catalogue.sources().order_by())
    rows, messages = found.qs, messages_of(found.form)
    asked = dict(found.form.cleaned_data)
    ordered = _in_order(rows.values_list("kind", "body", "year", "slug", "pk"))
    paging = Paging(asked.pop("page"), len(ordered), PER_PAGE)
    page = ordered[paging.offset : paging.offset + PER_PAGE]
    by_pk = catalogue.sources().in_bulk(page)
    status = 404 if paging.message else 400 if messages else 200
    messages += [paging.message] if paging.message else []
    return SourceList(_grouped([by_pk[pk] for pk in page]), paging, asked, messages, status)
