"""All that is said of one therapy, or of one condition, in the order in which a page shows it.

Reads the installed release in a bounded number of queries; `evidence.py` sorts the rows of one pair.
"""

from collections.abc import Mapping, Sequence

from therapies.domain.standing import heard_at
from therapies.evidence.statements import Pair, Rated, rate, recommendations
from therapies.models import Condition, ConditionStatement, Recommendation, Therapy
from therapies.serving import catalogue


def of_therapy(therapy: Therapy, *, used: Sequence[Condition], forms: Sequence[Therapy]) -> list[Rated]:
    """Every condition that somebody speaks of for this therapy or a form of it, best standing first; two queries."""
    by_pair = recommendations(therapies=[therapy.pk, *(form.pk for form in forms)])
    conditions = catalogue.conditions().in_bulk({pk for _, pk in by_pair}) | {item.pk: item for item in used}
    usual = {item.pk for item in used}
    rated = []
    for pk, condition in conditions.items():
        own = rate(therapy, condition, by_pair.get((therapy.pk, pk), ()), used=pk in usual)
        own.forms = _forms(condition, forms, by_pair)
        rated.append(own)
    return sorted((own for own in rated if own.standing or own.all_rows or own.forms), key=lambda own: own.order)


def of_condition(condition: Condition, *, ages: Sequence[str] = ()) -> list[Rated]:
    """Every therapy in use or spoken of for this condition, best standing first; four queries.

    `ages` narrows to what speaks of at least one of them.
    """
    by_pair = recommendations(conditions=[condition.pk])
    used = set(catalogue.therapies().filter(commonly_used_for=condition).values_list("pk", flat=True))
    wanted = catalogue.therapies().filter(pk__in=used | {pk for pk, _ in by_pair}).select_related("family")
    therapies = list(wanted.prefetch_related("parents"))
    forms = [therapy for therapy in therapies if therapy.is_form_of_parent]
    rated = []
    for therapy in therapies:
        usual = therapy.pk in used and (not ages or not therapy.ages or bool(set(ages) & set(therapy.ages)))
        own = rate(therapy, condition, by_pair.get((therapy.pk, condition.pk), ()), used=usual, ages=ages)
        own.forms = _forms(condition, [form for form in forms if therapy in form.parents.all()], by_pair, ages)
        rated.append(own)
    return sorted((own for own in rated if own.standing or own.all_rows), key=lambda own: own.order)


def _forms(
    condition: Condition,
    forms: Sequence[Therapy],
    by_pair: Mapping[Pair, list[Recommendation]],
    ages: Sequence[str] = (),
) -> list[Rated]:
    """What is known of the condition in these forms, where a checked row says something."""
    rated = [rate(form, condition, by_pair.get((form.pk, condition.pk), ()), used=False, ages=ages) for form in forms]
    return sorted((form for form in rated if form.standing), key=lambda form: form.order)


def statements(condition: Condition, *, ages: Sequence[str] = ()) -> list[ConditionStatement]:
    """What bodies say of the condition without naming a therapy, the newest source first, superseded ones last."""
    found = catalogue.condition_statements().filter(condition=condition).select_related("source")
    wanted = [row for row in found if not ages or heard_at(ages) & set(row.ages)]
    wanted.sort(key=lambda row: (row.source.year or "", row.source.short_body), reverse=True)
    return sorted(wanted, key=lambda row: (row.source.is_superseded, not row.seen))
