"""Wasserstein-1: how far rows moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats import distances

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Wasserstein:
    """The mean distance that rows moved, in robust reference standard deviations; ordered columns alone.

    The scale is the standard deviation of the 1-99 % winsorised reference, and values are clipped at outer reference
    quantiles, so that one value of 1e6 neither hides a shift nor makes one. Default .075: the shift that moves three
    rows in a hundred of a normal column.

    It is read off the fine bins. A profile's exact sums give the difference of the clipped means, which is no larger
    than this distance, and less where rows moved both ways; they cannot be told by season, so they are not used here.
    """

    name: ClassVar[str] = "wasserstein"
    resolution: ClassVar[Resolution] = "fine"
    min_effect: float = 0.075

    def distance(self, sides: Sides) -> float | None:
        """Return the distance; None for unordered columns and for constant references."""
        if sides.widths is None or not sides.known:
            return None
        return float(distances.wasserstein(sides.p, sides.q, sides.widths))
