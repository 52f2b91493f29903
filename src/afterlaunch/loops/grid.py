"""Sums by period and item, laid out as arrays (T, n) over the whole catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray

ITEM, PERIOD = "item", "period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A frame with one row a cell that has impressions, and the place (rows,) of each in the flattened array."""

    cells: pl.DataFrame
    at: IntArray
    items: pl.Series
    n_periods: int

    def has(self, name: str) -> bool:
        """Whether there is a sum of that name."""
        return name in self.cells.columns

    def counts(self, name: str) -> IntArray:
        """Return a sum of whole numbers (T, n), 0 where nothing was shown."""
        return self._laid(np.zeros(self.n_periods * len(self.items), np.int64), self.cells[name].cast(pl.Int64))

    def floats(self, name: str, *, empty: float = 0.0) -> FloatArray:
        """Return a sum of numbers (T, n), `empty` where nothing was shown."""
        return self._laid(np.full(self.n_periods * len(self.items), empty), self.cells[name].cast(pl.Float64))

    def maybe_counts(self, name: str) -> IntArray | None:
        """Return `counts`, None where there is no sum of that name."""
        return self.counts(name) if self.has(name) else None

    def maybe_floats(self, name: str, *, empty: float = 0.0) -> FloatArray | None:
        """Return `floats`, None where there is no sum of that name."""
        return self.floats(name, empty=empty) if self.has(name) else None

    def _laid(self, laid: np.ndarray, values: pl.Series) -> np.ndarray:
        laid[self.at] = values.to_numpy()
        return laid.reshape(self.n_periods, len(self.items))


def lay_grid(cells: pl.DataFrame, items: pl.Series, n_periods: int) -> Grid:
    """Return cells of known items in columns `period` and `item`, laid over the catalogue `items` (n,)."""
    return Grid(cells=cells, at=places(cells, items), items=items, n_periods=n_periods)


def places(cells: pl.DataFrame, items: pl.Series) -> IntArray:
    """Return the place of each of `cells` in the flattened array of periods and items, which all are in `items`."""
    known = pl.DataFrame({ITEM: items, "code": np.arange(len(items))})
    codes = cells.select(ITEM).join(known, on=ITEM, how="left", maintain_order="left")["code"].to_numpy()
    return cells[PERIOD].to_numpy() * len(items) + codes
