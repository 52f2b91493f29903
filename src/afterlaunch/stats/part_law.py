"""How sure a part of a change is: its interval, and how large it is between quiet stretches of the reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.cells import Windows
from afterlaunch.stats.natural import Series, learn_natural

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.natural import Natural

LEVEL = 0.95
FEW_PLACEBOS = 0.05  # of full strength, below which nothing can be told about the reference's days


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where rows stand in time: `bucket` (n,) of each, `position` (D,) of each bucket on the grid of time.

    `timeless`: two buckets, one a window, whose rows are independent.
    """

    bucket: IntArray
    position: IntArray
    timeless: bool

    def windows(self, is_current: BoolArray) -> Windows:
        """Return the two windows: the buckets that reference and current rows lie in."""
        return Windows(
            reference=np.unique(self.bucket[~is_current]),
            current=np.unique(self.bucket[is_current]),
            position=self.position,
            season=np.zeros_like(self.position),
            timeless=self.timeless,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What chance and the days' own variation do to one part; nothing is told where `lacks` says what is missing."""

    natural: Natural
    lacks: bool

    def pvalue(self, value: float) -> float:
        """Return the chance of a part of this size, either way, between two quiet stretches; 1 where untold."""
        return 1.0 if self.lacks else self.natural.pvalue(value)

    def reach(self, chance: float) -> float | None:
        """Return the size that a part exceeds with `chance` between quiet stretches."""
        return None if self.lacks else self.natural.reach(chance)

    def interval(self, value: float) -> tuple[float | None, float | None]:
        """Return the 95 % interval of a part."""
        reach = self.reach(1 - LEVEL)
        return (None, None) if reach is None else (value - reach, value + reach)


def learn_law(row: FloatArray, is_current: BoolArray, clock: Clock) -> Law:
    """Return the law of a part of which each row's value is `row` (n,).

    The values of the reference's buckets tell how a part moves by itself: its placebo contrasts hold no step. Seasons
    count as such movement.
    """
    size = len(clock.position)
    n = np.bincount(clock.bucket, minlength=size).astype(np.float64)
    mean = np.divide(np.bincount(clock.bucket, row, size), n, out=np.zeros(size), where=n > 0)
    variance = _sampling(row - mean[clock.bucket], is_current, clock.bucket, n)
    if float(variance[n > 0].max(initial=0.0)) <= 0:
        variance = np.full(size, np.finfo(np.float64).tiny)
    series = Series(moved=mean, variance=variance, n=n)
    natural = learn_natural(series, clock.windows(is_current))
    return Law(natural=natural, lacks=not clock.timeless and natural.caution < FEW_PLACEBOS)


def _sampling(rest: FloatArray, is_current: BoolArray, bucket: IntArray, n: FloatArray) -> FloatArray:
    """Return the sampling variance of each bucket's mean (D,), each window's rows taken together."""
    variance = np.zeros(len(n))
    for side in (is_current, ~is_current):
        inside = np.unique(bucket[side])
        free = max(int(side.sum()) - len(inside), 1)
        variance[inside] = float(rest[side] @ rest[side]) / free
    usual = variance[n > 0].max(initial=0.0) * 1e-6
    return np.maximum(variance, usual) / np.maximum(n, 1.0)
