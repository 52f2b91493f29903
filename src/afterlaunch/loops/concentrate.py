"""How concentrated exposure was by period, with intervals and the band that the items' merit alone would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.loops.groups import read_groups
from afterlaunch.stats.concentration import gini_corrected
from afterlaunch.stats.spread import MEASURES, jackknife_spread, make_yardstick, null_band

if TYPE_CHECKING:
    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.spread import Yardstick


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One measure by period (T,), NaN where there is none: its value, 95 % interval and band by merit alone."""

    name: str
    value: FloatArray
    low: FloatArray
    high: FloatArray
    null_low: FloatArray
    null_high: FloatArray


def measure_courses(
    log: InteractionLog, found: Impressions, by_merit: FloatArray | None, *, tail: float, rng: np.random.Generator
) -> tuple[Course, ...]:
    """Return the measures of concentration over time; `by_merit` (n,) are the shares that merit alone would give.

    The tail, and how popular items are, are told by the interactions of the whole log: clicks, or impressions where no
    clicks are logged.
    """
    interactions = found.shown if found.clicked is None else found.clicked
    yardstick = make_yardstick(interactions.sum(axis=0), head=tail)
    spread = jackknife_spread(read_groups(log, found), yardstick)
    band_low, band_high = _band(found, by_merit, yardstick, rng)
    courses = [
        Course(
            name=name,
            value=spread.value[:, k],
            low=spread.low[:, k],
            high=spread.high[:, k],
            null_low=band_low[:, k],
            null_high=band_high[:, k],
        )
        for k, name in enumerate(MEASURES)
    ]
    return (*courses, *_by_rank(found))


def _band(
    found: Impressions, by_merit: FloatArray | None, yardstick: Yardstick, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    if by_merit is None or not np.isfinite(by_merit).all():
        nothing = np.full((found.periods.n, len(MEASURES)), np.nan)
        return nothing, nothing
    return null_band(by_merit, found.total.astype(np.float64), yardstick, rng=rng)


def _by_rank(found: Impressions) -> tuple[Course, ...]:
    """Return the Gini coefficient of exposure in which each impression counts by its place in the list."""
    if found.seen is None or found.seen_squares is None:
        return ()
    sizes = found.seen.sum(axis=1) ** 2 / np.where(found.seen_squares > 0, found.seen_squares, np.nan)
    none = np.full(found.periods.n, np.nan)
    value = gini_corrected(found.seen, sizes)
    return (Course(name="rank_exposure", value=value, low=none, high=none, null_low=none, null_high=none),)
