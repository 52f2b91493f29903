"""Windows of time and lengths of buckets, as users write them."""

from __future__ import annotations

import re
import reprlib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import numpy as np

from afterlaunch.errors import BadTime

if TYPE_CHECKING:
    from collections.abc import Sequence

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EVERY = re.compile(r"[1-9]\d{0,5}(s|m|h|d|w|mo|q|y)")


def parse_window(window: object, zone: str) -> tuple[datetime, datetime]:
    """Return the half-open window `(start, end)` as datetimes in `zone`.

    Each end is a datetime, a date (its midnight) or an ISO 8601 string; without an offset it is taken in `zone`. Raises
    `BadTime` where it is not a pair, an end cannot be read, or the end is not after the start.

    >>> parse_window(("2013-01-01", "2013-03-01"), "UTC")[1].isoformat()
    '2013-03-01T00:00:00+00:00'
    """
    if not _is_pair(window):
        raise BadTime(f"a window is a pair (start, end), not {_brief(window)}: write ('2013-01-01', '2013-03-01')")
    start, end = (_moment(moment, zone) for moment in cast("Sequence[object]", window))
    if end <= start:
        raise BadTime(f"the window ends at {end.isoformat()}, not after its start {start.isoformat()}: swap them")
    return start, end


def is_window(value: object) -> bool:
    """Whether a value is a pair of moments, not data: a tuple of two, or a list of two dates or ISO strings.

    Raises `BadTime` where it is but one moment.

    >>> is_window(["2013-01-01", "2013-03-01"]), is_window(["jan.parquet", "feb.parquet"])
    (True, False)
    """
    if isinstance(value, list):
        ends = cast("list[object]", value)
        return len(ends) == 2 and all(isinstance(end, date) or _is_iso(end) for end in ends)
    if isinstance(value, date) or _is_iso(value):
        raise BadTime(f"{value!r} is one moment: a window is a pair, such as ('2013-01-01', '2013-03-01')")
    return isinstance(value, tuple)


def _is_iso(value: object) -> bool:
    return isinstance(value, str) and _datetime(value) is not None and not Path(value).exists()


def _is_pair(value: object) -> bool:
    return isinstance(value, list | tuple) and len(cast("Sequence[object]", value)) == 2


def _brief(value: object) -> str:
    """Return a value's text on one line, cut where it is long, as that of a table is."""
    return " ".join(reprlib.repr(value).split())


def moment_at(microseconds: int) -> datetime:
    """Return epoch microseconds as a moment in UTC.

    >>> moment_at(1_500_000).isoformat()
    '1970-01-01T00:00:01.500000+00:00'
    """
    return EPOCH + timedelta(microseconds=microseconds)


def microseconds_at(moment: datetime) -> int:
    """Return a moment in epoch microseconds.

    >>> microseconds_at(moment_at(1_500_000))
    1500000
    """
    return (moment - EPOCH) // timedelta(microseconds=1)


def _moment(moment: object, zone: str) -> datetime:
    found = _datetime(moment)
    if found is None:
        raise BadTime(f"{moment!r} is not a time: write a datetime, a date or an ISO string such as '2013-01-31T06:00'")
    home = ZoneInfo(zone)
    try:
        there = found.replace(tzinfo=home) if found.tzinfo is None else found
        return there.astimezone(UTC).astimezone(home)  # by way of UTC: an hour that daylight saving skips is moved on
    except OverflowError as failure:
        raise BadTime(f"{moment!r} lies outside the years 1 to 9999") from failure


def _datetime(moment: object) -> datetime | None:
    if isinstance(moment, np.datetime64):
        moment = moment.astype("datetime64[us]").item()
    if isinstance(moment, str):
        try:
            return datetime.fromisoformat(moment.strip())
        except ValueError:
            return None
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time()) if isinstance(moment, date) else None


def check_every(every: object) -> str | int:
    """Return `every`, a bucket length: a Polars duration of one unit or a number of rows; else raise `BadTime`.

    >>> check_every("6h")
    '6h'
    """
    if isinstance(every, int) and not isinstance(every, bool) and every > 0:
        return every
    if isinstance(every, str) and is_duration(every):
        return every
    raise BadTime(f"every={every!r} is no bucket length: write '1h', '1d', '1w', '1mo' or a number of rows")


def is_duration(value: object) -> bool:
    """Whether a value is a Polars duration of one unit, such as "28d"."""
    return isinstance(value, str) and EVERY.fullmatch(value) is not None
