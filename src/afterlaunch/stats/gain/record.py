"""What a log tells of a loop, by period and item: what was shown, what was learnt from, and what was random."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

_BY_ITEM = ("shown", "clicked", "used", "expected", "inverse", "inverse_squares", "withheld", "noise", "live")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Counts by period and item (T, n); what the log does not hold is None.

    `shown` impressions, `clicked` of them, `used` clicks in training. `expected` impressions by the policy's own
    probabilities, NaN where unknown; or, where only the shown item's probability is logged, `inverse` and
    `inverse_squares`: the sums of 1/p and 1/p² over the impressions of the item. `withheld` impressions kept out of
    training. `noise` is what was added to the item's published score, NaN where unknown. `live` tells which items could
    be shown; without it, items are live from the first to the last period in which they are expected or shown.
    `total` (T,) impressions and `rate`, clicks in training per impression, are those of all items, where the record
    holds some of them.
    """

    shown: IntArray
    clicked: IntArray
    used: IntArray
    expected: FloatArray | None = None
    inverse: FloatArray | None = None
    inverse_squares: FloatArray | None = None
    withheld: IntArray | None = None
    noise: FloatArray | None = None
    live: BoolArray | None = None
    total: IntArray | None = None
    rate: float | None = None

    @property
    def click_rate(self) -> float:
        """Clicks in training per impression, over all."""
        return self.rate if self.rate is not None else float(self.used.sum()) / max(float(self.shown.sum()), 1.0)

    @property
    def impressions(self) -> IntArray:
        """Impressions of all items by period (T,)."""
        return self.total if self.total is not None else self.shown.sum(axis=1)

    def with_clicks(self, least: float) -> Record:
        """Return the record of the items that have, or should have had, `least` clicks in some period."""
        most = np.maximum(self.shown.max(axis=0) * self.click_rate, self.clicked.max(axis=0))
        if self.expected is not None:
            most = np.maximum(most, np.nan_to_num(self.expected).max(axis=0) * self.click_rate)
        enough = np.flatnonzero(most >= least)
        if len(enough) == self.shown.shape[1]:
            return self
        parts = {name: value[:, enough] for name in _BY_ITEM if (value := getattr(self, name)) is not None}
        return replace(self, **parts, total=self.impressions, rate=self.click_rate)

    def there(self) -> BoolArray:
        """Return which items could be shown, by period (T, n)."""
        if self.live is not None:
            return self.live
        seen = self.shown > 0
        if self.expected is not None:
            seen |= np.nan_to_num(self.expected) > 0
        since = np.logical_or.accumulate(seen, axis=0)
        until = np.logical_or.accumulate(seen[::-1], axis=0)[::-1]
        return since & until

    def log_exposure(self, smoothing: float = 0.5) -> FloatArray:
        """Return the logarithm of the expected impressions (T, n), or of the shown ones plus `smoothing`."""
        if self.expected is None:
            return np.log(self.shown + smoothing)
        with np.errstate(divide="ignore"):
            return np.log(np.where(self.expected > 0, self.expected, np.nan))
