"""The statistics of pooling: a random-effects model on numbers alone. Knows nothing of trials, files or entries.

Paule and Mandel's estimate of how much true effects vary, Hartung and Knapp's interval, both by statsmodels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

LEVEL = 0.95
LEAST_FOR_FUNNEL = 10  # with fewer points Egger's test says nothing
UNSETTLED = 1e-4
SHARED = 0.5  # how alike two effects of one trial are that share their control group


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect and its variance."""

    size: float
    variance: float

    @property
    def interval(self) -> tuple[float, float]:
        reach = float(stats.norm.ppf((1 + LEVEL) / 2)) * sqrt(self.variance)
        return self.size - reach, self.size + reach


@dataclass(frozen=True, slots=True)
class Pooled:
    """What several effects give together."""

    size: float
    low: float
    high: float
    tau_squared: float
    i_squared: float  # 0 to 1
    error: float  # standard error of the size, Hartung-Knapp
    count: int

    @property
    def predicted(self) -> tuple[float, float]:
        """Where the effect of one more trial should lie."""
        reach = _quantile(self.count - 2) * sqrt(self.tau_squared + self.error**2)
        return self.size - reach, self.size + reach


def pool(effects: Sequence[Effect], *, trials: int | None = None) -> Pooled:
    """The effects pooled; the order in which they come makes no difference.

    `trials` is how many trials they come from, if some gave several: the interval is then as wide as if each gave one.
    """
    ordered = sorted(effects, key=lambda effect: (effect.size, effect.variance))
    sizes = np.array([effect.size for effect in ordered])
    spread = np.array([effect.variance for effect in ordered])
    count = trials or len(ordered)
    with np.errstate(divide="ignore", over="ignore"):  # effects that are all the same
        found = combine_effects(sizes, spread, method_re="iterated", use_t=True)
    _check_settled(found, len(ordered))
    error = float(found.sd_eff_w_re_hksj) * sqrt(len(ordered) / count)
    reach = _quantile(count - 1) * error
    size, spare = float(found.mean_effect_re), float(found.q) - (len(ordered) - 1)
    share = spare / float(found.q) if spare > 0 else 0.0
    return Pooled(size, size - reach, size + reach, float(max(found.tau2, 0.0)), share, error, count)


def _check_settled(found: Any, count: int) -> None:
    """The library stops after fifty steps without a word: the estimate has to solve Paule and Mandel's equation."""
    weights = 1 / (found.var_eff + found.tau2)
    left_over = float((weights * (found.eff - found.mean_effect_re) ** 2).sum()) - (count - 1)
    if left_over > UNSETTLED or (found.tau2 > 0 and left_over < -UNSETTLED):
        raise ArithmeticError(f"How much the effects vary could not be worked out: {left_over:.2g} is left over.")


def _quantile(freedom: int) -> float:
    return float(stats.t.ppf((1 + LEVEL) / 2, freedom))


def mean(effects: Sequence[Effect]) -> Effect:
    """One effect of several arms of one trial that share a control group."""
    errors = np.sqrt([effect.variance for effect in effects])
    alike = SHARED * np.outer(errors, errors) + (1 - SHARED) * np.diag(errors**2)
    return Effect(float(np.mean([effect.size for effect in effects])), float(alike.sum()) / len(effects) ** 2)


def outside(effects: Sequence[Effect], pooled: Pooled) -> list[bool]:
    """For each effect, whether its whole interval lies outside the pooled one."""
    return [effect.interval[1] < pooled.low or effect.interval[0] > pooled.high for effect in effects]


def asymmetry(effects: Sequence[Effect]) -> float | None:
    """The one-sided p value of Egger's test that small trials found more than large ones; None where there are few."""
    if len(effects) < LEAST_FOR_FUNNEL:
        return None
    ordered = sorted(effects, key=lambda effect: (effect.size, effect.variance))
    errors = np.sqrt([effect.variance for effect in ordered])
    if np.ptp(errors) == 0:
        return None
    found = sm.OLS([effect.size for effect in ordered] / errors, sm.add_constant(1 / errors)).fit()
    return float(stats.t.sf(found.tvalues[0], found.df_resid))


# ── Shares of people ──


def share(events: float, total: float) -> Effect:
    """A share of people on the scale of logits. Where it is none or all, half a person is added to both sides."""
    if events <= 0 or events >= total:
        events, total = min(max(events, 0.0), total) + 0.5, total + 1
    return Effect(log(events / (total - events)), 1 / events + 1 / (total - events))


def of_hundred(logit: float) -> float:
    return 100 / (1 + exp(-logit))
