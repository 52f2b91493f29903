"""The words of a drift report, from the payload alone; the panel speaks the same, held to one golden file."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.drift.payload import Buckets, Judgement

THIN = "\u202f"  # narrow no-break space: between thousands, and before %
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NEEDS = {
    "values": "values on both sides",
    "season": "a reference that covers the same seasons",
    "longer_reference": "a longer reference, or last year's period",
    "more_rows": "more rows",
}
NOT_COMPARED = ": not compared"  # ends the note on a column that only one side has
LONGEST_NAME = 40
MANY = 1000
MOST_DIGITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the sentence says of one column: its judgement, how much it matters; when that began and why, if known."""

    name: str
    judgement: Judgement
    importance: float | None = None
    onset_ms: int | None = None
    cause: str | None = None


def number(value: float) -> str:
    """Return three significant digits, thousands apart.

    >>> [number(x) for x in (0, 0.12345, -12.3, 5.0, 0.5)], number(336776).replace(THIN, "_")
    (['0', '0.123', '-12.3', '5', '0.5'], '336_776')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "unknown"
    if abs(value) >= MANY - 0.5:
        return f"{int(_fixed(value, 0)):,}".replace(",", THIN)
    text = _fixed(value, min(MOST_DIGITS, max(0, 2 - math.floor(math.log10(abs(value))))))
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(value: float) -> str:
    """Return a share as a percentage; one that is not zero never reads as zero.

    >>> [share(x).replace(THIN, "_") for x in (0, 0.0002, 0.034, 0.36, 1)]
    ['0_%', '<0.1_%', '3.4_%', '36_%', '100_%']
    """
    percent = 100 * value
    if 0 < percent < 0.05:
        return f"<0.1{THIN}%"
    return f"{_fixed(percent, 1 if percent < 10 else 0).removesuffix('.0')}{THIN}%"


def _fixed(value: float, digits: int) -> str:
    """Return a decimal with that many digits, halves away from zero, as JavaScript's `toFixed` has it."""
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"


def moment(at_ms: int, buckets: Buckets) -> str:
    """Return a time as the buckets have it: `12 July`, with the hour below a day, the year where there are several."""
    at = local(at_ms, buckets.zone)
    first, last = local(buckets.starts_ms[0], buckets.zone), local(buckets.ends_ms[-1] - 1, buckets.zone)
    day = f"{at.day} {MONTHS[at.month - 1]}"
    if first.year != last.year:
        day += f" {at.year}"
    return f"{day}, {at.hour:02}:{at.minute:02}" if _below_a_day(buckets) else day


def span(window: tuple[int, int], buckets: Buckets) -> str:
    """Return the half-open bucket range as its first and last moment, both included: `1 January–28 February`."""
    first, last = buckets.starts_ms[window[0]], buckets.ends_ms[window[1] - 1] - 1
    start, end = moment(first, buckets), moment(last, buckets)
    return start if start == end else f"{start}–{end}"


def short(name: str) -> str:
    """Return a name on one line, cut in the middle when it is long."""
    line = " ".join(name.split())
    if len(line) <= LONGEST_NAME:
        return line
    keep = (LONGEST_NAME - 1) // 2
    return f"{line[:keep]}…{line[len(line) - keep :]}"


def sentence(columns: Sequence[Said], buckets: Buckets, *, against: str | None = None) -> str:
    """Return the verdict in one sentence; `against` names a reference that nobody chose."""
    tail = f", against {against}" if against else ""
    drifted = by_weight([c for c in columns if c.judgement.verdict == "drifted"])
    said = f"{_drifted(drifted, len(columns), buckets)}{tail}." if drifted else _none_drifted(columns, tail)
    faults = by_weight([c for c in columns if c.cause and c.judgement.verdict != "drifted"])
    return f"{said} {_fault(faults[0], buckets)}" if faults else said


def _none_drifted(columns: Sequence[Said], tail: str) -> str:
    unsure = sum(c.judgement.verdict == "cannot_tell" for c in columns)
    if unsure == 0:
        return f"{_all(len(columns))} stable{tail}."
    if unsure == len(columns):
        return f"Cannot tell whether {_columns(unsure)} drifted{tail}."
    return f"No column drifted; {unsure} of {len(columns)} cannot be told{tail}."


def evidence(
    columns: Sequence[Said], buckets: Buckets, *, alarm_rate: float, min_effect: float, measure: str = "effect"
) -> str:
    """Return how sure the verdict is, in one line."""
    level = f"Chance of any false alarm here: at most {share(alarm_rate)}"
    timeless = buckets.every is None and len(buckets.starts_ms) == 2
    parts = [f"{level}, taking rows as independent." if timeless else f"{level}."]
    unsure = [c.judgement.needs for c in columns if c.judgement.verdict == "cannot_tell"]
    if unsure:
        wanted = Counter(need for need in unsure if need).most_common(1)
        parts.append(f"{len(unsure)} cannot tell{f': {wanted[0][0]}' if wanted else ''}.")
    usual = sum(large_but_usual(c.judgement, min_effect=min_effect, measure=measure) for c in columns)
    if usual:
        parts.append(f"{usual} large but usual.")
    return " ".join(parts)


def large_but_usual(judgement: Judgement, *, min_effect: float, measure: str = "effect") -> bool:
    """Whether a stable column moved more than matters, yet no more than it does by itself."""
    value = getattr(judgement, measure)
    return judgement.verdict == "stable" and value is not None and value >= min_effect


def by_weight(columns: Sequence[Said]) -> list[Said]:
    """Return the columns, what matters most first: by effect times importance, ties in the order given."""
    return sorted(columns, key=lambda c: -weight(c.judgement.effect, c.importance))


def weight(effect: float | None, importance: float | None) -> float:
    """Return what a column is ranked by."""
    return (effect or 0.0) * (1.0 if importance is None else importance)


def _drifted(drifted: Sequence[Said], n_columns: int, buckets: Buckets) -> str:
    first = drifted[0]
    since = f", since {moment(first.onset_ms, buckets)}" if first.onset_ms is not None else ""
    since += f" ({_brief(first.cause)})" if first.cause else ""
    if len(drifted) == 1:
        return f"1 of {_columns(n_columns)} drifted: {short(first.name)}{since}"
    return f"{len(drifted)} of {_columns(n_columns)} drifted; {short(first.name)} matters most{since}"


def _fault(column: Said, buckets: Buckets) -> str:
    """Return the sentence on a fault that stands out although its column's drift is not sure."""
    since = f" since {moment(column.onset_ms, buckets)}" if column.onset_ms is not None else ""
    return f"But {short(column.name)} has a fault{since}: {_brief(column.cause or '')}."


def _brief(cause: str) -> str:
    """Return what happened, without its evidence."""
    return cause.split(":", maxsplit=1)[0]


def _all(n: int) -> str:
    return {1: "The one column is", 2: "Both columns are"}.get(n, f"All {n} columns are")


def _columns(n: int) -> str:
    return "1 column" if n == 1 else f"{n} columns"


def local(at_ms: int, zone: str) -> datetime:
    """Return epoch milliseconds as a moment in a zone."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)).astimezone(ZoneInfo(zone))


def _below_a_day(buckets: Buckets) -> bool:
    return buckets.every is not None and buckets.every.endswith(("h", "m", "s"))  # "1000 rows" too
