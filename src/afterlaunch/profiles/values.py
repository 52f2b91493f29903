"""The number or the category that a row counts as, as a Polars expression: one meaning for counting and for finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from afterlaunch.profiles.plan import ColumnPlan

# A product: the last bit of a Polars quotient depends on the place in the column, and counts must not.
SECONDS = 1e-6  # in a microsecond


def number_of(column: ColumnPlan, dtype: pl.DataType) -> pl.Expr:
    """Return the Float64 value by which an ordered column is binned: seconds for times, characters for text.

    Of another type than the plan's column, what can be read as such is; the rest is NaN.
    """
    value = pl.col(column.name)
    if column.kind == "text":
        return value.cast(pl.String).str.len_chars().cast(pl.Float64)
    if isinstance(dtype, pl.Date | pl.Datetime) != (column.kind == "time") or dtype == pl.String:
        return _read(value, column, dtype)
    if dtype.is_temporal():
        value = _seconds(value, dtype)
    return value.cast(pl.Float64)


def _read(value: pl.Expr, column: ColumnPlan, dtype: pl.DataType) -> pl.Expr:
    """Return strings as numbers or times; NaN for those that are none, and for any other type."""
    read = pl.lit(None, dtype=pl.Float64)
    if dtype == pl.String and column.kind == "time":
        read = _seconds(value.str.to_datetime(time_zone="UTC", strict=False), pl.Datetime("us", "UTC"))
    elif dtype == pl.String:
        read = value.str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(value.is_not_null()).then(read.fill_null(float("nan"))).alias(column.name)


def _seconds(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Duration:
        return value.dt.total_microseconds() * SECONDS
    if dtype == pl.Time:
        return value.cast(pl.Duration("us")).dt.total_microseconds() * SECONDS
    return value.cast(pl.Datetime("us")).dt.epoch("us") * SECONDS


def category_of(column: ColumnPlan, dtype: pl.DataType | None = None) -> pl.Expr:
    """Return the String by which an unordered column is binned; 0 and 1 are "false" and "true" of a boolean one."""
    value = pl.col(column.name)
    if column.kind == "boolean" and dtype is not None and dtype.is_numeric():
        value = (
            pl.when(value.is_in([0, 1])).then(value.cast(pl.Boolean).cast(pl.String)).otherwise(value.cast(pl.String))
        )
    return value.cast(pl.String)
