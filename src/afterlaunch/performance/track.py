"""The buckets of a metric on the scale on which its change is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from afterlaunch.performance.noise import NOTHING
from afterlaunch.performance.sides import Side, read_side
from afterlaunch.stats.natural import SCALAR, Series
from afterlaunch.stats.noise import Noise
from afterlaunch.stats.scales import SCALES

if TYPE_CHECKING:
    from afterlaunch.performance.bucketed import Bucketed
    from afterlaunch.performance.metrics.metric import Parted, Parts
    from afterlaunch.performance.noise import Measured
    from afterlaunch.stats import Windows
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.scales import AnyScale


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Where the reference stands on a scale (`at`), and how far each bucket lies from it.

    `size` is the step that is judged, `moved_by` that of the value. `spread` is the variance of one row in either
    window, and `series` what natural variation is learnt from.
    """

    scale: AnyScale
    at: float
    size: float
    moved_by: float
    spread: tuple[float, float]
    series: Series

    def around(self, moved: float, half: float) -> tuple[float, float]:
        """Return the values at `moved` from the reference, `half` less and `half` more on the scale."""
        low, high = (float(SCALES[self.scale].back(np.array(self.at + moved + side * half))) for side in (-1, 1))
        return low, high

    def variances(self, rows: Bucketed, windows: Windows) -> FloatArray:
        """Return the sampling variance of each bucket (D,)."""
        return _variances(rows, windows, *self.spread)


def follow(rows: Bucketed, windows: Windows, old: tuple[Side, Measured], after: Side) -> Track:
    """Return the track of a metric that is one number, by the influence of its buckets."""
    before, at = old
    size = after.found.at - at.at
    spread = at.variance * before.rows.n, after.found.variance * after.rows.n
    supported = at.support / before.rows.total * after.rows.total / after.found.support
    return Track(
        scale=before.metric.scale,
        at=at.at,
        size=size,
        moved_by=size,
        spread=spread,
        series=Series(
            moved=_moved(rows, old, after, size),
            variance=_variances(rows, windows, spread[0], max(spread[1], spread[0] * supported)),
            n=rows.n_labelled.astype(np.float64),
        ),
    )


def _moved(rows: Bucketed, old: tuple[Side, Measured], after: Side, size: float) -> FloatArray:
    """Return how far each bucket lies from the reference (D,), to first order.

    Buckets of neither window have theirs too: a panel may move the windows there.
    """
    before, at = old
    moved = np.zeros(rows.n_buckets)
    sides = [(after, after.found.slope, size), (before, at.slope, 0.0)]
    rest = np.setdiff1d(np.arange(rows.n_buckets), np.concatenate([before.which, after.which]))
    other = read_side(before.metric, rows, rest)
    if not isinstance(other, str):
        sides.append((other, other.found.slope, other.found.at - at.at))
    for side, slope, level in sides:
        moved[side.which] = level + slope * side.means(rows)[side.which]
    return moved


def follow_parts(rows: Bucketed, windows: Windows, old: tuple[Side, Measured], after: Side) -> Track:
    """Return the track of a metric that is the length of a vector: its parts' own way, and the length of their step.

    The value cannot change by more than the vector does.
    """
    before, at = old
    metric = cast("Parted", before.metric)
    first, last = (metric.vector(side.rows, before.rows) for side in (before, after))
    rest = np.setdiff1d(np.arange(rows.n_buckets), np.concatenate([before.which, after.which]))
    moved = np.zeros((rows.n_buckets, len(first.vector)))
    sides = [(after, last), (before, first)]
    other = read_side(before.metric, rows, rest)
    if not isinstance(other, str):
        sides.append((other, metric.vector(other.rows, before.rows)))
    for side, parts in sides:
        moved[side.which] = parts.vector - first.vector + _means(rows, side, parts)[side.which]
    spread = float(first.variance.sum()), float(last.variance.sum())
    return Track(
        scale="length",
        at=at.value,
        size=float(np.linalg.norm(last.vector - first.vector)),
        moved_by=after.found.value - at.value,
        spread=spread,
        series=Series(
            moved=moved,
            variance=_variances(rows, windows, spread[0], max(spread)),
            n=rows.n_labelled.astype(np.float64),
            noise=_noise(first.variance / before.rows.n + last.variance / after.rows.n),
        ),
    )


def _means(rows: Bucketed, side: Side, parts: Parts) -> FloatArray:
    """Return the mean influence of each bucket on each part (D, k)."""
    k = len(parts.vector)
    bucket = rows.bucket[side.places]
    sums = np.zeros(rows.n_buckets * k)
    for place, influence in zip(parts.place, parts.influence, strict=True):
        sums += np.bincount(bucket * k + place, influence, len(sums))
    return sums.reshape(-1, k) / np.maximum(rows.n_labelled, 1)[:, None]


def _noise(variance: FloatArray) -> Noise:
    """Return how the noise of a vector is spread over its parts, whose variances are `variance` (k,)."""
    total = float(variance.sum())
    if total <= 0:
        return SCALAR
    shape, rate = total**2 / float((variance**2).sum()), float(variance.max()) / total
    return Noise(mean=np.ones(1), shape=np.array([shape]), rate=np.array([rate]))


def _variances(rows: Bucketed, windows: Windows, reference: float, current: float) -> FloatArray:
    """Return the sampling variance of each bucket (D,), given that of one row of either window."""
    spread = np.full(rows.n_buckets, max(reference, NOTHING))
    spread[windows.current] = max(current, NOTHING)
    return spread / np.maximum(rows.n_labelled, 1)
