"""The number or the category that a row counts as, as a Polars expression: one meaning for counting and for finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from afterlaunch.profiles.plan import ColumnPlan

# A product: the last bit of a Polars quotient depends on the place in the column, and counts must not.
SECONDS = 1e-6  # in a microsecond


def number_of(column: ColumnPlan, dtype: pl.DataType) -> pl.Expr:
    """Return the Float64 value by which an ordered column is binned: seconds for times, characters for text."""
    value = pl.col(column.name)
    if column.kind == "text":
        value = value.str.len_chars()
    elif dtype.is_temporal():
        value = _seconds(value, dtype)
    return value.cast(pl.Float64)


def _seconds(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Duration:
        return value.dt.total_microseconds() * SECONDS
    if dtype == pl.Time:
        return value.cast(pl.Duration("us")).dt.total_microseconds() * SECONDS
    return value.cast(pl.Datetime("us")).dt.epoch("us") * SECONDS


def category_of(column: ColumnPlan) -> pl.Expr:
    """Return the String by which an unordered column is binned."""
    return pl.col(column.name).cast(pl.String)
