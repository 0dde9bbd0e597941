"""What each body says of one therapy, by condition, with its named forms rolled up in view. Reads; compares nothing."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from therapies.domain.standing import Standing, derive
from therapies.evidence import statements
from therapies.models import Recommendation, Therapy
from therapies.models.evidence import Statement
from therapies.serving import catalogue, describe


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of one body, in words ready to show."""

    body: str
    source: str  # body and year
    source_slug: str
    stance: str
    stance_words: str
    line: str
    issued: str
    fact: str
    ages: str
    form: str = ""  # the named form of the therapy that it speaks of
    form_slug: str = ""
    seen: bool = True
    secondary: bool = False
    superseded: bool = False
    from_guideline: bool = False


@dataclass(frozen=True, slots=True)
class FormStanding:
    name: str
    slug: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Verdict:
    """The standing of one therapy for one condition, and of its named forms where they have one of their own."""

    standing: Standing | None
    forms: tuple[FormStanding, ...] = ()

    @property
    def best(self) -> Standing | None:
        """For sorting only: the therapy's own standing, else the highest of its forms."""
        return self.standing or min((form.standing for form in self.forms), key=lambda s: s.rank, default=None)

    @property
    def rated(self) -> bool:
        """Some body speaks; common use alone is no rating."""
        return any(standing.bodies for standing in [self.standing, *(form.standing for form in self.forms)] if standing)


@dataclass(frozen=True, slots=True)
class Record:
    """All that is said of one therapy, by the row number of the condition."""

    verdicts: dict[int, Verdict]
    said: dict[int, tuple[Said, ...]]


def records(therapies: Collection[Therapy], used: Mapping[int, Collection[int]]) -> dict[int, Record]:
    """The record of each therapy, by its row number; three queries. `used` are the conditions each is used for."""
    forms = forms_of([therapy.pk for therapy in therapies])
    everyone = {pk for therapy in therapies for pk in (therapy.pk, *(form.pk for form in forms[therapy.pk]))}
    by_therapy: defaultdict[int, dict[int, list[Recommendation]]] = defaultdict(dict)
    for (therapy, condition), rows in statements.recommendations(therapies=everyone).items():
        by_therapy[therapy][condition] = rows
    return {
        therapy.pk: _record(
            by_therapy[therapy.pk], used[therapy.pk], [(f, by_therapy[f.pk]) for f in forms[therapy.pk]]
        )
        for therapy in therapies
    }


def forms_of(ids: Sequence[int]) -> defaultdict[int, list[Therapy]]:
    """The named forms of each of these therapies; two queries."""
    wanted = catalogue.therapies().filter(is_form_of_parent=True, parents__in=ids).distinct()
    forms: defaultdict[int, list[Therapy]] = defaultdict(list)
    for form in wanted.only("slug", "name", "abbreviation").prefetch_related("parents"):
        for parent in form.parents.all():
            forms[parent.pk].append(form)
    return forms


def _record(
    own: dict[int, list[Recommendation]],
    used: Collection[int],
    forms: Sequence[tuple[Therapy, dict[int, list[Recommendation]]]],
) -> Record:
    verdicts, said = {}, {}
    for condition in {*own, *used, *(pk for _, rows in forms for pk in rows)}:
        rows = own.get(condition, [])
        given = ((form, derive(theirs.get(condition, ()), used=False)) for form, theirs in forms)
        named = tuple(FormStanding(form_name(form), form.slug, standing) for form, standing in given if standing)
        verdicts[condition] = Verdict(derive(rows, used=condition in used), named)
        said[condition] = (
            *(say(row) for row in rows),
            *(say(row, form) for form, theirs in forms for row in theirs.get(condition, ())),
        )
    return Record(verdicts, said)


def form_name(form: Therapy) -> str:
    """As people may have heard it, and in full: “CBT-I (CBT for insomnia)”."""
    return f"{form.abbreviation} ({form.name})" if form.abbreviation else form.name


def say(row: Recommendation, form: Therapy | None = None) -> Said:
    """The statement in words."""
    return Said(
        body=row.source.short_body,
        source=row.source.label,
        source_slug=row.source.slug,
        stance=row.stance,
        stance_words=row.stance_words,
        line=Statement.LINES.get(row.line, ""),
        issued=row.strength_as_issued,
        fact=row.fact,
        ages=describe.sentence([describe.AGE_WORDS[age] for age in row.ages]),
        form=form_name(form) if form else "",
        form_slug=form.slug if form else "",
        seen=row.seen,
        secondary=row.secondary,
        superseded=row.source.is_superseded,
        from_guideline=row.source.kind == "guideline",
    )
