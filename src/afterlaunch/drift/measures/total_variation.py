"""Total variation: the share of rows that changed their bin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats import distances

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalVariation:
    """Half the summed absolute change of the shares, from 0 to 1.

    Default: three rows in a hundred moved, the report's own size of what matters.
    """

    name: ClassVar[str] = "total_variation"
    resolution: ClassVar[Resolution] = "decision"
    min_effect: float = 0.03

    def distance(self, sides: Sides) -> float | None:
        """Return the share of rows that moved."""
        return float(distances.total_variation(sides.p, sides.q)) if sides.known else None
