"""Whether what comes first is like what comes later: a value in the first and the second half of each bucket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

FEW_BUCKETS = 8  # below which rows give the spread, not buckets
MIN_ROWS = 5  # of either half of a bucket
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyLate:
    """The mean of a value among what came first and what came later, the difference with its interval and p-value."""

    early: float
    late: float
    low: float
    high: float
    pvalue: float
    n_buckets: int

    @property
    def difference(self) -> float:
        """Early less late."""
        return self.early - self.late


def early_against_late(value: FloatArray, arrived: IntArray, bucket: IntArray) -> EarlyLate | None:
    """Return how `value` (n,) differs between the halves of each `bucket` (n,) that `arrived` (n,) first and last.

    Halves of one bucket are compared with each other alone, so that what differs from bucket to bucket drops out; the
    spread of these differences from bucket to bucket gives the interval (Student's t), because the rows of one bucket
    may be alike. With fewer than 8 buckets rows are taken as independent within them. None where nothing arrived later
    than anything else.

    >>> bucket = np.repeat(np.arange(10), 100)
    >>> arrived = np.tile(np.arange(100), 10)
    >>> found = early_against_late((arrived < 50) * 1.0, arrived, bucket)
    >>> round(found.early, 3), round(found.late, 3)
    (1.0, 0.0)
    """
    places = np.unique(bucket, return_inverse=True)[1]
    first = _first_half(arrived, places)
    n_buckets = int(places.max(initial=-1)) + 1
    n = [np.bincount(places[half], minlength=n_buckets) for half in (first, ~first)]
    kept = np.minimum(*n) >= MIN_ROWS
    if not kept.any():
        return None
    before, after = (_moments(value[half], places[half], n_buckets) for half in (first, ~first))
    weight = np.where(kept, n[0] * n[1] / np.maximum(n[0] + n[1], 1), 0.0)
    weight /= weight.sum()
    difference = before[0] - after[0]
    center = float(weight @ difference)
    used = int(kept.sum())
    freedom = 1 / float(weight @ weight) - 1
    if used >= FEW_BUCKETS and freedom > 1:
        variance = float(weight**2 @ (difference - center) ** 2) * (freedom + 1) / freedom
    else:
        variance = float(weight**2 @ (before[1] / np.maximum(n[0], 1) + after[1] / np.maximum(n[1], 1)))
        freedom = float(sum(one[kept].sum() for one in n)) - 2 * used
    spread = float(max(variance, 1e-300) ** 0.5)
    reach = spread * float(stdtrit(freedom, (1 + LEVEL) / 2))
    early = float(weight @ before[0])
    return EarlyLate(
        early=early,
        late=early - center,
        low=center - reach,
        high=center + reach,
        pvalue=float(2 * stdtr(freedom, -abs(center) / spread)),
        n_buckets=used,
    )


def _first_half(arrived: IntArray, places: IntArray) -> BoolArray:
    """Return which rows (n,) arrived in the first half of their bucket; what arrived together stays together."""
    order = np.lexsort((arrived, places))
    start = np.searchsorted(places[order], np.arange(int(places.max(initial=-1)) + 1))
    size = np.diff(np.append(start, len(order)))
    middle = arrived[order][start + (size - 1) // 2]
    first = arrived <= middle[places]
    everything = np.bincount(places[first], minlength=len(size)) == size
    return np.where(everything[places], arrived < middle[places], first)


def _moments(value: FloatArray, places: IntArray, n_buckets: int) -> tuple[FloatArray, FloatArray]:
    n = np.maximum(np.bincount(places, minlength=n_buckets), 1)
    mean = np.bincount(places, value, n_buckets) / n
    square = np.bincount(places, (value - mean[places]) ** 2, n_buckets)
    return mean, square / np.maximum(n - 1, 1)
