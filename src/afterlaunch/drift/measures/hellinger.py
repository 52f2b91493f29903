"""Hellinger distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats import distances

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Hellinger:
    """The Hellinger distance, from 0 to 1.

    Default .026: what a shift of .075 standard deviations gives, which moves three rows in a hundred.
    """

    name: ClassVar[str] = "hellinger"
    resolution: ClassVar[Resolution] = "decision"
    min_effect: float = 0.026

    def distance(self, sides: Sides) -> float | None:
        """Return the distance."""
        return float(distances.hellinger(sides.p, sides.q)) if sides.known else None
