"""L-infinity: the largest change of one share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats import distances

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class LInfinity:
    """The largest change of a single bin's or category's share, from 0 to 1.

    Default: one category gained or lost three rows in a hundred.
    """

    name: ClassVar[str] = "l_infinity"
    resolution: ClassVar[Resolution] = "decision"
    min_effect: float = 0.03

    def distance(self, sides: Sides) -> float | None:
        """Return the largest change."""
        return float(distances.l_infinity(sides.p, sides.q)) if sides.known else None
