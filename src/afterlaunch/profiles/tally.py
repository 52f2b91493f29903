"""Distinct values, and how often each occurs: what edges and categories are learned from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from sys import float_info
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.profiles.plan import BoolArray, FloatArray, IntArray


LEAST, MOST = -float_info.max, np.inf  # from where to where a value is finite


@dataclass(frozen=True, kw_only=True)
class Tally:
    """`values` are finite and increasing; `counts` says how often each occurs, 0 where it is left out."""

    values: FloatArray
    counts: IntArray

    @cached_property
    def reached(self) -> IntArray:
        """How many rows lie at or below each value."""
        return np.cumsum(self.counts)

    @property
    def n(self) -> int:
        """The number of rows."""
        return int(self.reached[-1]) if self.values.size else 0

    def without(self, left_out: BoolArray) -> Tally:
        """Return the same values, those `left_out` occurring no more."""
        return Tally(values=self.values, counts=np.where(left_out, 0, self.counts)) if left_out.any() else self

    def share_of(self, value: float) -> float:
        """Return the share of rows that have this value."""
        return float(np.diff(self._places(value)).item()) / max(self.n, 1)

    def share_below(self, value: float) -> float:
        """Return the share of rows that lie below this value."""
        return float(self._places(value)[0]) / max(self.n, 1)

    def share_above(self, value: float) -> float:
        """Return the share of rows that lie above this value."""
        return float(self.n - self._places(value)[1]) / max(self.n, 1)

    def _places(self, value: float) -> IntArray:
        """Return how many rows lie below a value, and how many at or below it."""
        below = np.append(0, self.reached)
        return below[[np.searchsorted(self.values, value), np.searchsorted(self.values, value, side="right")]]

    def quantiles(self, shares: Sequence[float] | FloatArray) -> FloatArray:
        """Return the values below or at which each of `shares` of the rows lies."""
        places = np.searchsorted(self.reached, np.asarray(shares) * self.n)
        return self.values[np.minimum(places, self.values.size - 1)]


def tally(values: pl.Series) -> Tally:
    """Return the distinct ones of Float64 `values`, in order; what is null or not finite is left out.

    >>> tally(pl.Series([2.0, -1.0, 2.0, None])).values.tolist()
    [-1.0, 2.0]
    """
    # Polars sorts floats in two thirds of the time that NumPy takes; NaN comes last.
    every = values.drop_nulls().sort(multithreaded=False).to_numpy()
    ordered = every[slice(*np.searchsorted(every, [LEAST, MOST], side="left"))] + 0.0  # of the two zeros one
    first = np.flatnonzero(np.concatenate([np.ones(min(ordered.size, 1), bool), ordered[1:] != ordered[:-1]]))
    return Tally(values=ordered[first], counts=np.diff(first, append=ordered.size))


def count_values(values: pl.Expr, frame: pl.LazyFrame, later: pl.Expr | None = None) -> pl.DataFrame:
    """Return a frame of `value` and `n`, and `n_later` of the `later` rows: of one column, since many keep a scan."""
    n = {"n": pl.len().cast(pl.Int64)} | ({} if later is None else {"n_later": pl.col("later").sum().cast(pl.Int64)})
    kept = {} if later is None else {"later": later}
    return collect(frame.select(value=values, **kept).group_by("value").agg(**n))
