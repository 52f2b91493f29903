"""Losses over time: of all rows, and of each slice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from afterlaunch.edges.groups import pool_few
from afterlaunch.edges.payload import Buckets, Series

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.edges.losses import Losses
    from afterlaunch.edges.source import Source
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

MIN_ROWS = 20  # a bucket with fewer is merged into the one before
NORMAL_95 = 1.96
MIN_DAYS = 4  # blocks in a bucket, below which its interval takes rows as independent


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Buckets of a log, and the bucket (n,) of each row; the windows as half-open ranges of buckets."""

    starts: IntArray
    ends: IntArray
    of_row: IntArray
    every: str
    reference: tuple[int, int] | None
    current: tuple[int, int]

    @property
    def n(self) -> int:
        """How many buckets there are."""
        return len(self.starts)


def draw_timeline(source: Source, every: str) -> Timeline | None:
    """Return the buckets of a log in its own zone, cut at the windows' ends too; None without a time axis.

    Buckets with fewer than 20 rows are merged into the one before in the same window. Two logs that overlap in time
    have no common axis. The axis starts and ends with a whole day, where buckets are longer.
    """
    at = source.outcomes.time_us
    if at is None or not len(at) or (np.diff(at) < 0).any():
        return None
    clock = source.frame[source.log.time or ""]
    times = clock.dt
    start = times.truncate(every).dt.epoch("us").to_numpy()
    turn = np.flatnonzero(np.append(True, (np.diff(start) != 0) | (np.diff(source.window) != 0)))
    first = _merged(turn, len(at), source.window)
    day = times.truncate("1d").dt.epoch("us").to_numpy()[first]
    earlier = np.append(day[0] - 1, at[first[1:] - 1])
    starts = np.where(start[first] > earlier, start[first], np.where(day > earlier, day, at[first]))
    ends = np.append(starts[1:], _end(clock, every))
    label = source.window[first]
    return Timeline(
        starts=starts,
        ends=ends,
        of_row=np.searchsorted(first, np.arange(len(at)), side="right") - 1,
        every=every,
        reference=_range(label == 1),
        current=_range(label == 2) or (0, len(first)),
    )


def _end(clock: pl.Series, every: str) -> int:
    """Return where the last bucket ends: with the day of the last row at the latest."""
    last = clock[-1:].dt
    return min(last.truncate(length).dt.offset_by(length).dt.epoch("us")[0] for length in (every, "1d"))


def _merged(first: IntArray, n: int, window: IntArray) -> IntArray:
    kept: list[int] = []
    counts = np.diff(np.append(first, n)).tolist()
    for place, count in zip(first.tolist(), counts, strict=True):
        if kept and count < MIN_ROWS and window[place] == window[kept[-1]]:
            continue
        kept.append(place)
    return np.array(kept, dtype=np.int64)


def _range(which: BoolArray) -> tuple[int, int] | None:
    places = np.flatnonzero(which)
    return (int(places[0]), int(places[-1]) + 1) if len(places) else None


def plain_buckets(timeline: Timeline | None, source: Source) -> Buckets:
    """Return the time axis as plain values."""
    if timeline is None:
        return Buckets(starts_ms=(), ends_ms=(), every=None, zone=source.log.zone, n_rows=(), n_labelled=())
    labelled = source.outcomes.labelled
    return Buckets(
        starts_ms=tuple((timeline.starts // 1000).tolist()),
        ends_ms=tuple((timeline.ends // 1000).tolist()),
        every=timeline.every,
        zone=source.log.zone,
        n_rows=tuple(np.bincount(timeline.of_row, minlength=timeline.n).tolist()),
        n_labelled=tuple(np.bincount(timeline.of_row[labelled], minlength=timeline.n).tolist()),
    )


def series_of(
    timeline: Timeline, losses: Losses, compared: FloatArray, block: IntArray | None, which: BoolArray
) -> Series:
    """Return the mean losses of some rows by bucket, and the sums of what slices are `compared` (n,) in."""
    known = which & np.isfinite(losses.realized)
    bucket, value = timeline.of_row[known], losses.realized[known]
    n = np.bincount(bucket, minlength=timeline.n).astype(np.float64)
    mean = _means(bucket, value, n)
    spread = _spread(bucket, value, mean, None if block is None else block[known])
    promised: list[float | None] = [None] * timeline.n
    if losses.promised is not None:
        scored = which & np.isfinite(losses.promised)
        count = np.bincount(timeline.of_row[scored], minlength=timeline.n).astype(np.float64)
        promised = _plain(_means(timeline.of_row[scored], losses.promised[scored], count))
    return Series(
        n=tuple(n.astype(np.int64).tolist()),
        realized=tuple(_plain(mean)),
        low=tuple(_plain(np.maximum(mean - NORMAL_95 * spread, 0.0))),
        high=tuple(_plain(mean + NORMAL_95 * spread)),
        promised=tuple(promised),
        **_compared(timeline, compared, which),
    )


def _compared(timeline: Timeline, compared: FloatArray, which: BoolArray) -> dict[str, Any]:
    known = which & np.isfinite(compared)
    n = np.bincount(timeline.of_row[known], minlength=timeline.n)
    total = np.bincount(timeline.of_row[known], weights=compared[known], minlength=timeline.n)
    return {
        "compared_n": tuple(n.tolist()),
        "compared": tuple(round(one, 6) for one in pool_few(total.astype(np.float64), n).tolist()),
    }


def _means(bucket: IntArray, value: FloatArray, n: FloatArray) -> FloatArray:
    total = np.bincount(bucket, weights=value, minlength=len(n))
    return np.divide(total, n, out=np.full(len(n), np.nan), where=n >= MIN_ROWS)


def _spread(bucket: IntArray, value: FloatArray, mean: FloatArray, block: IntArray | None) -> FloatArray:
    """Return the standard error of each bucket's mean: over its blocks where it has enough, else over its rows."""
    n_buckets = len(mean)
    left = value - np.nan_to_num(mean)[bucket]
    n = np.bincount(bucket, minlength=n_buckets)
    by_rows = np.sqrt(np.bincount(bucket, weights=left**2, minlength=n_buckets))
    by_blocks = np.full(n_buckets, np.nan)
    if block is not None:
        width = int(block.max(initial=0)) + 1
        place = bucket * width + block
        sums = np.bincount(place, weights=left, minlength=n_buckets * width).reshape(n_buckets, width)
        there = (np.bincount(place, minlength=n_buckets * width).reshape(n_buckets, width) > 0).sum(axis=1)
        growth = np.divide(there, there - 1, out=np.full(n_buckets, np.nan), where=there >= MIN_DAYS)
        by_blocks = np.sqrt(growth * (sums**2).sum(axis=1))
    spread = np.where(np.isfinite(by_blocks), np.fmax(by_blocks, by_rows), by_rows)
    return np.divide(spread, n, out=np.full(n_buckets, np.nan), where=n >= MIN_ROWS)


def _plain(values: FloatArray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values.tolist()]


def worse_since(timeline: Timeline, value: FloatArray, inside: BoolArray) -> int | None:
    """Return the start (microseconds) of the bucket from which a slice's excess is higher than before.

    The one split of the buckets, after the reference begins, that explains most of the excess's variation, weighted by
    the slice's rows (least squares); None where there are too few buckets.
    """
    known = np.isfinite(value)
    n = np.bincount(timeline.of_row[known & inside], minlength=timeline.n).astype(np.float64)
    rest = np.bincount(timeline.of_row[known & ~inside], minlength=timeline.n).astype(np.float64)
    used = np.flatnonzero((n >= 1) & (rest >= 1))
    if len(used) < 2:
        return None
    total = np.bincount(timeline.of_row[known & inside], weights=value[known & inside], minlength=timeline.n)
    others = np.bincount(timeline.of_row[known & ~inside], weights=value[known & ~inside], minlength=timeline.n)
    excess = (total[used] / n[used] - others[used] / rest[used]) * n[used]
    before, weight = np.cumsum(excess), np.cumsum(n[used])
    step = (before[-1] - before[:-1]) / (weight[-1] - weight[:-1]) - before[:-1] / weight[:-1]
    gain = np.where(step > 0, step**2 * weight[:-1] * (weight[-1] - weight[:-1]), 0.0)
    return int(timeline.starts[used[int(np.argmax(gain)) + 1]]) if gain.max() > 0 else None
