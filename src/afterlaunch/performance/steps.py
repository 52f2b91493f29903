"""The step of one metric between two windows, beside what natural variation alone makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.means import Macro
from afterlaunch.performance.metrics.metric import is_parted
from afterlaunch.performance.noise import Measured, interval, measured
from afterlaunch.performance.sides import Side, read_side
from afterlaunch.performance.track import Track, follow, follow_parts
from afterlaunch.stats.natural import Natural, learn_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.bucketed import Bucketed
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.results import Interval
    from afterlaunch.stats import Windows
    from afterlaunch.stats.arrays import FloatArray

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
    `change` is the step in the metric's unit; `track` has the buckets on the scale on which it is judged.
    """

    metric: Metric
    reference: Window | None
    current: Window | None
    lacks: str | None
    at: Measured | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    matters_from: float = 0.0
    natural: Natural | None = None
    track: Track | None = None

    @property
    def pvalue(self) -> float:
        """The chance that natural variation alone makes such a step; 1 where there is none."""
        return 1.0 if self.natural is None or self.track is None else self.natural.pvalue(self.track.size)

    def usual(self, chance: float) -> tuple[float, float] | None:
        """Return the values between which natural variation keeps the current window, but for `chance`."""
        if self.natural is None or self.track is None or self.at is None or self.natural.raising <= 0:
            return None
        low, high = self.track.around(0.0, self.natural.reach(chance))
        return min(low, self.at.value), max(high, self.at.value)


def measure_steps(metrics: Sequence[Metric], rows: Bucketed, windows: Windows) -> list[Step]:
    """Return the step of each metric between two windows of the rows; what days do is learnt from all together."""
    pairs = [_pair(metric, rows, windows) for metric in metrics]
    known = [pair for pair in pairs if isinstance(pair, _Pair)]
    learnt = iter(learn_together([pair.track.series for pair in known], windows))
    return [pair.step(next(learnt), rows, windows) if isinstance(pair, _Pair) else pair for pair in pairs]


def _pair(metric: Metric, rows: Bucketed, windows: Windows) -> _Pair | Step:
    """Return both windows of a metric, or a step that says what one lacks."""
    before, after = (read_side(metric, rows, which) for which in (windows.reference, windows.current))
    if isinstance(before, str) or isinstance(after, str):
        return _without(metric, before, after)
    if isinstance(metric, Macro) and rows.rows.n_classes > 2 and _classes(before) != _classes(after):
        lacks = "the same classes in both windows: the metric is a mean over those that occur"
        return replace(_without(metric, before, after), lacks=lacks)
    alike = before.like_for_like(rows, windows)
    at = measured(metric, alike.rows, spread=alike.spread(rows))
    if at is None:
        return _without(metric, metric.lacks(alike.rows) or "rows", after)
    track = (follow_parts if is_parted(metric) else follow)(rows, windows, (alike, at), after)
    return _Pair(metric=metric, before=before, alike=alike, at=at, after=after, track=track)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Both windows of a metric: the reference, and `alike` with the current window's seasons, measured `at`."""

    metric: Metric
    before: Side
    alike: Side
    at: Measured
    after: Side
    track: Track

    def step(self, natural: Natural, rows: Bucketed, windows: Windows) -> Step:
        """Return the step, beside what natural variation makes of it."""
        own = self.track.variances(rows, windows)
        low, high = self._change(natural, own)
        return Step(
            metric=self.metric,
            reference=self._window(self.before, natural, rows, own),
            current=self._window(self.after, natural, rows, own),
            lacks=None,
            at=self.at,
            change=self.after.found.value - self.at.value,
            low=low,
            high=high,
            matters_from=self.metric.matters_from(self.at.value, self.alike.rows),
            natural=natural,
            track=self.track,
        )

    def _window(self, side: Side, natural: Natural, rows: Bucketed, variance: FloatArray) -> Window:
        """Return a window with the interval of its level: what its rows and its days leave open."""
        if natural.caution < FEW_PLACEBOS:
            return _alone(self.metric, side)
        n = rows.n_labelled.astype(np.float64)
        half = natural.width(side.which[n[side.which] > 0], n, variance, INTERVAL)
        found = side.found if self.track.scale == self.metric.scale else replace(side.found, at=side.found.value)
        return Window(found=side.found, interval=interval(self.track.scale, found, half), n=side.rows.n)

    def _change(self, natural: Natural, variance: FloatArray) -> tuple[float | None, float | None]:
        """Return the 95 % interval of the change, in the metric's unit."""
        if natural.caution < FEW_PLACEBOS:
            return None, None
        low, high = self.track.around(self.track.moved_by, natural.reach(INTERVAL, variance))
        return low - self.at.value, high - self.at.value


def _without(metric: Metric, before: Side | str, after: Side | str) -> Step:
    """Return what there is of a step that one window lacks something for."""
    windows = [None if isinstance(side, str) else _alone(metric, side) for side in (before, after)]
    said = [
        f"{side} in the {name} window"
        for name, side in (("reference", before), ("current", after))
        if isinstance(side, str)
    ]
    return Step(metric=metric, reference=windows[0], current=windows[1], lacks=" and ".join(said))


def _classes(side: Side) -> set[int]:
    return set(np.flatnonzero(side.rows.class_weights > 0).tolist())


def _alone(metric: Metric, side: Side) -> Window:
    return Window(found=side.found, interval=interval(metric.scale, side.found), n=side.rows.n)
