"""A pooled effect says in words what it is compared with, how clear it is, and what weakens it."""

from typing import Any

from tests import builders
from therapies.models import PooledEffect


def effect(**changes: Any) -> PooledEffect:
    row = builders.pooled_effect(**changes)
    given = {name: value for name, value in row.items() if name not in ("therapy", "condition", "source")}
    return PooledEffect(**given)


def test_it_says_who_the_others_were() -> None:
    assert [effect(comparison=slug).others for slug in PooledEffect.COMPARISONS] == [
        "who were on a waiting list",
        "who had usual care",
        "who had a dummy treatment",
        "in control groups of several kinds",
    ]


def test_its_size_is_told_in_words_and_none_of_it_where_people_are_counted_alone() -> None:
    assert effect().difference == "a medium difference in favor of the therapy, compared with usual care"
    assert effect(g_low=-0.1).difference == "no clear difference from usual care"
    assert effect(g=None, g_low=None, g_high=None).difference == ""


def test_nobody_of_a_hundred_is_a_number_too() -> None:
    assert effect(treated_per_100=0).has_people
    assert not effect(treated_per_100=None).has_people


def test_what_weakens_it_is_said_from_its_own_numbers() -> None:
    assert effect().weakens == []
    assert effect(trials=3, people=90, treated_high=80).weakens == [
        "Very uncertain: the true number may be anywhere from 38 to 80 of 100.",
        "Few trials or few people: chance may play a large part.",
    ]
