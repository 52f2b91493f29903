"""Columns cut into cells, where the loss differs: what slices are made of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.edges.conditions import in_range, is_missing, is_value
from afterlaunch.stats.crosstabs import Codes, as_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.edges.payload import Condition
    from afterlaunch.logs import LogColumn
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

CELLS = 8  # of a numeric column, at most
ALIKE = 2.0  # standard errors by which the mean losses of two neighbouring cells must differ to be kept apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Rows as codes, and the condition behind every code of every column; None for pooled rare categories."""

    codes: Codes
    columns: tuple[str, ...]
    conditions: tuple[tuple[Condition | None, ...], ...]

    def tell(self, cells: Sequence[tuple[int, int]]) -> tuple[Condition, ...] | None:
        """Return what (column, code) pairs mean; None where one of them has no name."""
        told = [self.conditions[column][code] for column, code in cells]
        known = [condition for condition in told if condition is not None]
        return tuple(known) if len(known) == len(told) else None


def cut_columns(  # noqa: PLR0913 - rows for two purposes
    frame: pl.DataFrame,
    columns: Sequence[LogColumn],
    value: FloatArray,
    *,
    known: BoolArray,
    learn: BoolArray,
    min_rows: int,
) -> Cut:
    """Return all rows of `frame` as codes.

    Numbers are cut at quantiles of the rows `known` (n,), the reference's, into 8 cells at most, at short decimals;
    neighbouring cells are merged while the mean `value` (n,) of the rows `learn` (n,) does not differ. Categories with
    fewer than `min_rows` rows among the ones to learn on are pooled. Missing values are a cell of their own.
    """
    parts = [
        _cut_numbers(frame[column.name], value, known, learn)
        if column.kind == "numeric"
        else _cut_categories(frame[column.name], learn, min_rows)
        for column in columns
    ]
    kept = [place for place, (_, conditions) in enumerate(parts) if len(conditions) > 1]
    return Cut(
        codes=as_codes([parts[place][0] for place in kept]),
        columns=tuple(columns[place].name for place in kept),
        conditions=tuple(parts[place][1] for place in kept),
    )


def _cut_numbers(
    values: pl.Series, value: FloatArray, known: BoolArray, learn: BoolArray
) -> tuple[IntArray, tuple[Condition | None, ...]]:
    x = numbers_of(values)
    whole = values.dtype.is_integer() or _is_whole(x)
    edges = quantile_edges(x[known & ~np.isnan(x)], whole=whole)
    present = ~np.isnan(x)
    edges = merge_alike(x[learn & present], value[learn & present], edges)
    codes = np.where(present, np.searchsorted(edges, x, side="right"), len(edges) + 1)
    bounds = [None, *edges.tolist(), None]
    conditions: list[Condition | None] = [
        in_range(values.name, low, high, whole=whole) for low, high in pairwise(bounds)
    ]
    if not present.all():
        conditions.append(is_missing(values.name))
    return codes.astype(np.int64), tuple(conditions)


def numbers_of(values: pl.Series) -> FloatArray:
    """Return a column's numbers, NaN where there is none."""
    x = values.cast(pl.Float64).to_numpy().astype(np.float64)
    return np.where(np.isfinite(x), x, np.nan)


def _is_whole(x: FloatArray) -> bool:
    present = x[~np.isnan(x)]
    return bool(len(present)) and bool(np.all(present == np.rint(present)))


def quantile_edges(x: FloatArray, *, whole: bool) -> FloatArray:
    """Return at most 7 edges that cut `x` into about equal cells, each the shortest decimal between its neighbours."""
    if not len(x):
        return np.zeros(0)
    ordered = np.unique(np.quantile(x, np.arange(1, CELLS) / CELLS, method="higher")).astype(np.float64)
    distinct = np.unique(x)
    edges: list[float] = []
    for edge in map(float, ordered):
        place = int(np.searchsorted(distinct, edge))
        if place > 0:
            edges.append(edge if whole else shortest_between(float(distinct[place - 1]), edge))
    return np.unique(np.array(edges, dtype=np.float64))


def shortest_between(low: float, high: float) -> float:
    """Return the shortest decimal above `low` and up to `high`.

    >>> shortest_between(29.917, 30.024), shortest_between(0.0, 1.0)
    (30.0, 1.0)
    """
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        return high
    digits = int(-np.ceil(np.log10(high - low)))
    while True:
        rounded = round(np.floor(high * 10.0**digits) / 10.0**digits, max(digits, 0))
        if low < rounded <= high:
            return float(rounded)
        digits += 1
        if digits > 15:
            return high


def merge_alike(x: FloatArray, value: FloatArray, edges: FloatArray) -> FloatArray:
    """Return the edges at which the mean `value` of rows `x` (n,) differs from one cell to the next."""
    kept = edges.tolist()
    code = np.searchsorted(edges, x, side="right")
    n = np.bincount(code, minlength=len(kept) + 1).astype(np.float64).tolist()
    total = np.bincount(code, weights=value, minlength=len(kept) + 1).tolist()
    variance = float(value.var()) if len(value) else 0.0
    while kept:
        apart = [_apart(n[i], total[i], n[i + 1], total[i + 1], variance) for i in range(len(kept))]
        least = int(np.argmin(apart))
        if apart[least] >= ALIKE:
            break
        n[least : least + 2] = [n[least] + n[least + 1]]
        total[least : least + 2] = [total[least] + total[least + 1]]
        del kept[least]
    return np.array(kept, dtype=np.float64)


def _apart(n: float, total: float, n_next: float, total_next: float, variance: float) -> float:
    """Return by how many standard errors the means of two cells differ."""
    if min(n, n_next) == 0 or variance == 0:
        return 0.0
    return abs(total / n - total_next / n_next) / float(np.sqrt(variance * (1 / n + 1 / n_next)))


def _cut_categories(
    values: pl.Series, learn: BoolArray, min_rows: int
) -> tuple[IntArray, tuple[Condition | None, ...]]:
    flag = values.dtype == pl.Boolean
    text = values.cast(pl.String)
    counts = text.filter(pl.Series(learn)).drop_nulls().value_counts()
    name, count = counts.columns
    kept = counts.filter(pl.col(count) >= min_rows).sort([count, name], descending=[True, False])[name].to_list()
    gone = text.is_null().to_numpy()
    codes = text.replace_strict(kept, list(range(len(kept))), default=len(kept), return_dtype=pl.Int64).to_numpy()
    conditions: list[Condition | None] = [is_value(values.name, one, flag=flag) for one in kept]
    conditions.append(None)  # what is pooled
    if gone.any():
        conditions.append(is_missing(values.name))
    return np.where(gone, len(kept) + 1, codes).astype(np.int64), tuple(conditions)
