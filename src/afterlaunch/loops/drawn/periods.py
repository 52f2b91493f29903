"""The time axis: periods, what was shown and clicked in each, and how much was random on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.loops.drawn.plain import known
from afterlaunch.loops.payload import Periods
from afterlaunch.loops.words import period_noun
from afterlaunch.phrases import share

if TYPE_CHECKING:
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.loops.words import Names
    from afterlaunch.stats.arrays import FloatArray, IntArray


def draw_periods(found: Impressions, names: Names) -> Periods:
    """Return the time axis of a log of impressions."""
    randomised, words = _randomised(found, names)
    return Periods(
        starts_ms=tuple((found.periods.starts // 1000).tolist()),
        ends_ms=tuple((found.periods.ends // 1000).tolist()),
        every=found.periods.every,
        noun=period_noun(found.periods.every),
        zone=found.periods.zone,
        n_impressions=tuple(found.total.tolist()),
        n_clicks=None if found.clicked is None else tuple(found.clicked.sum(axis=1).tolist()),
        randomised=tuple(None if one <= 0 else known(one) for one in randomised.tolist()),
        randomised_words=words,
    )


def _randomised(found: Impressions, names: Names) -> tuple[FloatArray, str | None]:
    """Return which share of each period was random on purpose (T,), and what that is in words."""
    if found.withheld is not None and found.withheld.any():
        if found.clicked is not None and found.withheld_clicked is not None:
            part = _part(found.withheld_clicked, found.clicked)
            return part, f"{share(_typical(part))} of {names.feedback} withheld"
        part = _part(found.withheld, found.shown)
        return part, f"{share(_typical(part))} of impressions withheld"
    if found.held_out is not None and found.held_out.any():
        part = _part(found.held_out, found.shown)
        return part, f"{share(_typical(part))} of impressions at random"
    return np.zeros(found.periods.n), None


def _part(some: IntArray, of: IntArray) -> FloatArray:
    whole = of.sum(axis=1)
    return some.sum(axis=1) / np.maximum(whole, 1)


def _typical(part: FloatArray) -> float:
    return float(np.median(part[part > 0]))
