"""A metric's value with its sampling noise, on the scale on which it is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from afterlaunch.performance.metrics.metric import is_curved, is_influential
from afterlaunch.results import Interval
from afterlaunch.stats.scales import SCALES

if TYPE_CHECKING:
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.scales import AnyScale

GROUPS = 20  # of rows left out in turn, where a metric has no formula for its influence
NOTHING = 1e-24  # stands for the variance of what cannot vary
NORMAL = 1.959964  # exceeded either way in one case of twenty
TAIL = 0.975
SKEWED = ("identity", "log", "log_gap", "fisher")  # scales of means that a few rows may make
STRAIGHT = 1e-6  # a skewness below this bends nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A value, and on its scale where it stands and with what sampling variance; `slope` leads there from the value.

    Shares at their ends are drawn inwards by half a row of those that they rest on, as Agresti & Coull (1998) do: 40
    of 40 is not sure to be all. `support` are these rows. `freedom` are the degrees of freedom of the variance, by the
    kurtosis of influences, and `skew` is the skewness of their mean: where few rows make most of a loss, both say how
    far a normal law is from its law.
    """

    value: float
    at: float
    variance: float
    slope: float
    support: float
    freedom: float = np.inf
    skew: float = 0.0


def measured(metric: Metric, rows: Scored, *, spread: float | None = None) -> Measured | None:
    """Return a metric's value and noise, None where it has no value.

    `spread` is the variance of one row's influence; without it, that of these rows.
    """
    value = metric.value(rows)
    if value is None:
        return None
    influence = metric.influence(rows) if is_influential(metric) else None
    variance = sampling_variance(metric, rows, value, influence) if spread is None else spread / rows.n
    curvature = metric.curvature(rows) if is_curved(metric) else 0.0
    support = max(metric.support(rows), 1.0)
    inner, added = inwards(metric, value, support)
    scale = SCALES[metric.scale]
    slope = float(scale.slope(np.array(inner)))
    freedom, skew = _shape(rows, influence) if metric.scale in SKEWED else (np.inf, 0.0)
    return Measured(
        value=value,
        at=float(scale.to(np.array(inner))),
        variance=max((variance + added) * slope**2 + curvature, NOTHING),
        slope=slope,
        support=support,
        freedom=freedom,
        skew=skew,
    )


def _shape(rows: Scored, influence: FloatArray | None) -> tuple[float, float]:
    """Return the degrees of freedom of a variance, and the skewness of the mean that it is of."""
    if influence is None:
        return np.inf, 0.0
    pulls = influence if rows.weight is None else rows.weight * influence
    squares = pulls**2
    second = float(squares.sum())
    if second <= 0:
        return np.inf, 0.0
    excess = float(squares @ squares) / second**2 - 1 / rows.n
    return 2 / excess if excess > 0 else np.inf, float(squares @ pulls) / second**1.5


def sampling_variance(metric: Metric, rows: Scored, value: float, influence: FloatArray | None) -> float:
    """Return the variance of the value if rows are independent, given their `influence`, if there is a formula."""
    if influence is None:
        return _jackknife(metric, rows, value)
    return float((rows.weights * influence) @ (rows.weights * influence)) / rows.total**2


def interval(scale: AnyScale, found: Measured, width: float | None = None) -> Interval:
    """Return the 95 % interval of a value, `width` to either side on the scale; without it, that of its rows alone."""
    back = SCALES[scale].back
    below, above = _reach(found) if width is None else (width, width)
    low, high = float(back(np.array(found.at - below))), float(back(np.array(found.at + above)))
    return Interval(low=min(low, found.value), high=max(high, found.value))


def _reach(found: Measured) -> tuple[float, float]:
    """Return how far a value may lie below and above where it stands, by its rows alone.

    Student's quantile, and to either side at least what Hall's correction for skewness makes of it: Hall (1992), *On
    the removal of skewness by transformation*, JRSS B 54. Neither alone holds where few rows make most of a mean.
    """
    error = found.variance**0.5
    if found.freedom == np.inf:
        return NORMAL * error, NORMAL * error
    student = float(stdtrit(found.freedom, TAIL))
    below, above = _unbent(student, found.skew), -_unbent(-student, found.skew)
    return error * max(student, below), error * max(student, above)


def _unbent(z: float, skew: float) -> float:
    """Return the inverse of Hall's cubic transformation at z."""
    if abs(skew) < STRAIGHT:
        return z
    return 3 / skew * (float(np.cbrt(1 + skew * (z - skew / 6))) - 1)


def left_out(metric: Metric, rows: Scored, group: IntArray) -> list[float | None]:
    """Return the value without the rows of each group in turn: `group` (n,) holds 0, 1, …."""
    return [metric.value(rows.take(group != one)) for one in range(int(group.max(initial=-1)) + 1)]


def _jackknife(metric: Metric, rows: Scored, value: float) -> float:
    """Return the variance of a value from leaving out every twentieth row in turn."""
    groups = min(GROUPS, rows.n)
    if groups < 2:
        return 0.0
    known = [one for one in left_out(metric, rows, np.arange(rows.n) % groups) if one is not None]
    return (groups - 1) / groups * float(((np.array(known) - value) ** 2).sum())


def inwards(metric: Metric, value: float, support: float) -> tuple[float, float]:
    """Return a share or correlation drawn in by half a row of its support, and the variance that this adds."""
    if metric.scale == "logit":
        inner = (support * value + 0.5) / (support + 1)
        return inner, max(inner * (1 - inner) - value * (1 - value), 0.0) / support
    if metric.scale == "fisher":
        inner = value * support / (support + 1)
        missed = (1 - abs(value)) / (2 * (support + 1))  # no hit among three rows is not sure to be none among many
        return inner, (value**2 - inner**2 + missed) / support
    return value, 0.0
