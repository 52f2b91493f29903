"""Kolmogorov-Smirnov: the largest gap between the cumulative shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats import distances

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class KS:
    """The largest gap between the cumulative shares of present values, from 0 to 1; ordered columns alone.

    It is read off the fine bins, so it misses SciPy's `ks_2samp` by at most the largest bin's share, and by nothing on
    few distinct values. Default: three rows in a hundred moved, the report's own size of what matters.
    """

    name: ClassVar[str] = "ks"
    resolution: ClassVar[Resolution] = "fine"
    min_effect: float = 0.03

    def distance(self, sides: Sides) -> float | None:
        """Return the gap; None for unordered columns."""
        return float(distances.ks(sides.p, sides.q)) if sides.ordered and sides.known else None
