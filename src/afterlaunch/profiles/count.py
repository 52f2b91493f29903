"""The counting kernel: columns of values and their buckets in, exact integer counts out.

An ordered value finds its bin through a table: scaled to 2**20 steps between the clip quantiles, which the sums need
anyway, its high bits name one of 65,537 cells, and a cell without an edge lies in one bin. Values in the other cells
are searched among the edges. Scaling is monotone, also after rounding, so the counts are those of a search for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.profiles.plan import SPECIALS

if TYPE_CHECKING:
    from afterlaunch.profiles.buckets import Buckets
    from afterlaunch.profiles.plan import ColumnPlan, FloatArray, IntArray

CHUNK = 1 << 15  # values at a time: all buffers stay in the second-level cache
BLOCK = 1 << 20  # values between two additions to the counts
STEPS = 1 << 20  # sums are kept in this fraction of the clip range
NULL, NAN, INFINITE, UNSEEN = range(len(SPECIALS))
_SHIFT = 4
_SEARCH = -1  # in the table: this cell holds an edge


@dataclass(frozen=True, slots=True)
class Counted:
    """One column's counts, shape (D, n_bins + 4), and fixed-point sums, shape (D,); no sums where unordered."""

    counts: IntArray
    sums: IntArray | None


def count_numbers(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> Counted:
    """Return the counts of Float64 `values`, one a row."""
    numbers = values.to_numpy()  # nulls become NaN, and are told apart at the end
    binner = Binner(column)
    counts = np.zeros((buckets.n, column.n_bins + len(SPECIALS)), np.int64)
    sums = np.zeros(buckets.n)
    cells = np.empty(min(BLOCK, numbers.size), np.int64)
    for block in range(0, numbers.size, BLOCK):
        end = min(block + BLOCK, numbers.size)
        for start in range(block, end, CHUNK):
            rows = slice(start, min(start + CHUNK, end))
            steps = binner.bin(numbers[rows], cells[rows.start - block : rows.stop - block])
            buckets.add_sums(sums, steps, rows)
        buckets.add_counts(counts, cells[: end - block], slice(block, end))
    _move_nulls(counts, values, buckets, source=column.n_bins + NAN, target=column.n_bins + NULL)
    return Counted(counts, sums.astype(np.int64))


def count_categories(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> Counted:
    """Return the counts of String `values`, one a row."""
    known = (*column.categories, *column.rare)
    unseen = column.n_bins + UNSEEN
    cell_of = np.full(len(known) + 1, column.n_bins - 1)
    cell_of[: len(column.categories)] = np.arange(len(column.categories))
    cell_of[-1] = unseen
    codes = values.cast(pl.Enum(known), strict=False).to_physical().cast(pl.UInt32).fill_null(len(known)).to_numpy()
    counts = np.zeros((buckets.n, column.n_bins + len(SPECIALS)), np.int64)
    for start in range(0, codes.size, BLOCK):
        rows = slice(start, min(start + BLOCK, codes.size))
        buckets.add_counts(counts, cell_of[codes[rows]], rows)
    _move_nulls(counts, values, buckets, source=unseen, target=column.n_bins + NULL)
    return Counted(counts, None)


class Binner:
    """One ordered column's table from value to bin."""

    def __init__(self, column: ColumnPlan) -> None:
        """Build the table, if the clip range is wide enough to be cut."""
        self._edges = column.edges
        self._n_bins = column.n_bins
        self._low = column.low
        with np.errstate(over="ignore", divide="ignore"):
            factor = np.float64(STEPS) / (np.float64(column.high) - column.low)
        self._factor = float(factor) if np.isfinite(factor) else 0.0
        holding = self._steps(self._edges).astype(np.int32) >> _SHIFT
        n_cells = np.diff(holding, prepend=-1, append=STEPS >> _SHIFT)
        self._table = np.repeat(np.arange(column.n_bins, dtype=np.int16), n_cells)
        self._table[holding] = _SEARCH

    def bin(self, values: FloatArray, out: IntArray) -> FloatArray:
        """Write the cell of each value to `out` and return its whole steps from the low end, 0 where not finite."""
        finite = np.isfinite(values)
        if finite.all():
            return self._bin_finite(values, out)
        steps = self._bin_finite(np.where(finite, values, self._low), out)
        out[~finite] = self._n_bins + np.where(np.isnan(values[~finite]), NAN, INFINITE)
        return steps * finite

    def _bin_finite(self, values: FloatArray, out: IntArray) -> FloatArray:
        steps = self._steps(values)
        bins = self._table.take(steps.astype(np.int32) >> _SHIFT)
        unsure = np.flatnonzero(bins == _SEARCH)
        bins[unsure] = np.searchsorted(self._edges, values[unsure], side="right")
        out[:] = bins
        return steps

    def _steps(self, values: FloatArray) -> FloatArray:
        if self._factor == 0.0:  # a constant reference: one cell, searched if it holds an edge
            return np.zeros(values.size)
        with np.errstate(over="ignore"):
            steps = values - self._low
            steps *= self._factor
        np.clip(steps, 0, STEPS, out=steps)
        return np.rint(steps, out=steps)


def _move_nulls(counts: IntArray, values: pl.Series, buckets: Buckets, *, source: int, target: int) -> None:
    if values.null_count():
        nulls = buckets.count(values.is_null().to_numpy())
        counts[:, source] -= nulls
        counts[:, target] += nulls
