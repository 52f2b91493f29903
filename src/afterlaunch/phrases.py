"""Numbers, shares and moments as reports put them: plain text, the same in Python and on the page."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

THIN = "\u202f"  # narrow no-break space: between thousands, and before %
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SPACING = f"{THIN}\u200c\u200d"  # Persian needs the second, many emoji the third
LONGEST_NAME = 40
UNNAMED = "(unnamed)"
MANY = 1000
MOST_DIGITS = 20


class Axis(Protocol):
    """The time axis of a payload: bucket `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC)."""

    @property
    def starts_ms(self) -> Sequence[int]:
        """Where each bucket starts."""
        ...

    @property
    def ends_ms(self) -> Sequence[int]:
        """Where each bucket ends."""
        ...

    @property
    def every(self) -> str | None:
        """The buckets' length: a Polars duration or "1000 rows"; None without time."""
        ...

    @property
    def zone(self) -> str:
        """The zone in which days are cut."""
        ...


def number(value: float) -> str:
    """Return three significant digits, thousands apart.

    >>> [number(x) for x in (0, 0.12345, -12.3, 5.0, 0.5)], number(336776).replace(THIN, "_")
    (['0', '0.123', '-12.3', '5', '0.5'], '336_776')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "unknown"
    if abs(value) >= MANY - 0.5:
        return f"{int(fixed(value, 0)):,}".replace(",", THIN)
    text = fixed(value, min(MOST_DIGITS, max(0, 2 - math.floor(math.log10(abs(value))))))
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(value: float) -> str:
    """Return a share as a percentage; one that is not zero never reads as zero.

    >>> [share(x).replace(THIN, "_") for x in (0, 0.0002, 0.034, 0.36, 1)]
    ['0_%', '<0.1_%', '3.4_%', '36_%', '100_%']
    """
    percent = 100 * value
    if 0 < percent < 0.05:
        return f"<0.1{THIN}%"
    return f"{fixed(percent, 1 if percent < 10 else 0).removesuffix('.0')}{THIN}%"


def fixed(value: float, digits: int) -> str:
    """Return a decimal with that many digits, halves away from zero, as JavaScript's `toFixed` has it."""
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"


def moment(at_ms: int, axis: Axis) -> str:
    """Return a time as the buckets have it: `12 July`, with the hour below a day, the year where there are several."""
    at = local(at_ms, axis.zone)
    first, last = local(axis.starts_ms[0], axis.zone), local(axis.ends_ms[-1] - 1, axis.zone)
    day = f"{at.day} {MONTHS[at.month - 1]}"
    if first.year != last.year:
        day += f" {at.year}"
    return f"{day}, {at.hour:02}:{at.minute:02}" if _below_a_day(axis) else day


def span(window: tuple[int, int], axis: Axis) -> str:
    """Return the half-open bucket range as its first and last moment, both included: `1 January–28 February`."""
    first, last = axis.starts_ms[window[0]], axis.ends_ms[window[1] - 1] - 1
    start, end = moment(first, axis), moment(last, axis)
    return start if start == end else f"{start}–{end}"


def printable(line: str) -> str:
    r"""Return a line in which names from the data command no terminal and turn no text around: escapes show as such.

    >>> print(printable("a\x1b[2Jb\u202e"))
    a\x1b[2Jb\u202e
    """
    return "".join(c if c.isprintable() or c in SPACING else repr(c)[1:-1] for c in line)


def short(name: str) -> str:
    """Return a name on one line, without characters that do not print, cut in the middle when it is long."""
    line = printable(" ".join(name.split())) or UNNAMED
    if len(line) <= LONGEST_NAME:
        return line
    keep = (LONGEST_NAME - 1) // 2
    return f"{line[:keep]}…{line[len(line) - keep :]}"


def local(at_ms: int, zone: str) -> datetime:
    """Return epoch milliseconds as a moment in a zone."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)).astimezone(ZoneInfo(zone))


def iso(at_ms: int, zone: str) -> str:
    """Return epoch milliseconds in ISO 8601 in a zone, without a clock where it is midnight."""
    at = local(at_ms, zone)
    midnight = (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    return at.date().isoformat() if midnight else at.isoformat()


def _below_a_day(axis: Axis) -> bool:
    return axis.every is not None and axis.every.endswith(("h", "m", "s"))  # "1000 rows" too
