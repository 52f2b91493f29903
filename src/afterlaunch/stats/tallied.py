"""Concentration of whole counts from how often each count occurs: no item is sorted, nor has its logarithm taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.concentration import even_gini

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray

LARGEST = 10  # times the number of items: with larger counts a table of them is longer than the items themselves


@dataclass(frozen=True, slots=True)
class Tally:
    """Distinct counts, increasing, and how many items have each: the n items of one row."""

    value: FloatArray
    n_items: FloatArray

    @property
    def n(self) -> float:
        """The number of items."""
        return float(self.n_items.sum())

    @property
    def total(self) -> float:
        """The number of impressions."""
        return float(self.value @ self.n_items)

    def gini_square(self) -> float:
        """Return what `concentration.gini_square` says of the row."""
        n, total = self.n, self.total
        if n == 1 or total == 0:
            return np.nan
        before = np.cumsum(self.n_items) - self.n_items
        gini = float((self.value * self.n_items) @ (2 * before + self.n_items - n)) / (n * total)
        even, most = float(even_gini(int(n), np.array(total))) ** 2, (1 - 1 / n) ** 2
        return (gini**2 - even) / (most - even) if most > even else np.nan

    def entropy_corrected(self) -> float:
        """Return what `concentration.entropy_corrected` says of the row."""
        total, shown = self.total, self.value > 0
        if total == 0:
            return np.nan
        value, n_items = self.value[shown], self.n_items[shown]
        bits = np.log2(total) - float((value * n_items) @ np.log2(value)) / total
        return float(min(bits + (n_items.sum() - 1) / (2 * np.log(2) * total), np.log2(self.n)))

    def coverage(self) -> float:
        """Return what `concentration.coverage` says of the row."""
        return float(self.n_items[self.value > 0].sum()) / self.n if self.total else np.nan


def tally(counts: IntArray) -> Tally:
    """Return how often each count occurs among whole counts (n,).

    >>> tally(np.array([0, 3, 0, 1]))
    Tally(value=array([0., 1., 3.]), n_items=array([2., 1., 1.]))
    """
    if int(counts.max(initial=0)) > LARGEST * len(counts):
        ordered = np.sort(counts)
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        value, n_items = ordered[starts], np.diff(np.append(starts, len(ordered)))
    else:
        occurs = np.bincount(counts)
        value = np.flatnonzero(occurs)
        n_items = occurs[value]
    return Tally(value.astype(np.float64), n_items.astype(np.float64))
