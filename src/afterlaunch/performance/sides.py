"""One window of a metric: its rows, its value with its noise, and what each bucket does to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.metrics.metric import is_influential
from afterlaunch.performance.noise import Measured, left_out, measured, sampling_variance
from afterlaunch.stats.contrasts import seasons_covered

if TYPE_CHECKING:
    from afterlaunch.performance.bucketed import Bucketed
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats import Windows
    from afterlaunch.stats.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One window: its buckets, where its rows are, the rows, and the influence of each, if there is a formula."""

    metric: Metric
    which: IntArray
    places: slice | np.ndarray
    rows: Scored
    found: Measured
    influence: FloatArray | None

    def spread(self, rows: Bucketed) -> float:
        """Return the variance of one row's influence within its bucket."""
        if self.influence is None:
            return sampling_variance(self.metric, self.rows, self.found.value, None) * self.rows.n
        weighted = self.rows.weights * self.influence * (self.rows.n / self.rows.total)
        sums, squares = rows.sums(weighted, self.places), rows.sums(weighted**2, self.places)
        n = np.maximum(rows.n_labelled, 1)
        within = float((squares - sums**2 / n)[self.which].sum())
        free = self.rows.n - int((rows.n_labelled[self.which] > 0).sum())
        return max(within, 0.0) / free if free > 0 else float((weighted**2).mean())

    def means(self, rows: Bucketed) -> FloatArray:
        """Return the mean influence of each bucket (D,), in the metric's unit."""
        if self.influence is not None:
            return rows.sums(self.influence, self.places) / np.maximum(rows.n_labelled, 1)
        return _left_out_means(self.metric, rows, self)

    def like_for_like(self, rows: Bucketed, windows: Windows) -> Side:
        """Return the reference with its seasons weighed as they are in the current window, if it has them all."""
        usable = rows.n_labelled > 0
        if len(np.unique(windows.season)) == 1 or not seasons_covered(windows, usable):
            return self
        of_season = [
            np.bincount(windows.season[which], rows.n_labelled[which], int(windows.season.max()) + 1)
            for which in (windows.reference, windows.current)
        ]
        shares = [one / one.sum() for one in of_season]
        ratio = np.divide(shares[1], shares[0], out=np.zeros(len(shares[0])), where=shares[0] > 0)
        weighted = self.rows.weighted(ratio[windows.season][rows.bucket[self.places]])
        value = self.metric.value(weighted)
        return self if value is None else make_side(self.metric, self.which, self.places, weighted, value)


def read_side(metric: Metric, rows: Bucketed, which: IntArray) -> Side | str:
    """Return one window, or what it lacks."""
    places = rows.places(which)
    inside = rows.rows.take(places)
    lacks = "labels" if inside.n == 0 else metric.lacks(inside)
    value = None if lacks else metric.value(inside)
    if value is None:
        return lacks or "a value"
    made = make_side(metric, which, places, inside, value)
    return replace(made, found=measured(metric, inside, spread=made.spread(rows)) or made.found)


def make_side(metric: Metric, which: IntArray, places: slice | np.ndarray, rows: Scored, value: float) -> Side:
    """Return one window with its value and influences; its noise is left out."""
    bare = Measured(value=value, at=value, variance=0.0, slope=1.0, support=1.0)
    influence = metric.influence(rows) if is_influential(metric) else None
    return Side(metric=metric, which=which, places=places, rows=rows, found=bare, influence=influence)


def _left_out_means(metric: Metric, rows: Bucketed, side: Side) -> FloatArray:
    """Return the same as a mean influence, from leaving out each bucket in turn."""
    bucket = rows.bucket[side.places]
    seen, group = np.unique(bucket, return_inverse=True)
    means = np.zeros(rows.n_buckets)
    for place, value in zip(seen.tolist(), left_out(metric, side.rows, group), strict=True):
        n = int(rows.n_labelled[place])
        means[place] = 0.0 if value is None else (side.found.value - value) * (side.rows.n - n) / n
    return means
