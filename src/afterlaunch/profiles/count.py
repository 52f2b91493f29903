"""The counting kernel: arrays of values and buckets in, exact integer counts out.

An ordered value finds its bin through a table: scaled to 2**20 steps between the clip quantiles, which the sums need
anyway, its high bits name one of 32,768 cells, and a cell without an edge lies in one bin. Values in the other cells
are searched among the edges. Scaling is monotone, also after rounding, so the counts are those of a search for all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from afterlaunch.profiles.plan import SPECIALS, ColumnPlan, FloatArray, IntArray

CHUNK = 32_768  # values at a time: all buffers stay in the second-level cache
STEPS = 1 << 20  # sums are kept in this fraction of the clip range
_SHIFT = 5
_SEARCH = -1  # in the table: this cell holds an edge
N_SPECIALS = len(SPECIALS)
NULL, NAN, INFINITE, UNSEEN = range(N_SPECIALS)


@dataclass(frozen=True, slots=True)
class Counted:
    """One column's counts, shape (D, n_bins + 4), and fixed-point sums, shape (D,); no sums where unordered."""

    counts: IntArray
    sums: IntArray | None


def count_numbers(values: pl.Series, buckets: IntArray, n_buckets: int, column: ColumnPlan) -> Counted:
    """Return the counts of Float64 `values`, row i being in bucket `buckets[i]`."""
    numbers = values.to_numpy()  # nulls become NaN and are told apart below
    cells = np.empty(numbers.size, np.int64)
    sums = np.zeros(n_buckets)
    with np.errstate(over="ignore", invalid="ignore"):
        binner = Binner(column)
        for start in range(0, numbers.size, CHUNK):
            part = slice(start, start + CHUNK)
            steps = binner.bin(numbers[part], cells[part])
            if steps is not None:
                # Whole numbers below 2**53, so the floating-point sum is exact in any order.
                sums += np.bincount(buckets[part], steps, n_buckets)
    counts = _count_cells(cells, buckets, n_buckets, column)
    _move_nulls(counts, values, buckets, source=column.n_bins + NAN, target=column.n_bins + NULL)
    return Counted(counts, sums.astype(np.int64))


def count_categories(values: pl.Series, buckets: IntArray, n_buckets: int, column: ColumnPlan) -> Counted:
    """Return the counts of String `values`, row i being in bucket `buckets[i]`."""
    known = (*column.categories, *column.rare)
    unseen = column.n_bins + UNSEEN
    codes = values.cast(pl.Enum(known), strict=False).to_physical().cast(pl.UInt32).fill_null(len(known)).to_numpy()
    cell_of = np.array([*range(len(column.categories)), *([column.n_bins - 1] * len(column.rare)), unseen], np.int64)
    counts = _count_cells(cell_of[codes], buckets, n_buckets, column)
    _move_nulls(counts, values, buckets, source=unseen, target=column.n_bins + NULL)
    return Counted(counts, None)


class Binner:
    """One ordered column's table from value to bin."""

    def __init__(self, column: ColumnPlan) -> None:
        """Build the table."""
        self._edges = column.edges
        self._n_bins = column.n_bins
        self._low = column.low
        width = column.high - column.low
        self._factor = STEPS / width if width > 0 else 0.0
        self._has_table = np.isfinite(self._factor) and self._factor > 0
        if self._has_table:
            edge_cells = self._steps(self._edges).astype(np.int32) >> _SHIFT
            n_edges = np.bincount(edge_cells, minlength=(STEPS >> _SHIFT) + 1)
            self._table = np.where(n_edges, _SEARCH, np.cumsum(n_edges)).astype(np.int16)

    def bin(self, values: FloatArray, out: IntArray) -> FloatArray | None:
        """Write the cell of each value to `out` and return its steps from the low end, 0 where it is not finite."""
        finite = np.isfinite(values)
        if finite.all():
            return self._bin_finite(values, out)
        steps = self._bin_finite(np.where(finite, values, self._low), out)
        out[~finite] = self._n_bins + np.where(np.isnan(values[~finite]), NAN, INFINITE)
        return steps if steps is None else steps * finite

    def _bin_finite(self, values: FloatArray, out: IntArray) -> FloatArray | None:
        if not self._has_table:
            out[:] = np.searchsorted(self._edges, values, side="right")
            return None
        steps = self._steps(values)
        bins = self._table[steps.astype(np.int32) >> _SHIFT]
        unsure = np.flatnonzero(bins == _SEARCH)
        bins[unsure] = np.searchsorted(self._edges, values[unsure], side="right")
        out[:] = bins
        return steps

    def _steps(self, values: FloatArray) -> FloatArray:
        steps = values - self._low
        steps *= self._factor
        np.clip(steps, 0, STEPS, out=steps)
        return np.rint(steps, out=steps)


def _count_cells(cells: IntArray, buckets: IntArray, n_buckets: int, column: ColumnPlan) -> IntArray:
    n_cells = column.n_bins + N_SPECIALS
    return np.bincount(buckets * n_cells + cells, minlength=n_buckets * n_cells).reshape(n_buckets, n_cells)


def _move_nulls(counts: IntArray, values: pl.Series, buckets: IntArray, *, source: int, target: int) -> None:
    if values.null_count():
        nulls = np.bincount(buckets[values.is_null().to_numpy()], minlength=len(counts))
        counts[:, source] -= nulls
        counts[:, target] += nulls
