"""The counting kernel: columns of values and their buckets in, exact integer counts out.

An ordered value finds its bin through a table: scaled to 2**20 steps between the clip quantiles, which the sums need
anyway, its high bits name one of 65,537 cells, and a cell without an edge lies in one bin. Values in a cell with one
or two edges, such as those of an atom, are compared with them; values in the few fuller cells are searched among all
edges. Scaling is monotone, also after rounding, so the counts are those of a search for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.profiles.narrow import narrow
from afterlaunch.profiles.plan import SPECIALS

if TYPE_CHECKING:
    import numpy.typing as npt

    from afterlaunch.profiles.buckets import Buckets
    from afterlaunch.profiles.plan import ColumnPlan, FloatArray, IntArray

CHUNK = 1 << 15  # values at a time: all buffers stay in the second-level cache
BLOCK = 1 << 20  # values between two additions to the counts, where rows of all buckets are mixed
STEPS = 1 << 20  # sums are kept in this fraction of the clip range
NULL, NAN, INFINITE, UNSEEN = range(len(SPECIALS))
_SHIFT = 4
_SEARCH = np.iinfo(np.int16).min  # in the table: this cell holds more than two edges


@dataclass(frozen=True, slots=True)
class Counted:
    """One column's counts, shape (D, n_bins + 4), and fixed-point sums, shape (D,); no sums where unordered."""

    counts: IntArray
    sums: IntArray | None


def count_numbers(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> Counted:
    """Return the counts of Float64 `values`, one a row."""
    binner = Binner(column)
    counts = np.zeros((buckets.n, column.n_bins + len(SPECIALS)), np.int64)
    sums = np.zeros(buckets.n)
    length = CHUNK if buckets.in_order else BLOCK
    cells = np.empty(min(length, len(values)), np.int64)
    for block in range(0, len(values), length):
        end = min(block + length, len(values))
        for start in range(block, end, CHUNK):
            rows = slice(start, min(start + CHUNK, end))
            numbers = values[rows].to_numpy()  # nulls become NaN, and are told apart at the end
            steps = binner.bin(numbers, cells[rows.start - block : rows.stop - block])
            buckets.add_sums(sums, steps, rows)
        buckets.add_counts(counts, cells[: end - block], slice(block, end))
    _move_nulls(counts, values, buckets, source=column.n_bins + NAN, target=column.n_bins + NULL)
    return Counted(narrow(counts), sums.astype(np.int64))


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
    return Counted(narrow(counts), None)


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
        self._padded = np.append(column.edges, (np.inf, np.inf))
        holding = self._steps(self._edges).astype(np.int32) >> _SHIFT
        n_cells = np.diff(holding, prepend=-1, append=STEPS >> _SHIFT)
        self._table = np.repeat(np.arange(column.n_bins, dtype=np.int16), n_cells)
        first = np.flatnonzero(np.diff(holding, prepend=-1))
        n_edges = np.diff(first, append=holding.size)
        self._table[holding[first]] = np.where(n_edges <= 2, ~first, _SEARCH)

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
        unsure = np.flatnonzero(bins < 0)
        bins[unsure] = self._compare(values[unsure], bins[unsure])
        out[:] = bins
        return steps

    def _compare(self, values: FloatArray, marks: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
        """Return the bins of values in cells with edges; a cell's mark is the complement of its first edge's index."""
        first = ~marks
        bins = first + (values >= self._padded.take(first, mode="clip"))
        bins += values >= self._padded.take(first + np.int16(1), mode="clip")
        crowded = np.flatnonzero(marks == _SEARCH)
        bins[crowded] = np.searchsorted(self._edges, values[crowded], side="right")
        return bins

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
