"""Time columns: what they may be, and how each becomes a datetime in microseconds with a zone.

Datetimes with a zone keep it. Naive datetimes, dates and strings are taken as UTC. Strings are ISO 8601; those with an
offset are instants, read in UTC. Numbers are counted from 1970, their unit told by their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from afterlaunch.errors import BadTime

if TYPE_CHECKING:
    from collections.abc import Callable

Unit: TypeAlias = Literal["seconds", "milliseconds", "microseconds", "nanoseconds"]

UTC = "UTC"
# A unit counts from 1973 (in its own numbers) up to where the next begins.
UNIT_STARTS: tuple[tuple[float, Unit], ...] = (
    (1e17, "nanoseconds"),
    (1e14, "microseconds"),
    (1e11, "milliseconds"),
    (1e8, "seconds"),
)
MICROSECONDS: dict[Unit, int] = {"seconds": 1_000_000, "milliseconds": 1_000, "microseconds": 1}
YEAR_ONE_US = -62_135_596_800_000_000
YEAR_9999_US = 253_402_300_800_000_000
OFFSET = r"[+-]\d{2}:?\d{2}$"
DAYLIGHT_SAVING_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeColumn:
    """How a column is read as time: `expression` is a Datetime in microseconds with `zone`.

    `filled` tells where a value stands, readable or not: a blank string counts as null.
    """

    name: str
    expression: pl.Expr
    filled: pl.Expr
    zone: str
    note: str | None = None


def read_time(sample: pl.Series) -> TimeColumn:
    """Return how a column is read as time, told by its type and a sample; raise `BadTime` where it cannot be."""
    match sample.dtype:
        case pl.Datetime():
            return _from_datetime(sample.name, sample.dtype)
        case pl.Date():
            return _from_date(sample.name)
        case pl.String():
            return _from_strings(sample)
        case dtype if dtype.is_numeric():
            return _from_numbers(sample)
        case dtype:
            raise BadTime(
                f"column {sample.name!r} is {dtype}: a time column holds datetimes, dates, ISO 8601 strings or numbers "
                "of seconds (or milli-, micro-, nanoseconds) since 1970"
            )


def _from_datetime(name: str, dtype: pl.Datetime) -> TimeColumn:
    micro, filled = pl.col(name).dt.cast_time_unit("us"), pl.col(name).is_not_null()
    if dtype.time_zone is None:
        note = f"Times in {name!r} have no zone and are taken as UTC."
        return TimeColumn(name=name, expression=micro.dt.replace_time_zone(UTC), filled=filled, zone=UTC, note=note)
    return TimeColumn(name=name, expression=micro, filled=filled, zone=dtype.time_zone)


def _from_date(name: str) -> TimeColumn:
    midnight = pl.col(name).cast(pl.Datetime("us")).dt.replace_time_zone(UTC)
    note = f"{name!r} holds dates, taken as midnight UTC."
    return TimeColumn(name=name, expression=midnight, filled=pl.col(name).is_not_null(), zone=UTC, note=note)


def _from_numbers(sample: pl.Series) -> TimeColumn:
    values = sample.cast(pl.Float64).drop_nulls().drop_nans().abs()
    values = values.filter(values.is_finite())
    if values.is_empty():
        raise BadTime(f"column {sample.name!r} holds no time: every value seen is null or NaN")
    unit = _unit(sample.name, float(values.median() or 0.0))  # pyright: ignore[reportArgumentType]
    _check_one_unit(sample.name, values.filter(values > 0), unit)
    column = pl.col(sample.name)
    finite = column if sample.dtype.is_integer() else pl.when(column.is_finite()).then(column)
    micro = _to_microseconds(finite, unit, whole=sample.dtype.is_integer())
    expression = micro.cast(pl.Datetime("us")).dt.replace_time_zone(UTC)
    note = f"Numbers in {sample.name!r} are read as {unit} since 1970 (UTC), told by their size."
    return TimeColumn(name=sample.name, expression=expression, filled=finite.is_not_null(), zone=UTC, note=note)


def _to_microseconds(numbers: pl.Expr, unit: Unit, *, whole: bool) -> pl.Expr:
    if unit == "nanoseconds":
        return numbers.cast(pl.Int64, strict=False) // 1_000
    factor = MICROSECONDS[unit]
    return (
        (numbers.cast(pl.Int64, strict=False) * factor)
        if whole
        else (numbers * factor).round().cast(pl.Int64, strict=False)
    )


def _unit(name: str, size: float) -> Unit:
    for start, unit in UNIT_STARTS:
        if size >= start:
            return unit
    raise BadTime(
        f"column {name!r} holds numbers such as {size:.6g}, too small for seconds since 1970: "
        "pass datetimes, or leave `time` out if rows have no time"
    )


def _check_one_unit(name: str, sizes: pl.Series, unit: Unit) -> None:
    low, high = float(sizes.min()), float(sizes.max())  # pyright: ignore[reportArgumentType]
    for size in (low, high):
        other = next((word for start, word in UNIT_STARTS if size >= start), None)
        if other not in (unit, None):
            raise BadTime(f"column {name!r} mixes units: most numbers are {unit} since 1970, {size:.0f} is {other}")


def _clean(column: pl.Expr) -> pl.Expr:
    """Write a time the one way that is parsed: a T before the hour, an offset with minutes."""
    text = column.str.strip_chars().str.replace(r"^(\d{4}-\d\d-\d\d) +", "${1}T")
    return text.str.replace(r"([zZ]| *UTC)$", "+00:00").str.replace(r"(T.*[+-]\d\d)$", "${1}:00")


def _naive(shape: str) -> Callable[[pl.Expr], pl.Expr]:
    def parse(text: pl.Expr) -> pl.Expr:
        return text.str.to_datetime(shape, time_unit="us", strict=False).dt.replace_time_zone(UTC)

    return parse


def _zoned(shape: str) -> Callable[[pl.Expr], pl.Expr]:
    def parse(text: pl.Expr) -> pl.Expr:
        return text.str.to_datetime(shape, time_unit="us", strict=False, time_zone=UTC)

    return parse


def _day(text: pl.Expr) -> pl.Expr:
    return text.str.to_date("%Y-%m-%d", strict=False).cast(pl.Datetime("us")).dt.replace_time_zone(UTC)


NAIVE = (_naive("%Y-%m-%dT%H:%M:%S%.f"), _naive("%Y-%m-%dT%H:%M"), _day)
ZONED = (_zoned("%Y-%m-%dT%H:%M:%S%.f%z"), _zoned("%Y-%m-%dT%H:%M%z"))


def _from_strings(sample: pl.Series) -> TimeColumn:
    text = sample.to_frame().select(_clean(pl.col(sample.name))).to_series()
    text = text.filter(text.is_not_null() & (text != ""))
    if text.is_empty():
        raise BadTime(f"column {sample.name!r} holds no time: every value seen is null or empty")
    offsets = text.str.extract(f"T.*({OFFSET})", 1)
    if 0 < offsets.null_count() < len(text):
        raise _mixed_zones(sample.name, "times with an offset and times without one")
    zoned = offsets.null_count() == 0
    if zoned:
        _check_one_zone(sample.name, offsets.unique().sort().to_list())
    parsers = _parsers_needed(text, ZONED if zoned else NAIVE)
    blank_is_null = _clean(pl.col(sample.name)).replace("", None)
    parsed = pl.coalesce([parse(blank_is_null) for parse in parsers])
    note = "are instants, shown and cut in UTC" if zoned else "have no zone and are taken as UTC"
    note = f"Times in {sample.name!r} are ISO 8601 strings; they {note}."
    return TimeColumn(name=sample.name, expression=parsed, filled=blank_is_null.is_not_null(), zone=UTC, note=note)


def _mixed_zones(name: str, what: str) -> BadTime:
    return BadTime(f"column {name!r} mixes zones: {what}; convert it to one zone, such as UTC")


def _check_one_zone(name: str, offsets: list[str]) -> None:
    """Raise `BadTime` where offsets lie further apart than daylight saving puts them."""
    minutes = [_minutes(offset) for offset in offsets]
    if max(minutes) - min(minutes) > DAYLIGHT_SAVING_MINUTES:
        raise _mixed_zones(name, f"offsets {', '.join(offsets[:5])}")


def _minutes(offset: str) -> int:
    digits = offset[1:].replace(":", "")
    size = int(digits[:2]) * 60 + int(digits[2:])
    return -size if offset[0] == "-" else size


def _parsers_needed(
    text: pl.Series, known: tuple[Callable[[pl.Expr], pl.Expr], ...]
) -> list[Callable[[pl.Expr], pl.Expr]]:
    """Return those of the known shapes that the sample has; the first, if it has none: its failures are reported."""
    frame = text.to_frame("text")
    parsed = frame.select(parse(pl.col("text")).alias(str(place)) for place, parse in enumerate(known))
    return [parse for place, parse in enumerate(known) if parsed[str(place)].count()] or [known[0]]
