"""What the statements on a therapy and a condition add up to: its standing, its history, its named forms.

Reads the installed release in a bounded number of queries; the rule itself is in `domain/standing.py`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from therapies.domain import standing as rule
from therapies.domain.standing import NOWHERE, Beside, Standing, beside, derive, heard_at
from therapies.domain.statements import Spoken
from therapies.evidence.pairs import NamedForm, every_pair, forms_of
from therapies.evidence.statements import Document, Pair, documents, recommendations
from therapies.models import Condition, Recommendation, Therapy
from therapies.models.vocabulary import AGE_WORDS
from therapies.serving import catalogue
from therapies.serving.describe import in_a_sentence, sentence

Mark = tuple[int, str]  # row number of a therapy, slug of a condition


@dataclass(frozen=True, slots=True)
class ForAges:
    """What is said of one pair for exactly these ages, and the standing that this alone gives."""

    name: str
    standing: Standing | None
    documents: list[Document]


@dataclass(slots=True, eq=False)
class Verdict:
    """What is known of one therapy for one condition. Two are never the same one, so that a page can keep its HTML."""

    therapy: Therapy
    condition: Condition
    standing: Standing | None
    beside: list[Beside] = field(default_factory=list)  # labels for other purposes, and for parts of the people
    rows: list[Recommendation] = field(default_factory=list)  # of documents in force
    history: list[Recommendation] = field(default_factory=list)  # of documents that were replaced or withdrawn, drafts
    every_form: list["Verdict"] = field(default_factory=list)  # the same condition, in the therapy's named forms
    asked: tuple[str, ...] = ()  # the ages that it was narrowed to

    @property
    def ages_alone(self) -> str:
        """Such as “teenagers”, where no age was asked for and documents in force say nothing of adults."""
        spoken = {age for row in self.rows for age in row.ages}
        if self.asked or "adult" in spoken:
            return ""
        return in_a_sentence(sentence([words for age, words in AGE_WORDS.items() if age in spoken]))

    @property
    def marks(self) -> list[rule.Mark]:
        """One a guideline that the standing counts."""
        return rule.marks(row.spoken for row in self.rows)

    @property
    def checked(self) -> list[Recommendation]:
        return [row for row in self.rows if row.is_checked]

    @property
    def warnings(self) -> list[Recommendation]:
        """The statements that advise against it or found harm."""
        return [row for row in self.rows if row.warns]

    @property
    def unchecked(self) -> list[Recommendation]:
        return [row for row in self.rows if not row.is_checked]

    @property
    def all_rows(self) -> list[Recommendation]:
        return [*self.rows, *self.history]

    @property
    def forms(self) -> list["Verdict"]:
        """The forms that have a standing of their own, the best first."""
        return sorted((form for form in self.every_form if form.standing), key=lambda form: form.order)

    @property
    def statements(self) -> list[Recommendation]:
        """Everything that any body says of the therapy or a form of it; a row knows its therapy."""
        return [*self.all_rows, *(row for form in self.every_form for row in form.all_rows)]

    @property
    def current(self) -> list[Recommendation]:
        """The statements of documents in force."""
        return [row for row in self.statements if row.source.is_in_force]

    @property
    def earlier(self) -> list[Recommendation]:
        """The statements of documents that were replaced or withdrawn, and of drafts."""
        return [row for row in self.statements if not row.source.is_in_force]

    @property
    def is_against(self) -> bool:
        """Whether it is advised against or did harm here, or is warned against altogether."""
        return self.therapy.is_discouraged or bool(self.standing and self.standing.is_warning)

    @property
    def best(self) -> Standing | None:
        """For sorting only: the therapy's own standing, else the highest of its forms."""
        return self.standing or next((form.standing for form in self.forms), None)

    @property
    def is_rated(self) -> bool:
        """Whether some body rates the therapy or a form of it; common use alone is no rating."""
        return any(standing.bodies for standing in [self.standing, *(form.standing for form in self.forms)] if standing)

    @property
    def order(self) -> tuple[tuple[int, ...], str]:
        """In the order of the standings, then by name of the therapy and condition."""
        return self.standing.order if self.standing else NOWHERE, f"{self.therapy.name} {self.condition}"

    @property
    def folds(self) -> bool:
        """Whether nobody speaks of it but of a form of it: then the form stands for it in a list that has both."""
        return bool(self.forms) and not self.rows

    @property
    def by_ages(self) -> list[ForAges]:
        """The statements in groups of the same ages; the largest group first."""
        groups: defaultdict[tuple[str, ...], list[Recommendation]] = defaultdict(list)
        for row in self.all_rows:
            groups[tuple(row.ages)].append(row)
        ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
        return [_for_ages(ages, judge(self.therapy, self.condition, rows, used=False)) for ages, rows in ordered]


def _for_ages(ages: tuple[str, ...], verdict: Verdict) -> ForAges:
    name = sentence([AGE_WORDS.get(age, age) for age in ages]) or "Ages not stated"
    return ForAges(name, verdict.standing, documents(verdict.all_rows))


def judge(
    therapy: Therapy, condition: Condition, rows: Iterable[Recommendation], *, used: bool, ages: Sequence[str] = ()
) -> Verdict:
    """Sorts the statements on one pair into what is in force and what is history, and derives what they add up to."""
    every = list(rows)
    wanted = [row for row in every if not ages or heard_at(ages) & set(row.ages)]
    for row in wanted:
        row.therapy = therapy
    spoken = [row.spoken for row in every]
    return Verdict(
        therapy,
        condition,
        derive(spoken, used=used, ages=ages),
        beside(spoken, ages=ages),
        rows=[row for row in wanted if row.source.is_in_force],
        history=[row for row in wanted if not row.source.is_in_force],
        asked=tuple(ages),
    )


def at_ages(verdict: Verdict, ages: Sequence[str]) -> Verdict:
    """What is known of the same pair for these ages alone; asks nothing of the release."""
    used = verdict.standing is not None and verdict.standing.label is rule.Label.USED
    narrowed = judge(verdict.therapy, verdict.condition, verdict.all_rows, used=used, ages=ages)
    forms = (at_ages(form, ages) for form in verdict.every_form)
    narrowed.every_form = [form for form in forms if form.all_rows]
    return narrowed


# ── Of one therapy, of several, of one condition ──


def of_therapy(therapy: Therapy, *, used: Sequence[Condition], forms: Sequence[Therapy]) -> list[Verdict]:
    """Every condition that somebody rates this therapy or a form of it for, or uses it for; two queries."""
    by_pair = recommendations(therapies=[therapy.pk, *(form.pk for form in forms)])
    conditions = catalogue.conditions().in_bulk({pk for _, pk in by_pair}) | {item.pk: item for item in used}
    verdicts = _verdicts(therapy, conditions, by_pair, used={item.pk for item in used}, forms=forms)
    known = (verdict for verdict in verdicts if verdict.standing or verdict.all_rows or verdict.forms)
    return sorted(known, key=lambda verdict: verdict.order)


def of_therapies(therapies: Sequence[Therapy], used: Mapping[int, Collection[int]]) -> dict[int, dict[int, Verdict]]:
    """The verdicts on each therapy, by the row numbers of therapy and condition; four queries.

    `used` holds the row numbers of the conditions that each therapy is commonly used for.
    """
    forms = named_forms([therapy.pk for therapy in therapies])
    everyone = {pk for therapy in therapies for pk in (therapy.pk, *(form.pk for form in forms[therapy.pk]))}
    by_pair = recommendations(therapies=everyone)
    wanted = {pk for _, pk in by_pair}.union(*used.values())
    conditions = catalogue.conditions().in_bulk(wanted)
    return {
        therapy.pk: {
            verdict.condition.pk: verdict
            for verdict in _verdicts(therapy, conditions, by_pair, used=used[therapy.pk], forms=forms[therapy.pk])
            if verdict.standing or verdict.statements
        }
        for therapy in therapies
    }


def of_pair(therapy: Therapy, condition: Condition) -> Verdict:
    """What is known of one therapy for one condition; four queries."""
    used = therapy.commonly_used_for.filter(pk=condition.pk).exists()
    verdicts = of_therapies([therapy], {therapy.pk: [condition.pk] if used else []})[therapy.pk]
    return verdicts.get(condition.pk) or Verdict(therapy, condition, None)


def named_forms(ids: Sequence[int]) -> defaultdict[int, list[Therapy]]:
    """The named forms of each of these therapies; two queries."""
    wanted = catalogue.therapies().filter(is_form_of_parent=True, parents__in=ids).distinct()
    forms: defaultdict[int, list[Therapy]] = defaultdict(list)
    for form in wanted.prefetch_related("parents"):
        for parent in form.parents.all():
            forms[parent.pk].append(form)
    return forms


def _verdicts(
    therapy: Therapy,
    conditions: Mapping[int, Condition],
    by_pair: Mapping[Pair, list[Recommendation]],
    *,
    used: Collection[int],
    forms: Sequence[Therapy],
) -> Iterable[Verdict]:
    for pk, condition in conditions.items():
        usual = pk in used and every_pair().is_in_use(therapy.pk, condition.slug)
        verdict = judge(therapy, condition, by_pair.get((therapy.pk, pk), ()), used=usual)
        verdict.every_form = _of_forms(condition, forms, by_pair)
        yield verdict


def of_condition(
    condition: Condition, *, ages: Sequence[str] = (), by_pair: Mapping[Pair, list[Recommendation]] | None = None
) -> list[Verdict]:
    """Every therapy that is used or rated for this condition, best standing first; four queries.

    `ages` narrows to statements about at least one of them. `by_pair` holds the statements, if they were read already.
    """
    by_pair = recommendations(conditions=[condition.pk]) if by_pair is None else by_pair
    used = set(catalogue.therapies().filter(commonly_used_for=condition).values_list("pk", flat=True))
    wanted = catalogue.therapies().filter(pk__in=used | {pk for pk, _ in by_pair}).select_related("family")
    therapies = list(wanted.prefetch_related("parents"))
    forms = [therapy for therapy in therapies if therapy.is_form_of_parent]
    verdicts = []
    for therapy in therapies:
        suits = not ages or not therapy.ages or bool(set(ages) & set(therapy.ages))
        usual = therapy.pk in used and suits and every_pair().is_in_use(therapy.pk, condition.slug)
        rows = by_pair.get((therapy.pk, condition.pk), ())
        verdict = judge(therapy, condition, rows, used=usual, ages=ages)
        verdict.every_form = _of_forms(condition, [f for f in forms if therapy in f.parents.all()], by_pair, ages)
        verdicts.append(verdict)
    known = (verdict for verdict in verdicts if verdict.standing or verdict.all_rows)
    return sorted(known, key=lambda verdict: verdict.order)


def _of_forms(
    condition: Condition,
    forms: Sequence[Therapy],
    by_pair: Mapping[Pair, list[Recommendation]],
    ages: Sequence[str] = (),
) -> list[Verdict]:
    verdicts = (
        judge(form, condition, by_pair.get((form.pk, condition.pk), ()), used=False, ages=ages) for form in forms
    )
    return [verdict for verdict in verdicts if verdict.all_rows]


# ── For long lists: standings alone ──


def standings(therapies: Sequence[int], conditions: Iterable[str], ages: Sequence[str] = ()) -> dict[Mark, Standing]:
    """The standing of every pair of these, by therapy number and condition slug, in the order of the conditions."""
    pairs = every_pair()
    given, known = pairs.standings(ages), dict[Mark, Standing]()
    for condition in conditions:
        for therapy in therapies:
            number = pairs.saying_of(therapy, condition)
            standing = None if number is None else given[number]
            if standing:
                known[therapy, condition] = standing
    return known


ByForm = dict[Mark, tuple[NamedForm, Standing]]  # for a pair, the form of the therapy that is rated


def with_forms(
    therapies: Sequence[int], conditions: Sequence[str], ages: Sequence[str] = ()
) -> tuple[dict[Mark, Standing], ByForm]:
    """The standings of these pairs; and, for those that only a form is rated for, the form of highest standing."""
    every = forms_of()
    forms = {therapy: every[therapy] for therapy in therapies if therapy in every}
    everyone = list(dict.fromkeys([*therapies, *(form.pk for of_one in forms.values() for form in of_one)]))
    rated = standings(everyone, conditions, ages)
    own = {pair: standing for pair, standing in rated.items() if pair[0] in therapies}
    return own, best_forms(forms, rated)


def best_forms(forms: Mapping[int, Sequence[NamedForm]], rated: Mapping[Mark, Standing]) -> ByForm:
    """For each pair that has no rating of its own, the form of the therapy whose standing is highest."""
    related = {*forms, *(form.pk for of_one in forms.values() for form in of_one)}
    by_therapy: defaultdict[int, list[tuple[str, Standing]]] = defaultdict(list)
    for (therapy, condition), standing in rated.items():
        if standing.bodies and therapy in related:
            by_therapy[therapy].append((condition, standing))
    best: ByForm = {}
    for parent, of_one in forms.items():
        rows = ((condition, form, standing) for form in of_one for condition, standing in by_therapy[form.pk])
        own = {condition for condition, _ in by_therapy[parent]}
        for condition, form, standing in sorted(rows, key=lambda row: (row[2].order, row[1].name)):
            if condition not in own:
                best.setdefault((parent, condition), (form, standing))
    return best


def derived(spoken: Iterable[tuple[int, str, Spoken]], *, ages: Sequence[str] = ()) -> dict[Mark, Standing]:
    """The standing of each pair that somebody speaks of."""
    by_pair: defaultdict[Mark, list[Spoken]] = defaultdict(list)
    for therapy, condition, statement in spoken:
        by_pair[therapy, condition].append(statement)
    given = {pair: derive(by_pair[pair], used=False, ages=ages) for pair in sorted(by_pair)}
    return {pair: standing for pair, standing in given.items() if standing}
