"""Population stability index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.errors import BadOption
from afterlaunch.stats import distances
from afterlaunch.stats.arrays import distinct

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides
    from afterlaunch.stats.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class PSI:
    """The population stability index on about `bins` reference-quantile bins, ties merged.

    Missing values and unseen categories have bins of their own, and half a row is added to every bin: equal-width bins
    collapse under one outlier, and fillers for empty bins give nonsense. Default .1: the customary "some change". Its
    noise is (bins - 1)(1/n + 1/m), so below 200 rows .1 is reached by chance; a verdict needs significance besides.
    """

    name: ClassVar[str] = "psi"
    resolution: ClassVar[Resolution] = "decision"
    bins: int = distances.PSI_BINS
    min_effect: float = 0.1

    def __post_init__(self) -> None:
        """Check that there is something to compare."""
        if self.bins < 2:
            raise BadOption(f"PSI needs at least 2 bins, not {self.bins}")

    def distance(self, sides: Sides) -> float | None:
        """Return the index, from 0 up."""
        if not (sides.n_reference and sides.n_current):
            return None
        before, after = (self._merged(shares, sides) for shares in (sides.rows_p, sides.rows_q))
        return float(distances.psi(before * sides.n_reference, after * sides.n_current))

    def _groups(self, p: FloatArray) -> IntArray:
        """Return each bin's group: the part of the reference in which its middle falls; ties are never split."""
        middle = np.cumsum(p) - p / 2
        return np.clip(np.floor(middle * self.bins + 1e-9), 0, self.bins - 1).astype(np.int64)

    def _merged(self, shares: FloatArray, sides: Sides) -> FloatArray:
        """Return the shares of the merged bins, then of missing and of infinite or unseen rows."""
        k = len(shares) - 4
        groups = self._groups(sides.p) if sides.ordered else np.arange(k)
        merged = np.bincount(groups, weights=shares[:k], minlength=int(groups.max(initial=-1)) + 1)
        kept = merged[distinct(groups)]
        return np.concatenate([kept, [shares[k] + shares[k + 1], shares[k + 2] + shares[k + 3]]])
