"""The regression that comes to mind, kept to show how far it is off: good items have clicks and exposure anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.gain.control import within_periods

if TYPE_CHECKING:
    from afterlaunch.stats.gain.record import Record


def naive_gain(record: Record, *, smoothing: float = 0.5) -> float | None:
    """Return the slope of log exposure on the log of the clicks of the period before; None where nothing varies.

    Items are compared within periods. It is no estimate of the gain: what makes an item clicked also makes it shown.
    """
    if len(record.shown) < 2:
        return None
    exposure, clicks = record.log_exposure()[1:], np.log(record.used + smoothing)[:-1]
    there = record.there()
    kept = there[1:] & there[:-1] & np.isfinite(exposure) & (record.used[:-1] > 0)
    y, x = within_periods(exposure, kept), within_periods(clicks, kept)
    spread = float((x * x).sum())
    return float((x * y).sum()) / spread if spread > 0 else None
