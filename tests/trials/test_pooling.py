"""The statistics: an answer worked out by hand, the library's, and what has to hold of any effects."""

from math import isclose, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from therapies.trials import pooling
from therapies.trials.pooling import Effect, pool

BY_HAND = [Effect(0.2, 0.04), Effect(0.5, 0.04), Effect(0.8, 0.04)]
UNLIKE = [Effect(0.1, 0.02), Effect(0.4, 0.05), Effect(0.9, 0.10), Effect(1.4, 0.08), Effect(-0.2, 0.03)]
effects = st.lists(st.builds(Effect, st.floats(-3, 3), st.floats(0.005, 1)), min_size=3, max_size=15)


def near(value: float, other: float) -> bool:
    return isclose(value, other, rel_tol=1e-4, abs_tol=1e-4)


def test_three_effects_are_pooled_as_by_hand() -> None:
    """With equal variances v: tau squared is s squared - v, the error is s / root of 3; t of 2 is 4.302653."""
    found = pool(BY_HAND)
    assert found.size == pytest.approx(0.5)
    assert found.tau_squared == pytest.approx(0.09 - 0.04, abs=1e-6)
    assert found.error == pytest.approx(0.3 / sqrt(3))
    assert (found.low, found.high) == pytest.approx((0.5 - 4.302653 * 0.173205, 0.5 + 4.302653 * 0.173205), abs=1e-5)
    assert found.i_squared == pytest.approx((4.5 - 2) / 4.5)  # Q = 0.18 / 0.04
    reach = 12.706205 * sqrt(0.05 + 0.03)  # t of 1
    assert found.predicted == pytest.approx((0.5 - reach, 0.5 + reach), abs=1e-4)


def test_unlike_effects_are_pooled_as_the_library_pools_them() -> None:
    sizes, variances = np.array([e.size for e in UNLIKE]), np.array([e.variance for e in UNLIKE])
    theirs = combine_effects(sizes, variances, method_re="pm", use_t=True)
    low, high = theirs.conf_int()[3]  # of random effects, with the scale of Hartung and Knapp
    found = pool(UNLIKE)
    assert near(found.size, theirs.mean_effect_re)
    assert near(found.low, low)
    assert near(found.high, high)
    assert near(found.tau_squared, theirs.tau2)


def test_tau_squared_solves_the_equation_of_paule_and_mandel() -> None:
    found = pool(UNLIKE)
    weights = [1 / (effect.variance + found.tau_squared) for effect in UNLIKE]
    mean = sum(w * effect.size for w, effect in zip(weights, UNLIKE, strict=True)) / sum(weights)
    assert near(mean, found.size)
    assert near(sum(w * (e.size - mean) ** 2 for w, e in zip(weights, UNLIKE, strict=True)), len(UNLIKE) - 1)


@given(effects, st.randoms())
def test_the_order_of_effects_makes_no_difference(some: list[Effect], random: object) -> None:
    mixed = list(some)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert pool(mixed) == pool(some)


@given(effects, st.floats(0.5, 4))
def test_effects_on_another_scale_give_the_same_on_that_scale(some: list[Effect], by: float) -> None:
    found, scaled = pool(some), pool([Effect(by * one.size, by**2 * one.variance) for one in some])
    assert near(scaled.size, by * found.size)
    assert near(scaled.low, by * found.low)
    assert near(scaled.i_squared, found.i_squared)
    assert near(scaled.tau_squared, by**2 * found.tau_squared)


@given(effects)
def test_effects_turned_round_give_the_interval_turned_round(some: list[Effect]) -> None:
    found, turned = pool(some), pool([Effect(-one.size, one.variance) for one in some])
    assert near(turned.size, -found.size)
    assert near(turned.low, -found.high)
    assert near(turned.predicted[0], -found.predicted[1])


@given(effects, st.floats(-2, 2))
def test_effects_moved_together_move_the_pooled_one(some: list[Effect], by: float) -> None:
    found, moved = pool(some), pool([Effect(one.size + by, one.variance) for one in some])
    assert near(moved.size, found.size + by)
    assert near(moved.tau_squared, found.tau_squared)


@given(effects)
def test_the_pooled_effect_lies_among_the_effects_and_within_its_interval(some: list[Effect]) -> None:
    found = pool(some)
    sizes = [one.size for one in some]
    assert min(sizes) - 1e-9 <= found.size <= max(sizes) + 1e-9
    assert found.low <= found.size <= found.high
    assert found.predicted[0] <= found.low + 1e-9
    assert found.predicted[1] >= found.high - 1e-9
    assert found.tau_squared >= 0
    assert 0 <= found.i_squared <= 1


@given(effects, st.integers(1, 5))
def test_an_interval_of_fewer_trials_than_effects_is_wider(some: list[Effect], fewer: int) -> None:
    trials = max(2, len(some) - fewer)
    assert pool(some, trials=trials).high - pool(some).high >= -1e-9


def test_effects_that_agree_vary_by_nothing() -> None:
    found = pool([Effect(0.5, 0.1)] * 4)
    assert (found.size, found.tau_squared, found.i_squared) == (pytest.approx(0.5), 0, 0)


# ── One effect of several, outliers, the funnel ──


def test_the_mean_of_arms_that_share_a_control_group_is_less_sure_than_of_two_trials() -> None:
    found = pooling.mean([Effect(0.4, 0.04), Effect(0.6, 0.04)])
    assert found.size == pytest.approx(0.5)
    assert found.variance == pytest.approx(0.04 * (1 + 0.5) / 2)  # 0.02 if they were two trials


def test_one_arm_is_its_own_mean() -> None:
    found = pooling.mean([Effect(0.4, 0.04)])
    assert (found.size, found.variance) == (0.4, pytest.approx(0.04))


def test_an_outlier_is_an_effect_whose_whole_interval_lies_outside_the_pooled_one() -> None:
    some = [Effect(0.5, 0.01)] * 8 + [Effect(4, 0.01)]
    assert pooling.outside(some, pool(some)) == [False] * 8 + [True]


def test_the_funnel_needs_ten_trials_and_knows_small_trials_that_found_more() -> None:
    even = [Effect(0.5 + (-1) ** place * 0.01, 0.01 * (1 + place)) for place in range(12)]
    leaning = [
        Effect(0.2 + 2 * sqrt(0.01 * (1 + place)) + 0.001 * (place % 3), 0.01 * (1 + place)) for place in range(12)
    ]
    assert pooling.asymmetry(even[:9]) is None
    assert pooling.asymmetry([Effect(0.5, 0.1)] * 12) is None  # all of one size: there is no funnel
    assert (pooling.asymmetry(even) or 0) > 0.05
    assert (pooling.asymmetry(leaning) or 1) < 0.05
    turned = [Effect(-one.size, one.variance) for one in leaning]
    assert (pooling.asymmetry(turned) or 0) > 0.95  # small trials found less


# ── Shares ──


def test_a_share_is_its_logit_with_the_variance_of_a_logit() -> None:
    found = pooling.share(20, 50)
    assert (found.size, found.variance) == pytest.approx((log(20 / 30), 1 / 20 + 1 / 30))


@pytest.mark.parametrize(("events", "total"), [(0, 10), (10, 10), (0, 1)])
def test_none_and_all_are_shares_too(events: float, total: float) -> None:
    found = pooling.share(events, total)
    assert 0 < pooling.of_hundred(found.size) < 100


@given(st.integers(1, 200).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_those_who_did_not_are_the_rest_of_the_hundred(group: tuple[int, int]) -> None:
    events, total = group
    turned = pooling.share(total - events, total)
    assert pooling.of_hundred(turned.size) == pytest.approx(100 - pooling.of_hundred(pooling.share(events, total).size))
