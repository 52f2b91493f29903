"""The estimates of one metric on one segment: over time, in both windows, and beside what was realized."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.estimate.gap import Gap, half_width, measure_gap, side_of, wandering
from afterlaunch.performance.noise import NORMAL
from afterlaunch.performance.steps import FEW_PLACEBOS
from afterlaunch.results import Interval
from afterlaunch.stats.scales import SCALES

if TYPE_CHECKING:
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.performance.estimate.estimated import Estimated, Estimator
    from afterlaunch.performance.estimate.gap import Side
    from afterlaunch.performance.estimate.places import Places
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.stats import Windows
    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.natural import Natural

MIN_ROWS = 20  # of a bucket, below which it has no estimate
SURE = 1e-9  # of a usual variance: stands for none
CHANCE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An estimate on `n` rows, with the interval in which the realized value of the same rows lies in 95 % of cases."""

    value: float
    interval: Interval
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEstimate:
    """One metric of one segment: the estimates of shared buckets and of both windows, and the gap to the realized."""

    line: tuple[Value | None, ...]
    reference: Value | None
    current: Value | None
    gap: Gap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where estimates are made: all buckets of both windows, those that are mature, and where shared ones begin."""

    windows: Windows
    mature: Windows
    begin: IntArray


def estimate_part(
    estimator: Estimator, metric: Metric, outcomes: Outcomes, places: Places, frame: Frame
) -> PartEstimate:
    """Return the estimates of a metric on the rows at `places`."""
    mature, windows = frame.mature, frame.windows
    before, after = (
        side_of(estimator, metric, outcomes, places, which) for which in (mature.reference, mature.current)
    )
    between = 0.0 if before is None else wandering(before, mature.reference)
    found = None if before is None or after is None else measure_gap(metric, before, after, mature)
    gap, natural = (None, None) if found is None else found
    values: list[Value | None] = []
    for which, side in ((windows.reference, before), (windows.current, after)):
        rows = places.of(which)
        estimated = _again(side, rows) or (estimator.estimate(metric, rows) if len(rows) else None)
        half = None if estimated is None else _window_width(estimated, which, places, between, natural)
        values.append(_value(metric, estimated, len(rows), half))
    return PartEstimate(
        line=_line(estimator, metric, places, frame.begin, between), reference=values[0], current=values[1], gap=gap
    )


def _again(side: Side | None, rows: IntArray) -> Estimated | None:
    """Return a side's estimate where it was of the same rows."""
    return side.estimated if side is not None and side.n.sum() == len(rows) else None


def _line(
    estimator: Estimator, metric: Metric, places: Places, begin: IntArray, between: float
) -> tuple[Value | None, ...]:
    n = np.diff(places.first).astype(np.float64)
    alone = np.add.reduceat(n**2, begin) / np.maximum(np.add.reduceat(n, begin), 1) ** 2
    shared = places.merged(begin)
    line: list[Value | None] = []
    for bucket, (start, end) in enumerate(zip(shared.first[:-1].tolist(), shared.first[1:].tolist(), strict=True)):
        estimated = estimator.estimate(metric, shared.rows[start:end]) if end - start >= MIN_ROWS else None
        half = None if estimated is None else half_width(estimated, between * float(alone[bucket]))
        line.append(_value(metric, estimated, end - start, half))
    return tuple(line)


def _window_width(
    estimated: Estimated, which: IntArray, places: Places, between: float, natural: Natural | None
) -> float:
    """Return half the width of a window's interval on the scale: its rows, what was learnt, and its days."""
    n = np.diff(places.first).astype(np.float64)
    inside = which[n[which] > 0]
    if natural is None or natural.caution < FEW_PLACEBOS:
        shares: FloatArray = n[inside] / n[inside].sum()
        return half_width(estimated, between * float(shares @ shares))
    sure = np.full(len(n), natural.unit * SURE)
    days = natural.width(inside, n, sure, CHANCE) if np.isin(inside, natural.used).all() else 0.0
    return float(np.hypot(NORMAL * np.sqrt(estimated.noise + estimated.own), days))


def _value(metric: Metric, estimated: Estimated | None, n: int, half: float | None) -> Value | None:
    if estimated is None or half is None:
        return None
    back, at = SCALES[metric.scale].back, estimated.at
    low, high = (float(back(np.array(at + side * half))) for side in (-1, 1))
    span = Interval(low=min(low, estimated.value), high=max(high, estimated.value))
    return Value(value=estimated.value, interval=span, n=n)
