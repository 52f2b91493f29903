"""The periods in which a policy learns and shows: weeks by default, cut in the log's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadOption, EmptyWindow
from afterlaunch.logs import check_every
from afterlaunch.logs.run import collect
from afterlaunch.profiles.buckets import make_grid
from afterlaunch.profiles.plan import Plan

if TYPE_CHECKING:
    from afterlaunch.logs import InteractionLog, PredictionLog
    from afterlaunch.stats.arrays import IntArray

MOST_PERIODS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """T periods without gaps: `starts` and `ends` (T,) in epoch microseconds, cut every `every` in `zone`."""

    starts: IntArray
    ends: IntArray
    every: str
    zone: str

    @property
    def n(self) -> int:
        """The number of periods."""
        return len(self.starts)

    def of(self, clock: pl.Expr) -> pl.Expr:
        """Return the period of each moment, from 0; below 0 and from n on outside of all periods."""
        edges = pl.lit(pl.Series([*self.starts.tolist(), int(self.ends[-1])]))
        return (edges.search_sorted(clock.dt.epoch("us"), side="right").cast(pl.Int64) - 1).alias("period")


def read_periods(log: InteractionLog | PredictionLog, every: str) -> Periods:
    """Return the periods that the rows of `log` lie in, empty ones between included.

    Raises `BadOption` where `every` is no duration or cuts too many, `EmptyWindow` where there are no rows.
    """
    length = check_every(every)
    if isinstance(length, int):
        raise BadOption(f"every={every!r} is a number of rows: models learn in periods of time, such as '1w' or '1d'")
    if log.time is None:
        raise BadOption("a loop is seen over time: name the time of each row, time='served_at'")
    clock = pl.col(log.time).dt.epoch("us")
    first, last = collect(log.frame.select(clock.min().alias("first"), clock.max().alias("last"))).row(0)
    if first is None:
        raise EmptyWindow(f"the log has no {log.noun}: choose a window or a filter that leaves some")
    grid = make_grid(Plan(columns=(), time=log.time, zone=log.zone, every=length), first, last)
    if len(grid.starts) - 1 > MOST_PERIODS:
        raise BadOption(
            f"every={every!r} cuts the log into {len(grid.starts) - 1:,} periods: give the length after which "
            "the model learns anew, such as '1w'"
        )
    return Periods(starts=grid.starts[:-1], ends=np.asarray(grid.starts[1:]), every=length, zone=log.zone)
