"""The reference when none is given: the first stretch of the log, long enough to show how it varies by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from afterlaunch.errors import BadOption, EmptyWindow
from afterlaunch.logs import moment_at
from afterlaunch.logs.run import collect
from afterlaunch.profiles.learn import learn_cuts
from afterlaunch.profiles.profile import Profile
from afterlaunch.stats.contrasts import ENOUGH
from afterlaunch.stats.evidence import FULL_STRENGTH

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from afterlaunch.logs import PredictionLog
    from afterlaunch.stats.arrays import IntArray

Moments: TypeAlias = "tuple[datetime, datetime]"

SEASONS = 2  # levels that a season may take from the placebos: weekends apart from other days
LEAST = ENOUGH + SEASONS  # buckets
PLENTY = FULL_STRENGTH + SEASONS  # buckets, from which on the level need not be guarded
MUCH = 1.1  # more of the usual width than this is a gap, less a change of the clock or a long month
UNITS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "q": "quarter", "y": "year"}


def first_stretch(data: PredictionLog | Profile, every: str | int | None) -> tuple[Moments, str]:
    """Return the window of the earliest buckets, as many as `length_of` says, and how the sentence names it."""
    if isinstance(data, Profile):
        starts, every = data.starts, data.plan.every
    else:
        starts = _bucket_starts(data, every)
    return stretch_of(starts, every)


def stretch_of(starts: IntArray, every: str | int | None) -> tuple[Moments, str]:
    """Return the same, of buckets that start at `starts` (epoch microseconds)."""
    if len(starts) == 0:
        raise EmptyWindow("the data have no rows: choose a window or a filter that leaves some")
    if len(starts) < 2:
        raise BadOption(
            f"all rows lie in one bucket of {every}: pass reference=a window or another table, or a shorter every="
        )
    n = length_of(len(starts))
    start, end = moment_at(int(starts[0])), moment_at(int(starts[n]))
    gaps = isinstance(every, str) and end - start > MUCH * n * _width(start, every)
    return (start, end), in_words(n, every, gaps=gaps)


def length_of(n_buckets: int) -> int:
    """Return how many of the buckets are the reference: a third, but enough for natural variation to be told from them.

    With fewer than `LEAST` the null would have to be learned from the current window as well, and a drift that begins
    inside it would look natural; at most half is spent on more. Too short a log for that is cut into halves.

    >>> {n: length_of(n) for n in (2, 14, 21, 28, 42, 90)}
    {2: 1, 14: 7, 21: 16, 28: 16, 42: 21, 90: 30}
    """
    half = n_buckets // 2 or 1
    if n_buckets - n_buckets // 4 < LEAST:
        return half
    return max(n_buckets // 3, LEAST, min(PLENTY, half))


def _width(start: datetime, every: str) -> timedelta:
    return pl.Series([start]).dt.offset_by(every).item() - start


def in_words(n: int, every: str | int | None, *, gaps: bool = False) -> str:
    """Return the reference as the sentence names it; with `gaps`, not all of its time has rows.

    >>> in_words(21, "1d"), in_words(2, 1000)
    ('your first 3 weeks, chosen for you', 'your first 2000 rows, chosen for you')
    >>> in_words(5, "1h", gaps=True)
    'your first 5 hours with rows, chosen for you'
    """
    if isinstance(every, int):
        return f"your first {n * every} rows, chosen for you"
    parsed = re.fullmatch(r"(\d+)([a-z]+)", str(every))
    if parsed is None:
        return "your first stretch, chosen for you"
    count, unit = n * int(parsed[1]), parsed[2]
    if unit == "d" and count % 7 == 0 and not gaps:
        count, unit = count // 7, "w"
    plural = "" if count == 1 else "s"
    number = "" if count == 1 else f"{count} "
    return f"your first {number}{UNITS.get(unit, unit)}{plural}{' with rows' * gaps}, chosen for you"


def _bucket_starts(log: PredictionLog, every: str | int | None) -> IntArray:
    """Return the starts of the buckets that have rows, in epoch microseconds."""
    if not isinstance(every, str):
        return np.array(learn_cuts(log, every)[:-1], dtype=np.int64)
    starts = pl.col(log.time or "").dt.truncate(every).unique().sort().dt.epoch("us")
    return collect(log.frame.select(starts)).to_series().to_numpy()
