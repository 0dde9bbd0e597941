"""The query of the browse page: declared with django-filter, read, and turned into addresses. Counting is `facets.py`.

A value may be a slug, an unambiguous abbreviation or an alias. What is not understood is said, the rest is kept, and
a request of which nothing was understood shows no list at all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.urls import reverse

from therapies.browse.facets import FACETS, SORTS, FacetIndex, Option
from therapies.compare.table import MOST_COMPARED
from therapies.models import Therapy
from therapies.models.base import name_key
from therapies.serving import catalogue, resolve
from therapies.serving.concerns import ConcernNames
from therapies.serving.query import (
    Link,
    NotUnderstood,
    PageNumber,
    Several,
    SomeOf,
    Switch,
    ValueFilter,
    Words,
    messages_of,
    values,
)

TO_COMPARE = "Therapies to compare"


class ListFilter(django_filters.FilterSet):
    """What the query can hold beside facets."""

    sort = ValueFilter(Words)
    programs = ValueFilter(Switch)
    all = ValueFilter(Switch)
    more = ValueFilter(SomeOf, known=FACETS, message="“{}” is no part of the filters.")
    page = ValueFilter(PageNumber)
    t = ValueFilter(Several)

    class Meta:
        model = Therapy
        fields: list[str] = []


# One multiple choice a facet: OR within, AND across; concerns are ANDed where `all` is 1.
FACET_FILTERS = {facet: ValueFilter(ConcernNames if facet == "condition" else Several) for facet in FACETS}
TherapyFilter: Any = type("TherapyFilter", (ListFilter,), FACET_FILTERS)
ListForm: type[forms.Form] = TherapyFilter(queryset=Therapy.objects.none()).get_form_class()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the address asks for, as far as it was understood."""

    choices: dict[str, list[str]]
    sort: str
    is_sorted: bool  # whether the address says how
    programs: bool
    every: bool  # whether a therapy has to suit each of several concerns, not any
    unfolded: list[str]  # facets whose options are all shown
    is_paged: bool  # whether the address names a page
    page: int
    compared: list[Option]  # ticked for comparison
    problems: list[NotUnderstood]
    not_compared: list[NotUnderstood]  # ticked, and not understood or one too many
    messages: list[str]

    @property
    def nothing_left(self) -> bool:
        """Whether nothing of what was asked for was understood, so that no list would be an answer."""
        return bool(self.problems) and not any(self.choices.values())

    @property
    def is_narrowed(self) -> bool:
        return any(self.choices.values())

    @property
    def is_blank(self) -> bool:
        """Whether no list is asked for, so that the page opens on kinds of therapy."""
        asks = self.is_narrowed or self.programs or self.is_sorted or self.is_paged
        return not (asks or self.problems or self.messages)

    @property
    def ticked(self) -> list[tuple[str, str]]:
        return [("t", option.slug) for option in self.compared]

    def pairs(self, *, without: tuple[str, str] = ("", "")) -> list[tuple[str, str]]:
        """The query as (name, value), but for one pair and the page."""
        pairs = [(facet, slug) for facet in FACETS for slug in self.choices[facet]]
        pairs += [("all", "1")] if self.every else []
        pairs += [("programs", "1")] if self.programs else []
        pairs += [("sort", self.sort)] if self.is_sorted else []
        pairs += [("more", facet) for facet in self.unfolded]
        return [pair for pair in [*pairs, *self.ticked] if pair != without]

    def url(self, *, without: tuple[str, str] = ("", "")) -> str:
        """The address of this list, from its first page, with one thing less."""
        return reverse("therapies", query=self.pairs(without=without))

    def page_url(self, number: int) -> str:
        """The first page of all therapies is named too: without a page the address is that of the kinds."""
        is_named = number > 1 or not (self.is_narrowed or self.programs or self.is_sorted)
        return reverse("therapies", query=[*self.pairs(), *([("page", str(number))] if is_named else [])])

    @property
    def any_or_all_url(self) -> str:
        """The same list the other way round: for any of the concerns, or for all of them."""
        turned = self.pairs(without=("all", "1"))
        return reverse("therapies", query=turned if self.every else [*turned, ("all", "1")])


def read(query: QueryDict, index: FacetIndex) -> ListQuery:
    form = ListForm(query)
    form.full_clean()
    given, problems = form.cleaned_data, list[NotUnderstood]()
    choices = {facet: _understood(facet, given[facet], index, problems) for facet in FACETS}
    sort = given["sort"] if given["sort"] in SORTS else ""
    problems += [NotUnderstood("Sort", given["sort"], _links("sort", SORTS))] if given["sort"] != sort else []
    compared, unclear = _compared(given["t"])
    return ListQuery(
        choices=choices,
        sort=sort or "standing",
        is_sorted=bool(sort),
        programs=given["programs"],
        every=given["all"] and len(choices["condition"]) > 1,
        unfolded=given["more"],
        is_paged=bool(values(query.getlist("page"))),
        page=given["page"],
        compared=compared,
        problems=problems,
        not_compared=unclear,
        messages=messages_of(form),
    )


def _understood(facet: str, written: list[str], index: FacetIndex, problems: list[NotUnderstood]) -> list[str]:
    if not written:
        return []
    names = {option.slug: option.name for option in index.options[facet]}
    unknown = [value for value in written if value not in names]
    meant = {value: [value] for value in written if value in names} | _meanings(facet, unknown, names)
    slugs: list[str] = []
    for value in dict.fromkeys(written):
        means = meant.get(value, [])  # only so many texts of one address are looked up
        if len(means) == 1:
            slugs += means
            continue
        near = means or (_near(facet, value, names) if len(problems) < resolve.MOST_SUGGESTED_FOR else [])
        links = _links(facet, {slug: names[slug] for slug in near})
        problems.append(NotUnderstood(FACETS[facet].label, value, links, ambiguous=bool(means)))
    return list(dict.fromkeys(slugs))


def _links(name: str, options: Mapping[str, str]) -> list[Link]:
    """The list with each of these chosen alone."""
    return [Link(text, reverse("therapies", query={name: slug})) for slug, text in options.items()]


def _meanings(facet: str, written: Sequence[str], known: Collection[str]) -> dict[str, list[str]]:
    kind = FACETS[facet].kind
    if not written:
        return {}
    if not kind:
        return {value: [name_key(value)] if name_key(value) in known else [] for value in written}
    return {name.written: [s for s in name.slugs if s in known] for name in resolve.resolve(kind, written)}


def _near(facet: str, value: str, known: Collection[str]) -> list[str]:
    kind = FACETS[facet].kind
    return [slug for slug in resolve.suggestions(kind, value) if slug in known] if kind else sorted(known)


def _compared(written: list[str]) -> tuple[list[Option], list[NotUnderstood]]:
    """The therapies ticked for comparison, and what was not understood of them."""
    if not written:
        return [], []
    names = resolve.resolve("therapies", written)
    slugs = list(dict.fromkeys(name.slug for name in names if name.slug))
    rows = catalogue.therapies().filter(slug__in=slugs).values_list("slug", "name", "abbreviation")
    known = {slug: Option(slug, abbreviation or name, name) for slug, name, abbreviation in rows}
    unclear = [
        NotUnderstood(TO_COMPARE, name.written, _links("t", {slug: slug for slug in name.slugs}), bool(name.slugs))
        for name in names
        if not name.slug
    ]
    unclear += [NotUnderstood(f"{TO_COMPARE}: four at most", known[slug].full_name) for slug in slugs[MOST_COMPARED:]]
    return [known[slug] for slug in slugs[:MOST_COMPARED]], unclear
