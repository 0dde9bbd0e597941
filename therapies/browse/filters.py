"""The facets of the browse page: declared, parsed and validated by django-filter. Counting is `facets.py`.

A value may be a slug, an unambiguous abbreviation or an alias. What is not understood is said, the rest is kept, and
a request of which nothing was understood shows no list at all.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from therapies.browse.facets import FACETS, SORTS, FacetIndex, index_of
from therapies.models import Therapy
from therapies.models.base import name_key
from therapies.serving import resolve
from therapies.serving.catalogue import InstalledRelease

LABELS = {
    "condition": "What would you like help with?",
    "standing": "What guidelines say",
    "participants": "Who takes part",
    "delivery": "How it is delivered",
    "age": "Age",
    "length": "How long",
    "focus": "Past or present",
    "structure": "How planned it is",
    "homework": "Tasks between sessions",
    "technique": "What you do",
    "family": "Kind of therapy",
}
KINDS_OF_FACETS = {
    "condition": "conditions",
    "participants": "formats",
    "delivery": "formats",
    "technique": "techniques",
    "family": "families",
}


class Known(frozenset[str]):
    """The slugs that a facet of one release has; shared, never copied."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Known":
        return self


NOTHING = Known()


class FacetField(forms.MultipleChoiceField):
    """Multiple choice among known slugs; the options themselves are drawn by the page, not by a widget."""

    def __init__(self, *, known: Known = NOTHING, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def valid_value(self, value: str) -> bool:
        return value in self.known


class FacetFilter(django_filters.MultipleChoiceFilter):
    field_class = FacetField


class TherapyFilter(django_filters.FilterSet):
    """One multiple choice a facet: OR within, AND across. What can be chosen comes from the index of the release."""

    condition = FacetFilter()
    standing = FacetFilter()
    participants = FacetFilter()
    delivery = FacetFilter()
    age = FacetFilter()
    length = FacetFilter()
    focus = FacetFilter()
    structure = FacetFilter()
    homework = FacetFilter()
    technique = FacetFilter()
    family = FacetFilter()
    sort = django_filters.ChoiceFilter(choices=list(SORTS.items()), empty_label=None)
    programs = django_filters.BooleanFilter(widget=forms.CheckboxInput)

    class Meta:
        model = Therapy
        fields: list[str] = []


@lru_cache(maxsize=2)
def form_class(number: int, digest: str) -> type[forms.Form]:
    """The form that validates a query against one release; made once a release."""
    filterset = TherapyFilter(queryset=Therapy.objects.none())
    for facet, options in index_of(number, digest).options.items():
        filterset.filters[facet].extra["known"] = Known(option.slug for option in options)
    return filterset.get_form_class()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """One value that was left out: where it stood, what it was, and what might have been meant."""

    label: str
    written: str
    meanings: list[str]
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What the address asks for, as far as it was understood."""

    choices: dict[str, list[str]]
    sort: str
    programs: bool
    problems: list[NotUnderstood]

    @property
    def nothing_left(self) -> bool:
        """Nothing of what was asked for was understood, so no list would be an answer."""
        return bool(self.problems) and not any(self.choices.values())


def read(data: QueryDict, release: InstalledRelease) -> Request:
    """Parses the query of the browse page."""
    index = index_of(release.number, release.digest)
    problems: list[NotUnderstood] = []
    cleaned = data.copy()
    for facet in FACETS:
        written = [value.strip()[:80] for value in data.getlist(facet) if value.strip()]
        cleaned.setlist(facet, _understood(facet, written, index, problems))
    form = form_class(release.number, release.digest)(cleaned)
    form.is_valid()
    if "sort" in form.errors:
        problems.append(NotUnderstood("Sort", data.get("sort", "")[:80], list(SORTS)))
    choices = {facet: list(form.cleaned_data.get(facet) or []) for facet in FACETS}
    sort = form.cleaned_data.get("sort") or ("standing" if choices["condition"] else "name")
    return Request(choices, sort, bool(form.cleaned_data.get("programs")), problems)


def _understood(facet: str, written: list[str], index: FacetIndex, problems: list[NotUnderstood]) -> list[str]:
    known = {option.slug for option in index.options[facet]}
    unknown = [value for value in written if value not in known]
    meant = {value: [value] for value in written if value in known}
    meant |= dict(_meanings(facet, unknown, known)) if unknown else {}
    slugs: list[str] = []
    for value in dict.fromkeys(written):
        meanings = meant.get(value, [])
        if len(meanings) == 1:
            slugs.append(meanings[0])
        else:
            near = meanings or (_near(facet, value, known) if len(problems) < resolve.MOST_SUGGESTED_FOR else [])
            problems.append(NotUnderstood(LABELS[facet], value, near, ambiguous=bool(meanings)))
    return list(dict.fromkeys(slugs))


def _meanings(facet: str, written: list[str], known: set[str]) -> list[tuple[str, list[str]]]:
    kind = KINDS_OF_FACETS.get(facet)
    if kind is None:
        return [(value, [name_key(value)] if name_key(value) in known else []) for value in written]
    return [(name.written, [s for s in name.slugs if s in known]) for name in resolve.resolve(kind, written)]


def _near(facet: str, value: str, known: set[str]) -> list[str]:
    kind = KINDS_OF_FACETS.get(facet)
    return [slug for slug in resolve.suggestions(kind, value) if slug in known] if kind else sorted(known)
