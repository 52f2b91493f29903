"""How long until something happens, where some are still waiting: Kaplan and Meier's curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray

NORMAL = 1.959964  # exceeded either way in one case of twenty


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """The share that has happened by each age (k,), ascending, with its 95 % interval, and how many were at risk."""

    age: FloatArray
    share: FloatArray
    low: FloatArray
    high: FloatArray
    at_risk: FloatArray

    def by(self, age: FloatArray) -> FloatArray:
        """Return the share that has happened by each of some ages: 0 before the first event."""
        place = np.searchsorted(self.age, age, side="right")
        return np.concatenate([[0.0], self.share])[place]

    def age_of(self, share: float) -> float | None:
        """Return the first age by which at least `share` has happened; None where it never does."""
        reached = np.flatnonzero(self.share >= share - 1e-12)
        return float(self.age[reached[0]]) if len(reached) else None


def arrivals(age: FloatArray, happened: BoolArray) -> Arrivals:
    """Return the share that has happened by each age.

    `age` (n,) is the age at which it happened where `happened` (n,), else the age up to which nothing had: these are
    censored on the right, and leave the curve without bending it, as long as what ends the watch has nothing to do with
    what is watched for. Kaplan & Meier (1958), JASA 53; Greenwood's variance, the interval on the scale of
    log(-log), as in Kalbfleisch & Prentice, *The Statistical Analysis of Failure Time Data*, section 1.4. Rows are
    taken as independent.

    >>> found = arrivals(np.array([1.0, 2.0, 2.0, 3.0]), np.array([True, True, False, True]))
    >>> found.age.tolist(), found.share.tolist()
    ([1.0, 2.0, 3.0], [0.25, 0.5, 1.0])
    """
    ages, place = np.unique(age, return_inverse=True)
    leaving = np.bincount(place, minlength=len(ages)).astype(np.float64)
    events = np.bincount(place[happened], minlength=len(ages)).astype(np.float64)
    at_risk = leaving[::-1].cumsum()[::-1]
    seen = events > 0
    ages, events, at_risk = ages[seen], events[seen], at_risk[seen]
    left: FloatArray = np.cumprod(1 - events / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.cumsum(events / (at_risk * (at_risk - events)))
        reach = NORMAL * np.sqrt(hazard) / np.abs(np.log(left))
        low, high = (1 - left ** np.exp(side * reach) for side in (-1, 1))
    sure = (left <= 0) | ~np.isfinite(low) | ~np.isfinite(high)
    return Arrivals(
        age=ages,
        share=1 - left,
        low=np.where(sure, 1 - left, low),
        high=np.where(sure, 1 - left, high),
        at_risk=at_risk,
    )
