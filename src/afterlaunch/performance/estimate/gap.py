"""How far realized performance lies from its estimate on the same labelled rows, and whether that is chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.estimate.places import means_by_bucket
from afterlaunch.performance.noise import NORMAL, NOTHING
from afterlaunch.performance.scored import scored
from afterlaunch.stats.changepoint import onset_of_means
from afterlaunch.stats.natural import Series, learn_natural
from afterlaunch.stats.scales import SCALES

if TYPE_CHECKING:
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.performance.estimate.estimated import Estimated, Estimator
    from afterlaunch.performance.estimate.places import Places
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.stats import Windows
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.changepoint import Onset
    from afterlaunch.stats.natural import Natural

INTERVAL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The labelled rows of one window: the realized value, the estimate, and both on the metric's scale by bucket.

    `moved` (D,) is realized less estimated, to first order, with its sampling `variance` (D,) and rows `n` (D,).
    """

    realized: float
    at: float
    estimated: Estimated
    matters_from: float
    moved: FloatArray
    variance: FloatArray
    n: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Realized less estimated in the current window, beside what natural variation makes of it.

    `low` to `high` is the 95 % interval of the difference, in the metric's unit; `pvalue` tests that it is no other
    than in the reference.
    """

    realized: float
    estimated: float
    low: float
    high: float
    pvalue: float
    matters_from: float
    caution: float
    covered: bool
    reach: float
    onset: Onset | None

    @property
    def difference(self) -> float:
        """Realized less estimated."""
        return self.realized - self.estimated


def side_of(estimator: Estimator, metric: Metric, outcomes: Outcomes, places: Places, which: IntArray) -> Side | None:
    """Return the labelled rows of the buckets `which`, None where a value or a formula is lacking."""
    rows, bucket = places.known(which)
    estimated = estimator.estimate(metric, rows) if len(rows) else None
    if estimated is None or estimated.residual is None or estimated.spread is None:
        return None
    truly = scored(outcomes.take(rows))
    realized = metric.value(truly)
    if realized is None:
        return None
    n_buckets = len(places.first) - 1
    moved, n = means_by_bucket(estimated.residual, bucket, n_buckets)
    spread, _ = means_by_bucket(estimated.spread, bucket, n_buckets)
    least = float(estimated.spread.mean()) * 1e-3  # a bucket of sure rows is not free of noise
    return Side(
        realized=realized,
        at=float(SCALES[metric.scale].to(np.array(realized))),
        estimated=estimated,
        matters_from=metric.matters_from(estimated.value, truly),
        moved=estimated.slope * moved,
        variance=np.where(
            n > 0, np.maximum(estimated.slope**2 * np.maximum(spread, least), NOTHING) / np.maximum(n, 1), 1.0
        ),
        n=n,
    )


def measure_gap(metric: Metric, before: Side, after: Side, windows: Windows) -> tuple[Gap, Natural] | None:
    """Return the gap of the current window, and what the gaps of the reference's buckets teach about it.

    The calibrator's, or the model's, own error counts as far as it goes beyond what the reference's rows leave open.
    """
    series = _series(before, after, windows)
    if series is None:
        return None
    natural = learn_natural(series, windows)
    size = float(natural.step @ series.moved)
    back, at = SCALES[metric.scale].back, after.estimated.at
    reach = natural.reach(INTERVAL)
    low, high = (float(back(np.array(at + size + side * reach))) - float(back(np.array(at))) for side in (-1, 1))
    difference = after.realized - after.estimated.value
    return Gap(
        realized=after.realized,
        estimated=after.estimated.value,
        low=min(low, difference),
        high=max(high, difference),
        pvalue=natural.pvalue(size),
        matters_from=after.matters_from,
        caution=natural.caution,
        covered=natural.covered,
        reach=max(high - low, 0.0) / 2,
        onset=onset_of_means(series.moved, series.variance, series.n, windows),
    ), natural


def wandering(side: Side, which: IntArray) -> float:
    """Return the variance on the scale by which buckets stray from their estimates, beyond their rows' noise."""
    n = side.n[which]
    if (n > 0).sum() < 2:
        return 0.0
    return max(float(n @ (side.moved[which] ** 2 - side.variance[which])) / float(n.sum()), 0.0)


def _series(before: Side, after: Side, windows: Windows) -> Series | None:
    is_new = windows.member(windows.current)
    n, variance = np.where(is_new, after.n, before.n), np.where(is_new, after.variance, before.variance)
    if not (n[is_new].any() and n[~is_new].any()):
        return None
    return Series(
        moved=np.where(is_new, after.moved, before.moved),
        variance=_with_own(variance, n, is_new, after.estimated.own),
        n=n,
    )


def _with_own(variance: FloatArray, n: FloatArray, is_new: BoolArray, own: float) -> FloatArray:
    """Return variances by bucket, those of the current window raised by what learning adds beyond the reference's."""
    old, new = np.where(is_new, 0.0, n), np.where(is_new, n, 0.0)
    old, new = old / old.sum(), new / new.sum()
    beyond = max(own - float(old**2 @ variance), 0.0)
    raised: FloatArray = variance + is_new * beyond / float(new @ new)
    return raised


def half_width(estimated: Estimated, between: float) -> float:
    """Return how far the realized value may lie from its estimate on the scale, in 95 % of cases."""
    return NORMAL * float(np.sqrt(estimated.noise + estimated.own + between))
