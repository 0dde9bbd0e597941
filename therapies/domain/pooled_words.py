"""Honest words for pooled numbers: how clear a difference is, and what weakens it. Pure; the one place that says it.

Nothing is called best, and no number stands without what it was compared with.
"""

from collections.abc import Iterator
from dataclasses import dataclass

Interval = tuple[float, float]

NO_CLEAR_DIFFERENCE = "no clear difference"
FEW_TRIALS = 10
FEW_PEOPLE = 300
WIDE = 30  # of 100: an interval this wide leaves almost everything open
VARIED = 75  # of 100: the share of variation that is not chance from which trials differ a lot
ASYMMETRIC = 0.05
GROUPS = {  # who the others were, after “of 100”
    "waiting-list": "who were on a waiting list",
    "usual-care": "who had usual care",
    "placebo": "who had a dummy treatment",
    "any-control": "in control groups of several kinds",
}
SIZES = ((0.2, "hardly any"), (0.5, "a small"), (0.8, "a medium"))  # Cohen's steps of g
LARGE = "a large"
FLATTERING = "that can make a therapy look better than it is"


@dataclass(frozen=True, slots=True)
class Base:
    """What a pooled number rests on. What is not known is None."""

    trials: int
    people: int
    comparison: str  # its slug, such as “waiting-list”
    low_risk_trials: int | None = None
    asymmetry_p: float | None = None
    i_squared: int | None = None
    predicted: Interval | None = None
    treated: Interval | None = None


def overlap(first: Interval, second: Interval) -> bool:
    """Whether two intervals have a point in common, their ends included."""
    return first[0] <= second[1] and second[0] <= first[1]


def difference(g: float, interval: Interval, compared_with: str) -> str:
    """How the therapy did, such as “a large difference in favor of the therapy, compared with usual care”."""
    if overlap(interval, (0.0, 0.0)):
        return f"{NO_CLEAR_DIFFERENCE} from {compared_with}"
    size = next((words for below, words in SIZES if abs(g) < below), LARGE)
    if g < 0:
        return f"{size} difference in favor of {compared_with}"
    return f"{size} difference in favor of the therapy, compared with {compared_with}"


def between(first: Interval, second: Interval) -> str:
    """What may be said of two therapies with the same comparison; empty where their intervals lie apart."""
    return NO_CLEAR_DIFFERENCE if overlap(first, second) else ""


def of_form(form: str, parent: str) -> str:
    """Beside a number on the page of a therapy that was tested only in a form of it."""
    return f"This number is for {form}, a form of {parent}. It may not hold for other forms."


def weakens(base: Base) -> list[str]:
    """What a reader has to know before trusting the number, the weightiest first; empty if nothing stands out."""
    return list(_weakens(base))


def _weakens(base: Base) -> Iterator[str]:
    if base.treated and base.treated[1] - base.treated[0] >= WIDE:
        low, high = base.treated
        yield f"Very uncertain: the true number may be anywhere from {low:.0f} to {high:.0f} of 100."
    if base.trials < FEW_TRIALS or base.people < FEW_PEOPLE:
        yield "Few trials or few people: chance may play a large part."
    if base.low_risk_trials == 0:
        yield f"No trial was free of weak points {FLATTERING}."
    elif base.low_risk_trials is not None and 2 * base.low_risk_trials < base.trials:
        were = "was" if base.low_risk_trials == 1 else "were"
        yield f"Only {base.low_risk_trials} of the {base.trials} trials {were} free of weak points {FLATTERING}."
    if base.asymmetry_p is not None and base.asymmetry_p < ASYMMETRIC:
        yield "Small trials found more than large ones. Trials that found little may never have been published."
    if base.comparison == "waiting-list":
        yield "People on a waiting list often do worse than with usual care, so a therapy looks better beside them."
    if base.comparison == "any-control":
        yield "The others were on a waiting list, in usual care or in another group: the data do not say which."
    if base.predicted and overlap(base.predicted, (0.0, 0.0)):
        yield "Trials differ so much that the next one may find no benefit."
    elif base.i_squared is not None and base.i_squared >= VARIED:
        yield "Trials differ a lot in what they found."
