"""Where buckets that straddle the clock stand in the day and week: buckets of N rows, of five hours, of three days.

A bucket of three days is not a weekday, but it holds some share of a weekend; a bucket of N rows is not an hour, but
its middle lies in some part of the day. Either makes a season's label, as fine as the buckets are many.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from afterlaunch.stats.arrays import median

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.stats.arrays import FloatArray, IntArray

HOUR_US = 3_600_000_000
DAY, WEEK, WORKING_WEEK = 24.0, 168.0, 120.0
MONTH = 600.0  # buckets from here on are months and longer
THURSDAY = 72.0  # hours from a Monday to the epoch's start
PARTS_OF_DAY = (8, 4, 2)
PARTS_OF_WEEKEND = (6, 3, 2)
CLOCK_CHANGE = 0.05  # of a bucket: an hour of a day
FEWEST = 7  # buckets in which a trend is taken out, at least: buckets of three days meet the weekend anew every seven

Phase = tuple[str, int, list["IntArray"]]  # name, buckets of a cycle, labels from fine to coarse


def straddles(starts_us: IntArray, ends_us: IntArray) -> bool:
    """Return whether buckets have lengths of their own, or one that fills neither a day nor a week.

    >>> week = np.arange(8) * 24 * HOUR_US
    >>> straddles(week[:-1], week[1:]), straddles(week[:-1] * 3, week[1:] * 3)
    (False, True)
    """
    lengths = (ends_us - starts_us) / HOUR_US
    usual = float(median(lengths))
    if usual > MONTH:
        return False
    unequal = float(lengths.max() - lengths.min()) > 1  # more than clocks are put forward
    fits = DAY / usual if usual <= DAY else usual / DAY if usual < DAY + 1 else usual / WEEK
    return unequal or abs(fits - round(fits)) > CLOCK_CHANGE


def phases(starts_us: IntArray, ends_us: IntArray, zone: str) -> Iterator[Phase]:
    """Yield the cycles that such buckets can show, what is likely first; each in labels (D,) from fine to coarse."""
    start, end = _clock(starts_us, zone), _clock(ends_us, zone)
    hours = float(median(end - start))
    middle = (start + end) / 2 % WEEK
    time_of_day = ("time of day", _cycle(DAY, hours), [_parts(middle % DAY / DAY, n) for n in PARTS_OF_DAY])
    if hours < DAY:
        yield time_of_day
        yield "weekend", _cycle(WEEK, hours), [(middle >= WORKING_WEEK).astype(np.int64)]
        return
    free = (_weekend(end) - _weekend(start)) / np.maximum(end - start, 1e-9)
    yield "weekend", _cycle(WEEK, hours), [np.floor(free * n + 0.5).astype(np.int64) for n in PARTS_OF_WEEKEND]
    yield time_of_day
    if np.ptp(start % DAY) <= 1:  # whole days: a bucket's first weekday says which others it holds
        yield "weekday", _cycle(WEEK, hours), [(start % WEEK / DAY).astype(np.int64)]


def _cycle(cycle: float, hours: float) -> int:
    return max(round(cycle / hours), FEWEST)


def _parts(share: FloatArray, n: int) -> IntArray:
    return np.minimum((share * n).astype(np.int64), n - 1)


def _weekend(hours: FloatArray) -> FloatArray:
    """Return the hours of weekend up to each moment, from a Monday on."""
    return hours // WEEK * (WEEK - WORKING_WEEK) + np.maximum(hours % WEEK - WORKING_WEEK, 0)


def _clock(at_us: IntArray, zone: str) -> FloatArray:
    """Return hours on the clock of a zone, from a Monday on."""
    offsets = [datetime.fromtimestamp(at / 1e6, tz=UTC).astimezone(ZoneInfo(zone)).utcoffset() for at in at_us.tolist()]
    shift = np.array([offset.total_seconds() / 3600 if offset else 0.0 for offset in offsets])
    return at_us / HOUR_US + shift + THURSDAY
