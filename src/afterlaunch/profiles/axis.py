"""The time axis of a comparison: one series of buckets, and the two windows on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from afterlaunch.stats import Windows

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import IntArray

Range: TypeAlias = tuple[int, int]  # half-open, of buckets


# Grid places that make a coarser bucket, by the unit of `every`.
LADDERS = {
    "m": ((15, "15m"), (60, "1h"), (1440, "1d"), (10080, "1w")),
    "h": ((3, "3h"), (6, "6h"), (24, "1d"), (168, "1w"), (672, "4w")),
    "d": ((7, "1w"), (28, "4w"), (91, "13w")),
    "w": ((4, "4w"), (13, "13w"), (52, "52w")),
}
DOUBLINGS = (2, 4, 8, 16, 32, 64)

MIN_ROWS = 20  # what has fewer, a bucket, a category or a value, is merged or pooled, and never named


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """D buckets: starts and ends in epoch microseconds (UTC), places on the regular grid, rows; and two windows."""

    starts: IntArray
    ends: IntArray
    position: IntArray
    n_rows: IntArray
    season: IntArray
    season_name: str | None
    every: str | None
    zone: str
    reference: Range
    current: Range

    @property
    def windows(self) -> Windows:
        """The two windows as the statistics take them."""
        return Windows(
            reference=np.arange(*self.reference),
            current=np.arange(*self.current),
            position=self.position,
            season=self.season,
            timeless=self.every is None and len(self.starts) == 2,
        )

    def with_windows(self, reference: Range, current: Range) -> Axis:
        """Return the axis with these two windows."""
        return replace(self, reference=reference, current=current)

    def labels(self) -> IntArray:
        """Return the window of each bucket: 1 reference, 2 current, 3 both, 0 neither."""
        label = np.zeros(len(self.starts), dtype=np.int64)
        label[slice(*self.reference)] += 1
        label[slice(*self.current)] += 2
        return label

    def merged(self, first: IntArray) -> Axis:
        """Return the axis whose buckets begin at the indices `first`; the last of each group gives its end."""
        last = np.append(first[1:], len(self.starts)) - 1
        return replace(
            self,
            starts=self.starts[first],
            ends=self.ends[last],
            position=self.position[first],
            n_rows=np.add.reduceat(self.n_rows, first),
            season=self.season[first],
            reference=_moved(self.reference, first),
            current=_moved(self.current, first),
        )

    def coarser(self, first: IntArray, factor: int, every: str) -> Axis:
        """Return the axis merged at `first`, on a grid of `factor` times the width."""
        place = (self.position[first] - self.position[self.current[0]]) // factor
        return replace(self.merged(first), position=place - place.min(), every=every)


def small_buckets(axis: Axis) -> IntArray:
    """Return where buckets begin once those of fewer than `MIN_ROWS` rows are merged into a neighbour.

    A bucket is never merged across the end of a window: a window that holds too few rows in all stays as it is.
    """
    label = axis.labels()
    first: list[int] = []
    rows = 0
    for index, n in enumerate(axis.n_rows.tolist()):
        new_window = index == 0 or label[index] != label[index - 1]
        if new_window:
            _close(first, axis, label)
        if new_window or rows >= MIN_ROWS:
            first.append(index)
            rows = 0
        rows += n
    _close(first, axis, label)
    return np.array(first, dtype=np.int64)


def _close(first: list[int], axis: Axis, label: IntArray) -> None:
    """Give a window's last bucket to the one before it when it stayed small."""
    if len(first) < 2 or label[first[-1]] != label[first[-2]]:
        return
    end = first[-1] + 1
    while end < len(label) and label[end] == label[first[-1]]:
        end += 1
    if axis.n_rows[first[-1] : end].sum() < MIN_ROWS:
        first.pop()


def coarse_buckets(axis: Axis, factor: int) -> IntArray:
    """Return where buckets begin once `factor` places of the grid make one, counted from the current window's start."""
    block = (axis.position - axis.position[axis.current[0]]) // factor
    label = axis.labels()
    new = np.ones(len(block), dtype=bool)
    new[1:] = (np.diff(block) != 0) | (np.diff(label) != 0)
    return np.flatnonzero(new)


def _moved(window: Range, first: IntArray) -> Range:
    start, end = np.searchsorted(first, window)
    return int(start), int(end)


def ladder(every: str | None) -> tuple[tuple[int, str], ...]:
    """Return the coarser buckets that buckets of `every` can be merged into, finest first."""
    parsed = re.fullmatch(r"(\d+)( rows|[a-z]+)", every or "")
    if parsed is None:
        return ()
    n, unit = int(parsed[1]), parsed[2]
    if n == 1 and unit in LADDERS:
        return LADDERS[unit]
    return tuple((factor, f"{n * factor}{unit}") for factor in DOUBLINGS)
