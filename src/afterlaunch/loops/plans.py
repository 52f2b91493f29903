"""How much randomisation would tell the gain, as the panel draws it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from afterlaunch.loops.drawn.plain import known
from afterlaunch.loops.payload import PlanPoint
from afterlaunch.stats.gain.needed import foresee

if TYPE_CHECKING:
    from afterlaunch.stats.gain.record import Record

SHARES = (0.01, 0.03, 0.1)
PERIODS = (2, 4, 8, 13, 26, 52)


def draw_plan(record: Record | None, *, smoothing: float) -> tuple[tuple[PlanPoint, ...], PlanPoint | None]:
    """Return half-widths by share withheld and periods, and the smallest plan that gives a half-width of a tenth."""
    foreseen = None if record is None else foresee(record, smoothing=smoothing)
    if foreseen is None:
        return (), None
    widths = [(share, n, foreseen.half_width("withheld", share, n)) for share in SHARES for n in PERIODS]
    points = tuple(
        PlanPoint(share=share, periods=n, half_width=known(width) or 0.0)
        for share, n, width in widths
        if math.isfinite(width)
    )
    least = foreseen.least("withheld")
    if least is None:
        return points, None
    return points, PlanPoint(share=least.amount, periods=least.n_periods, half_width=known(least.half_width) or 0.0)
