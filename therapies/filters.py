"""The facets of the browse page: declared, parsed and validated by django-filter. Counting is `facets.py`.

A value may be a slug, an unambiguous abbreviation or an alias. What is not understood is said, the rest is kept, and
a request of which nothing was understood shows no list at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.http import QueryDict

from therapies import names
from therapies.facets import FACETS, SORTS, FacetIndex, Option
from therapies.models import Therapy
from therapies.models.base import name_key

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


class TherapyFilter(django_filters.FilterSet):
    """One multiple choice a facet: OR within, AND across. Choices come from the index of the release."""

    condition = django_filters.MultipleChoiceFilter(label=LABELS["condition"])
    standing = django_filters.MultipleChoiceFilter(label=LABELS["standing"])
    participants = django_filters.MultipleChoiceFilter(label=LABELS["participants"])
    delivery = django_filters.MultipleChoiceFilter(label=LABELS["delivery"])
    age = django_filters.MultipleChoiceFilter(label=LABELS["age"])
    length = django_filters.MultipleChoiceFilter(label=LABELS["length"])
    focus = django_filters.MultipleChoiceFilter(label=LABELS["focus"])
    structure = django_filters.MultipleChoiceFilter(label=LABELS["structure"])
    homework = django_filters.MultipleChoiceFilter(label=LABELS["homework"])
    technique = django_filters.MultipleChoiceFilter(label=LABELS["technique"])
    family = django_filters.MultipleChoiceFilter(label=LABELS["family"])
    sort = django_filters.ChoiceFilter(label="Sort", choices=list(SORTS.items()), empty_label=None)

    class Meta:
        model = Therapy
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, options: Mapping[str, list[Option]]) -> None:
        super().__init__(data, queryset=Therapy.objects.none())
        for facet in FACETS:
            self.filters[facet].extra["choices"] = [(option.slug, option.name) for option in options[facet]]


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


def read(data: QueryDict, index: FacetIndex) -> Request:
    """Parses the query of the browse page."""
    problems: list[NotUnderstood] = []
    cleaned = data.copy()
    for facet in FACETS:
        written = [value.strip()[:80] for value in data.getlist(facet) if value.strip()]
        cleaned.setlist(facet, _understood(facet, written, index, problems))
    filterset = TherapyFilter(cleaned, options=index.options)
    form: Any = filterset.form
    form.is_valid()
    if "sort" in form.errors:
        problems.append(NotUnderstood("Sort", data.get("sort", "")[:80], list(SORTS)))
    choices = {facet: list(form.cleaned_data.get(facet) or []) for facet in FACETS}
    sort = form.cleaned_data.get("sort") or ("standing" if choices["condition"] else "name")
    return Request(choices, sort, data.get("programs") in {"1", "on", "yes"}, problems)


def _understood(facet: str, written: list[str], index: FacetIndex, problems: list[NotUnderstood]) -> list[str]:
    known = {option.slug for option in index.options[facet]}
    if all(value in known for value in written):
        return list(dict.fromkeys(written))
    slugs: list[str] = []
    for value, meanings in _meanings(facet, written, known):
        if len(meanings) == 1:
            slugs.append(meanings[0])
        else:
            near = meanings or _near(facet, value, known)
            problems.append(NotUnderstood(LABELS[facet], value, near, ambiguous=bool(meanings)))
    return list(dict.fromkeys(slugs))


def _meanings(facet: str, written: list[str], known: set[str]) -> list[tuple[str, list[str]]]:
    kind = KINDS_OF_FACETS.get(facet)
    if kind is None:
        return [(value, [name_key(value)] if name_key(value) in known else []) for value in written]
    return [(name.written, [s for s in name.slugs if s in known]) for name in names.resolve(kind, written)]


def _near(facet: str, value: str, known: set[str]) -> list[str]:
    kind = KINDS_OF_FACETS.get(facet)
    return [slug for slug in names.suggestions(kind, value) if slug in known] if kind else sorted(known)
