"""How much randomisation would tell the gain: the half-width of its interval, foreseen from a log that has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy.special import stdtrit

from afterlaunch.stats.gain.anderson import MIN_TRANSITIONS
from afterlaunch.stats.gain.control import without
from afterlaunch.stats.gain.instruments import MIN_CLICKS, MIN_PERIODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray
    from afterlaunch.stats.gain.record import Record

Way: TypeAlias = Literal["propensities", "withheld", "noise"]

LEVEL = 0.95
GOAL = 0.1
RECENT = 4  # periods that tell today's traffic
AMOUNTS: dict[Way, tuple[float, ...]] = {
    "propensities": (1.0,),
    "withheld": (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2),
    "noise": (0.02, 0.05, 0.1, 0.2, 0.3),
}
PERIODS = (4, 8, 13, 26, 52)
FEWEST_ITEMS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A randomisation and what it would tell: `amount` for `n_periods` gives an interval of ± `half_width`.

    The amount of "withheld" is a share of the impressions, that of "noise" a standard deviation on the logarithm of
    exposure; "propensities" have none, since the policy's own chance is only to be logged.
    """

    way: Way
    amount: float
    n_periods: int
    half_width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """Today's traffic and restlessness, from which half-widths follow.

    `clicks` and `shown` are those of an item in a recent period (items,), `click_rate` is that of all; `restless` the
    standard deviation of the logarithm of exposure that neither clicks nor the period before explain, and
    `restless_later` the same where one period more has passed.
    """

    clicks: FloatArray
    shown: FloatArray
    click_rate: float
    restless: float
    restless_later: float
    smoothing: float

    def half_width(self, way: Way, amount: float, n_periods: int) -> float:
        """Return the half-width of the interval after `n_periods`; infinite where too few items have clicks."""
        foreseen = self.clicks if way == "withheld" else self.shown * self.click_rate
        moves = self._moves(way, amount)[foreseen >= MIN_CLICKS]
        n = len(moves)
        if n < FEWEST_ITEMS or n_periods < 2:
            return float("inf")
        freedom = min(n, n_periods) - 1 if n_periods >= MIN_TRANSITIONS else n - 1
        restless = self.restless_later if way == "noise" else self.restless
        strength = float(moves.mean())
        return float(stdtrit(freedom, (1 + LEVEL) / 2)) * restless / (strength * float(np.sqrt(n * n_periods)))

    def least(self, way: Way, *, half_width: float = GOAL) -> Need | None:
        """Return the smallest amount, over the fewest periods, that reaches `half_width`; None where none does.

        Smallest is the product of both: what users or the model lose in all.
        """
        tried = [
            Need(way=way, amount=amount, n_periods=n, half_width=self.half_width(way, amount, n))
            for amount in AMOUNTS[way]
            for n in PERIODS
        ]
        enough = [one for one in tried if one.half_width <= half_width]
        return min(enough, key=lambda one: (one.amount * one.n_periods, one.n_periods), default=None)

    def _moves(self, way: Way, amount: float) -> FloatArray:
        """Return by how much one standard deviation of the instrument moves the logarithm of the clicks (items,)."""
        if way == "withheld":
            kept = (1 - amount) * self.clicks
            return np.sqrt(amount * kept) / (kept + self.smoothing)
        followed = self.clicks / (self.clicks + self.smoothing)
        return amount * followed if way == "noise" else followed / np.sqrt(np.maximum(self.shown, 1.0))


def foresee(record: Record, *, smoothing: float = 0.5) -> Foreseen | None:
    """Return what `record` foretells of logs with randomisation; None where it is too short or thin to tell."""
    exposure, clicks = record.log_exposure(), np.log(record.used + smoothing)
    if len(exposure) < MIN_PERIODS:
        return None
    there = record.there() & np.isfinite(exposure) & (record.clicked >= MIN_CLICKS)
    kept = there[2:] & there[1:-1] & there[:-2]
    if int(kept.sum()) < 2 * FEWEST_ITEMS:
        return None
    earlier = [exposure[:-2], clicks[:-2]]
    before = np.concatenate([np.zeros((1, clicks.shape[1])), clicks[:-3]])
    recent = slice(-RECENT, None)
    return Foreseen(
        clicks=record.clicked[recent].mean(axis=0),
        shown=record.shown[recent].mean(axis=0),
        click_rate=record.click_rate,
        restless=_restless([clicks[1:-1], exposure[1:-1], *earlier], exposure[2:], kept),
        restless_later=_restless([clicks[1:-1], *earlier, before], exposure[2:], kept),
        smoothing=smoothing,
    )


def _restless(known: Sequence[FloatArray], exposure: FloatArray, kept: BoolArray) -> float:
    left = without(known, exposure, kept)[kept]
    freedom = max(len(left) - len(known) - len(kept), 1)
    return float(np.sqrt((left**2).sum() / freedom))
