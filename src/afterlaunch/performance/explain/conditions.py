"""Conditions on columns that cut rows into slices, in words and as Polars expressions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.performance.explain.payload import Condition
from afterlaunch.phrases import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

FEW = 20  # rows of one window: what fewer have is not told to others
MOST_CELLS = 6  # of a numeric column
MOST_VALUES = 20  # of a categorical one; rarer values are no slices of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A column cut into cells: `code` (n,) is each row's cell, from 0 on; -1 where it lies in none."""

    code: IntArray
    conditions: tuple[Condition, ...]


def cut_column(name: str, kind: str, x: FloatArray, categories: tuple[str, ...] | None, is_current: BoolArray) -> Cut:
    """Return a column (n,) cut into cells: at quantiles of all rows, or by its more frequent values."""
    if categories is not None:
        return _by_value(name, x, categories)
    if kind == "boolean":
        flags = tuple(_condition(name, "flag", value=value, words=f"{name} is {value}") for value in ("false", "true"))
        return _with_missing(name, x, np.nan_to_num(x).astype(np.int64), flags)
    return _by_range(name, x, is_current)


def _by_value(name: str, x: FloatArray, categories: tuple[str, ...]) -> Cut:
    kept = categories[:MOST_VALUES]
    code = np.where(np.nan_to_num(x, nan=-1) < len(kept), np.nan_to_num(x, nan=-1), -1).astype(np.int64)
    values = tuple(_condition(name, "value", value=value, words=f"{name} is {short(value)}") for value in kept)
    return _with_missing(name, x, code, values)


def _by_range(name: str, x: FloatArray, is_current: BoolArray) -> Cut:
    known = [x[side & ~np.isnan(x)] for side in (is_current, ~is_current)]
    both = np.concatenate(
        [side[np.linspace(0, len(side) - 1, 4_000).astype(int)] for side in known if len(side)] or [np.zeros(0)]
    )
    whole = bool(len(both)) and bool((both == np.round(both)).all())
    edges = np.quantile(both, np.arange(1, MOST_CELLS) / MOST_CELLS) if len(both) else np.zeros(0)
    edges = np.unique([float(f"{edge:.4g}") for edge in edges])
    if whole:
        edges = np.unique(np.ceil(edges))
    ends = [None, *edges.tolist(), None]
    ranges = tuple(
        _condition(name, "range", low=low, high=high, words=f"{name} {_range_words(low, high, whole=whole)}")
        for low, high in pairwise(ends)
    )
    return _with_missing(name, x, np.searchsorted(edges, x, side="right").astype(np.int64), ranges)


def _with_missing(name: str, x: FloatArray, code: IntArray, conditions: tuple[Condition, ...]) -> Cut:
    gone = np.isnan(x)
    if not gone.any():
        return Cut(code=code, conditions=conditions)
    missing = _condition(name, "missing", words=f"{name} is missing")
    return Cut(code=np.where(gone, len(conditions), code), conditions=(*conditions, missing))


def _condition(  # noqa: PLR0913 - the fields of a condition
    column: str,
    kind: str,
    *,
    words: str,
    low: float | None = None,
    high: float | None = None,
    value: str | None = None,
) -> Condition:
    return Condition(column=column, kind=kind, low=low, high=high, value=value, words=words)  # pyright: ignore[reportArgumentType]


def _range_words(low: float | None, high: float | None, *, whole: bool) -> str:
    if low is None:
        return "is known" if high is None else f"< {plain(high)}"
    if high is None:
        return f"≥ {plain(low)}"
    if not whole:
        return f"{plain(low)} to below {plain(high)}"
    return f"is {plain(low)}" if high - 1 == low else f"{plain(low)}–{plain(high - 1)}"


def expression_of(conditions: Sequence[Condition]) -> pl.Expr:
    """Return the rows that meet all conditions."""
    return pl.all_horizontal([_expression(condition) for condition in conditions])


def _expression(condition: Condition) -> pl.Expr:
    column = pl.col(condition.column)
    match condition.kind:
        case "missing":
            return column.is_null() | ~column.cast(pl.Float64, strict=False).is_finite().fill_null(value=True)
        case "value":
            return column.cast(pl.String) == condition.value
        case "flag":
            return column if condition.value == "true" else ~column
        case "range":
            ends = [] if condition.low is None else [column >= condition.low]
            ends += [] if condition.high is None else [column < condition.high]
            return pl.all_horizontal([*ends, column.cast(pl.Float64).is_finite()])


def code_of(conditions: Sequence[Condition]) -> str:
    """Return the same as Polars code."""
    return " & ".join(map(_code, conditions))


def _code(condition: Condition) -> str:
    column = f"pl.col({condition.column!r})"
    match condition.kind:
        case "missing":
            return f"{column}.is_null()"
        case "value":
            return f"({column} == {condition.value!r})"
        case "flag":
            return column if condition.value == "true" else f"~{column}"
        case "range":
            ends = ((">=", condition.low), ("<", condition.high))
            parts = [f"({column} {sign} {plain(end)})" for sign, end in ends if end is not None]
            return " & ".join(parts) or f"{column}.is_not_null()"


def plain(value: float) -> str:
    """Return a number as short as it can be read back.

    >>> plain(17.0), plain(29.92)
    ('17', '29.92')
    """
    return str(int(value) if value == int(value) else value)
