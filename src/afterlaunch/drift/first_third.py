"""The reference when none is given: the earliest third of the buckets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from afterlaunch.errors import BadOption
from afterlaunch.logs import moment_at
from afterlaunch.logs.run import collect
from afterlaunch.profiles import Profile
from afterlaunch.profiles.learn import learn_cuts

if TYPE_CHECKING:
    from datetime import datetime

    from afterlaunch.logs import PredictionLog
    from afterlaunch.stats.arrays import IntArray

Moments: TypeAlias = "tuple[datetime, datetime]"

UNITS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "q": "quarter", "y": "year"}


def first_third(data: PredictionLog | Profile, every: str | int | None) -> tuple[Moments, int, str | int | None]:
    """Return the window of the earliest third of the buckets, how many they are, and how long each is."""
    if isinstance(data, Profile):
        starts, every = data.starts, data.plan.every
    else:
        starts = _bucket_starts(data, every)
    n = len(starts) // 3 or 1
    if len(starts) < 2:
        raise BadOption(
            f"all rows lie in one bucket of {every}: pass reference=a window or another table, or a shorter every="
        )
    return (moment_at(int(starts[0])), moment_at(int(starts[n]))), n, every


def in_words(n: int, every: str | int | None) -> str:
    """Return the reference as the sentence names it.

    >>> in_words(21, "1d"), in_words(5, "1h"), in_words(2, 1000)
    ('your first 3 weeks, chosen for you', 'your first 5 hours, chosen for you', 'your first 2000 rows, chosen for you')
    """
    if isinstance(every, int):
        return f"your first {n * every} rows, chosen for you"
    parsed = re.fullmatch(r"(\d+)([a-z]+)", str(every))
    if parsed is None:
        return "your first third, chosen for you"
    count, unit = n * int(parsed[1]), parsed[2]
    if unit == "d" and count % 7 == 0:
        count, unit = count // 7, "w"
    plural = "" if count == 1 else "s"
    number = "" if count == 1 else f"{count} "
    return f"your first {number}{UNITS.get(unit, unit)}{plural}, chosen for you"


def _bucket_starts(log: PredictionLog, every: str | int | None) -> IntArray:
    """Return the starts of the buckets that have rows, in epoch microseconds."""
    if not isinstance(every, str):
        return np.array(learn_cuts(log, every)[:-1], dtype=np.int64)
    starts = pl.col(log.time or "").dt.truncate(every).unique().sort().dt.epoch("us")
    return collect(log.frame.select(starts)).to_series().to_numpy()
