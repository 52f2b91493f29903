"""What is judged: a column's counts by time bucket, and the two windows that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

SPECIALS = 4  # null, NaN, infinite, unseen: the last cells of every column
UNSEEN = 3


@dataclass(frozen=True, kw_only=True)
class Cells:
    """One column at its decision bins.

    `counts` has shape (D, k + 4): rows by time bucket in k bins, then null, NaN, infinite and unseen.
    `widths` has shape (k,), the width of each bin in robust standard deviations; None for categories. `pooled` is the
    bin that holds a reference's rare categories, if any: where there are such, unseen ones are to be expected too, and
    are judged with them.
    """

    counts: IntArray
    ordered: bool
    widths: FloatArray | None = None
    pooled: int | None = None

    @property
    def values(self) -> FloatArray:
        """Counts of what has a value, (D, k) if ordered and (D, k + 1) with the unseen categories if not.

        Made anew each time: kept, those of many small buckets would be most of what a report takes.
        """
        bins: FloatArray = self.counts[:, :-SPECIALS].astype(np.float64)
        if self.ordered:
            return bins
        unseen = self.counts[:, -SPECIALS + UNSEEN, None].astype(np.float64)
        cells: FloatArray = np.hstack([bins, unseen])
        if self.pooled is not None:
            cells[:, self.pooled] += cells[:, -1]
            cells[:, -1] = 0
        return cells

    @cached_property
    def presence(self) -> FloatArray:
        """Counts of rows with a value, missing (null or NaN) and infinite, (D, 3)."""
        null, nan, infinite = self.counts[:, -SPECIALS : -SPECIALS + UNSEEN].T
        return np.stack([self.values.sum(1), null + nan, infinite], axis=1).astype(np.float64)

    @cached_property
    def has_gaps(self) -> bool:
        """Whether any row of any bucket lacks a finite value."""
        return bool(self.presence[:, 1:].any())


@dataclass(frozen=True, kw_only=True)
class Windows:
    """Two sets of buckets, and where each bucket stands in time.

    `reference` and `current` hold indices of buckets; `position` (D,) is a bucket's place on the regular grid, gaps
    counted; `season` (D,) its season's label, all equal without a season. `timeless`: one bucket a side, since time is
    unknown; rows are taken as independent.
    """

    reference: IntArray
    current: IntArray
    position: IntArray
    season: IntArray
    timeless: bool = False

    def member(self, which: IntArray) -> BoolArray:
        """Return a mask (D,) of the buckets in `which`."""
        mask = np.zeros(len(self.position), dtype=bool)
        mask[which] = True
        return mask
