"""The step of one metric between two windows, beside what natural variation alone makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.metrics.metric import Influential
from afterlaunch.performance.noise import Measured, interval, left_out, measured, sampling_variance
from afterlaunch.stats.contrasts import seasons_covered
from afterlaunch.stats.natural import Natural, Series, learn_together
from afterlaunch.stats.scales import SCALES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.bucketed import Bucketed
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.performance.scored import Scored
    from afterlaunch.results import Interval
    from afterlaunch.stats import Windows
    from afterlaunch.stats.arrays import FloatArray, IntArray

FEW_PLACEBOS = 0.25  # a caution below it: what days do by themselves is not known, and rows alone give the interval
INTERVAL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A metric in one window: its value, what its rows and its days leave open, and how many rows there were."""

    found: Measured
    interval: Interval
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The change of one metric between two windows, like for like by season.

    `lacks` says why there is none. `at` is the reference's value, its seasons weighed as in the current window;
    `change` and `size` are the step in the metric's unit and on its scale. `moved` (D,) is how far each bucket lies
    from the reference on the scale, to first order, and `spread` the variance of a row of either window there.
    """

    metric: Metric
    reference: Window | None
    current: Window | None
    lacks: str | None
    at: Measured | None = None
    change: float | None = None
    size: float = 0.0
    low: float | None = None
    high: float | None = None
    matters_from: float = 0.0
    natural: Natural | None = None
    moved: FloatArray | None = None
    spread: tuple[float, float] | None = None

    @property
    def pvalue(self) -> float:
        """The chance that natural variation alone makes such a step; 1 where there is none."""
        return 1.0 if self.natural is None else self.natural.pvalue(self.size)

    def usual(self, chance: float) -> tuple[float, float] | None:
        """Return the values between which natural variation keeps the current window, but for `chance`."""
        if self.natural is None or self.at is None or self.natural.raising <= 0:
            return None
        reach, back = self.natural.reach(chance), SCALES[self.metric.scale].back
        low, high = (float(back(np.array(self.at.at + side * reach))) for side in (-1, 1))
        return min(low, self.at.value), max(high, self.at.value)


def measure_steps(metrics: Sequence[Metric], rows: Bucketed, windows: Windows) -> list[Step]:
    """Return the step of each metric between two windows of the rows; what days do is learnt from all together."""
    pairs = [_pair(metric, rows, windows) for metric in metrics]
    known = [pair for pair in pairs if isinstance(pair, _Pair)]
    learnt = iter(learn_together([pair.series(rows, windows) for pair in known], windows))
    return [pair.step(next(learnt), rows, windows) if isinstance(pair, _Pair) else pair for pair in pairs]


def _pair(metric: Metric, rows: Bucketed, windows: Windows) -> _Pair | Step:
    """Return both windows of a metric, or a step that says what one lacks."""
    before, after = (_side(metric, rows, which) for which in (windows.reference, windows.current))
    if isinstance(before, str) or isinstance(after, str):
        return _without(metric, before, after)
    alike = before.like_for_like(rows, windows)
    at = measured(metric, alike.rows, spread=alike.spread(rows))
    if at is None:
        return _without(metric, metric.lacks(alike.rows) or "rows", after)
    return _Pair(metric=metric, before=before, alike=alike, at=at, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Both windows of a metric: the reference, and `alike` with the current window's seasons, measured `at`."""

    metric: Metric
    before: _Side
    alike: _Side
    at: Measured
    after: _Side

    @property
    def size(self) -> float:
        """The step on the metric's scale."""
        return self.after.found.at - self.at.at

    @property
    def spreads(self) -> tuple[float, float]:
        """The variance of one row on the scale, in either window."""
        return self.at.variance * self.alike.rows.n, self.after.found.variance * self.after.rows.n

    @property
    def guarded(self) -> float:
        """The variance of a current row if nothing happened: at least that of a reference row of equal support.

        A window in which the few rows of a rare kind all went well says nothing about their noise.
        """
        before, after = self.spreads
        supported = self.at.support / self.alike.rows.total * self.after.rows.total / self.after.found.support
        return max(after, before * supported)

    def moved(self, rows: Bucketed) -> FloatArray:
        """Return how far each bucket lies from the reference on the scale (D,), to first order."""
        moved = np.zeros(rows.n_buckets)
        for side, slope, level in ((self.after, self.after.found.slope, self.size), (self.alike, self.at.slope, 0.0)):
            moved[side.which] = level + slope * side.means(rows)[side.which]
        return moved

    def series(self, rows: Bucketed, windows: Windows) -> Series:
        """Return what natural variation is learnt from."""
        variance = _variances(rows, windows, self.spreads[0], self.guarded)
        return Series(moved=self.moved(rows), variance=variance, n=rows.n_labelled.astype(np.float64))

    def step(self, natural: Natural, rows: Bucketed, windows: Windows) -> Step:
        """Return the step, beside what natural variation makes of it."""
        own = _variances(rows, windows, *self.spreads)
        low, high = _change(self, natural, own)
        return Step(
            metric=self.metric,
            reference=_window(self.before, natural, rows, own),
            current=_window(self.after, natural, rows, own),
            lacks=None,
            at=self.at,
            change=self.after.found.value - self.at.value,
            size=self.size,
            low=low,
            high=high,
            matters_from=self.metric.matters_from(self.at.value, self.alike.rows),
            natural=natural,
            moved=self.moved(rows),
            spread=self.spreads,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
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

    def like_for_like(self, rows: Bucketed, windows: Windows) -> _Side:
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
        return self if value is None else _made(self.metric, self.which, self.places, weighted, value)


def _side(metric: Metric, rows: Bucketed, which: IntArray) -> _Side | str:
    """Return one window, or what it lacks."""
    places = rows.places(which)
    inside = rows.rows.take(places)
    lacks = "labels" if inside.n == 0 else metric.lacks(inside)
    value = None if lacks else metric.value(inside)
    if value is None:
        return lacks or "a value"
    made = _made(metric, which, places, inside, value)
    return replace(made, found=measured(metric, inside, spread=made.spread(rows)) or made.found)


def _made(metric: Metric, which: IntArray, places: slice | np.ndarray, rows: Scored, value: float) -> _Side:
    bare = Measured(value=value, at=value, variance=0.0, slope=1.0, support=1.0)
    influence = metric.influence(rows) if isinstance(metric, Influential) else None
    return _Side(metric=metric, which=which, places=places, rows=rows, found=bare, influence=influence)


def _without(metric: Metric, before: _Side | str, after: _Side | str) -> Step:
    """Return what there is of a step that one window lacks something for."""
    windows = [None if isinstance(side, str) else _alone(metric, side) for side in (before, after)]
    said = [
        f"{side} in the {name} window"
        for name, side in (("reference", before), ("current", after))
        if isinstance(side, str)
    ]
    return Step(metric=metric, reference=windows[0], current=windows[1], lacks=" and ".join(said))


def _alone(metric: Metric, side: _Side) -> Window:
    return Window(found=side.found, interval=interval(metric, side.found), n=side.rows.n)


def _window(side: _Side, natural: Natural, rows: Bucketed, variance: FloatArray) -> Window:
    """Return a window with the interval of its level: what its rows and its days leave open."""
    if natural.caution < FEW_PLACEBOS:
        return _alone(side.metric, side)
    n = rows.n_labelled.astype(np.float64)
    half = natural.width(side.which[n[side.which] > 0], n, variance, INTERVAL)
    return Window(found=side.found, interval=interval(side.metric, side.found, half), n=side.rows.n)


def _change(pair: _Pair, natural: Natural, variance: FloatArray) -> tuple[float | None, float | None]:
    """Return the 95 % interval of the change, in the metric's unit."""
    if natural.caution < FEW_PLACEBOS:
        return None, None
    half, back = natural.reach(INTERVAL, variance), SCALES[pair.metric.scale].back
    low, high = (float(back(np.array(pair.at.at + pair.size + side * half))) - pair.at.value for side in (-1, 1))
    return low, high


def _variances(rows: Bucketed, windows: Windows, reference: float, current: float) -> FloatArray:
    """Return the sampling variance of each bucket (D,) on the scale, given that of one row of either window."""
    spread = np.full(rows.n_buckets, reference)
    spread[windows.current] = current
    return spread / np.maximum(rows.n_labelled, 1)


def _left_out_means(metric: Metric, rows: Bucketed, side: _Side) -> FloatArray:
    """Return the same as a mean influence, from leaving out each bucket in turn."""
    bucket = rows.bucket[side.places]
    seen, group = np.unique(bucket, return_inverse=True)
    means = np.zeros(rows.n_buckets)
    for place, value in zip(seen.tolist(), left_out(metric, side.rows, group), strict=True):
        n = int(rows.n_labelled[place])
        means[place] = 0.0 if value is None else (side.found.value - value) * (side.rows.n - n) / n
    return means
