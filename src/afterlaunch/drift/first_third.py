"""The reference when none is given: the earliest third of the buckets."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from afterlaunch.errors import BadOption
from afterlaunch.profiles import Profile

if TYPE_CHECKING:
    from afterlaunch.logs import PredictionLog
    from afterlaunch.stats.arrays import IntArray

Moments: TypeAlias = tuple[datetime, datetime]

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
    return (_moment(int(starts[0])), _moment(int(starts[n]))), n, every


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
    time = pl.col(log.time or "")
    if isinstance(every, int):
        times = log.frame.select(time.sort().dt.epoch("us")).collect().to_series()
        return times.gather_every(every).unique(maintain_order=True).to_numpy()
    starts = time.dt.truncate(every or "1d").unique().sort().dt.epoch("us")
    return log.frame.select(starts).collect(engine="streaming").to_series().to_numpy()


def _moment(at_us: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
