"""Honest words for pooled numbers: when a difference is clear, and what weakens a number."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.domain import pooled_words
from therapies.domain.pooled_words import NO_CLEAR_DIFFERENCE, Base

FIRM = Base(trials=60, people=5_000, comparison="usual-care", low_risk_trials=40, asymmetry_p=0.4, i_squared=30,
            predicted=(0.2, 0.9), treated=(38, 46))  # fmt: skip
ends = st.tuples(st.floats(-3, 3), st.floats(-3, 3)).map(lambda pair: (min(pair), max(pair)))


def base(**changes: Any) -> Base:
    return replace(FIRM, **changes)


@pytest.mark.parametrize(
    ("g", "interval", "words"),
    [
        (0.9, (0.7, 1.1), "a large difference in favor of the therapy, compared with usual care"),
        (0.6, (0.5, 0.7), "a medium difference in favor of the therapy, compared with usual care"),
        (0.3, (0.1, 0.5), "a small difference in favor of the therapy, compared with usual care"),
        (0.1, (0.05, 0.15), "hardly any difference in favor of the therapy, compared with usual care"),
        (0.9, (-0.1, 1.9), "no clear difference from usual care"),
        (0.3, (0.0, 0.6), "no clear difference from usual care"),
        (-0.4, (-0.6, -0.2), "a small difference in favor of usual care"),
    ],
)
def test_a_difference_is_told_with_what_it_is_from(g: float, interval: tuple[float, float], words: str) -> None:
    assert pooled_words.difference(g, interval, "usual care") == words


def test_two_therapies_whose_ranges_overlap_do_not_clearly_differ() -> None:
    assert pooled_words.between((0.2, 0.6), (0.5, 0.9)) == NO_CLEAR_DIFFERENCE
    assert pooled_words.between((0.2, 0.5), (0.5, 0.9)) == NO_CLEAR_DIFFERENCE
    assert pooled_words.between((0.2, 0.4), (0.5, 0.9)) == ""


@given(ends, ends)
def test_overlap_is_the_same_from_both_sides(first: tuple[float, float], second: tuple[float, float]) -> None:
    assert pooled_words.overlap(first, second) == pooled_words.overlap(second, first)
    assert pooled_words.overlap(first, first)


def test_a_firm_number_needs_no_warning() -> None:
    assert pooled_words.weakens(FIRM) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"trials": 4, "people": 182, "low_risk_trials": 4}, "Few trials or few people: chance may play a large part."),
        ({"low_risk_trials": 0}, "No trial was free of weak points that can make a therapy look better than it is."),
        ({"low_risk_trials": 12}, "Only 12 of the 60 trials were free of weak points"),
        ({"low_risk_trials": 1}, "Only 1 of the 60 trials was free of weak points"),
        ({"asymmetry_p": 0.01}, "Trials that found little may never have been published."),
        ({"comparison": "waiting-list"}, "People on a waiting list often do worse than with usual care"),
        ({"comparison": "any-control"}, "the data do not say which"),
        ({"predicted": (-0.1, 1.2)}, "Trials differ so much that the next one may find no benefit."),
        ({"i_squared": 80}, "Trials differ a lot in what they found."),
        ({"treated": (12, 81)}, "Very uncertain: the true number may be anywhere from 12 to 81 of 100."),
    ],
)
def test_what_weakens_a_number_is_said(changes: dict[str, Any], words: str) -> None:
    (said,) = pooled_words.weakens(base(**changes))
    assert words in said


def test_what_is_not_known_is_not_said() -> None:
    assert pooled_words.weakens(Base(trials=60, people=5_000, comparison="usual-care")) == []


def test_the_weightiest_comes_first() -> None:
    said = pooled_words.weakens(Base(3, 120, "waiting-list", 0, None, 80, (-1.0, 3.0), (5, 90)))
    assert [line.split()[0] for line in said] == ["Very", "Few", "No", "People", "Trials"]


def test_a_form_never_stands_for_its_parent_without_saying_so() -> None:
    words = pooled_words.of_form("Group CBT", "cognitive behavioral therapy (CBT)")
    assert words.startswith("This number is for Group CBT, a form of cognitive behavioral therapy (CBT).")


def test_nothing_is_called_best() -> None:
    weak = pooled_words.weakens(Base(3, 120, "any-control", 0, 0.01, 80, (-1.0, 3.0), (5, 90)))
    words = " ".join([*pooled_words.GROUPS.values(), *weak])
    assert not re.search(r"\b(best|top|winner|proven|works)\b", words)
