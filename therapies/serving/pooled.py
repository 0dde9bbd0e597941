"""Pooled effects as pages choose among them. They are read once a release, in one query.

Two comparisons are never mixed, and people of one age or in one place never stand for people in general.
"""

from collections.abc import Iterable, Sequence

from therapies.models import Condition, PooledEffect, Therapy
from therapies.serving import catalogue
from therapies.serving.once import once_a_release

ANY_CONTROL = "any-control"
ADULT = "adult"


@once_a_release()
def every() -> tuple[PooledEffect, ...]:
    """All of them, most trials first. Rows of one therapy share it, so that its texts are kept once."""
    therapies: dict[int, Therapy] = {}
    rows = sorted(
        catalogue.pooled_effects().select_related("therapy", "condition__group", "source"),
        key=lambda row: (-row.trials, row.slug),
    )
    for row in rows:
        if row.therapy:
            row.therapy = therapies.setdefault(row.therapy.pk, row.therapy)
    return tuple(rows)


def of_condition(condition: Condition) -> list[PooledEffect]:
    return [row for row in every() if row.condition_id == condition.pk]


def of_therapies(therapies: Iterable[Therapy]) -> list[PooledEffect]:
    wanted = {therapy.pk for therapy in therapies}
    return [row for row in every() if row.therapy_id in wanted]


def drawn(rows: Iterable[PooledEffect], age: str = "") -> PooledEffect | None:
    """The one whose people of 100 are drawn: of the age asked for, else of adults if there is one; most trials."""
    fit = [row for row in rows if row.has_people and (not age or age in row.ages)]
    return min(fit, key=_as_first, default=None)


def side_by_side(rows: Sequence[PooledEffect], wanted: Sequence[int], age: str = "") -> dict[int, PooledEffect]:
    """People of 100 of these therapies (row numbers), all with the one comparison and ages that most of them have."""
    fit = [row for row in rows if row.has_people and is_of(row, age) and row.therapy_id in wanted]
    groups: dict[tuple[str, tuple[str, ...], str], dict[int, PooledEffect]] = {}
    for row in sorted(fit, key=_as_first):
        group = groups.setdefault((row.comparison, tuple(row.ages), row.measure), {})
        group.setdefault(row.therapy_id or 0, row)
    return max(
        groups.values(),
        key=lambda group: (
            all(row.comparison != ANY_CONTROL for row in group.values()),
            len(group),
            sum(row.trials for row in group.values()),
        ),
        default={},
    )


def is_of(row: PooledEffect, age: str = "") -> bool:
    """Whether it is of people in general, at this age; of adults where no age is asked for."""
    return not row.population and (age or ADULT) in row.ages


def _as_first(row: PooledEffect) -> tuple[bool, bool, bool, bool, int, str]:
    """First what says with whom it compared, of people in general, of adults and of them alone; then most trials."""
    ages = row.ages
    return row.comparison == ANY_CONTROL, bool(row.population), ADULT not in ages, len(ages) > 1, -row.trials, row.slug
