"""Jensen-Shannon distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats import distances

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class JensenShannon:
    """The Jensen-Shannon distance in base 2, from 0 to 1; not the divergence, which is its square.

    Default .03: what a shift of .075 standard deviations gives, which moves three rows in a hundred.
    """

    name: ClassVar[str] = "js"
    resolution: ClassVar[Resolution] = "decision"
    min_effect: float = 0.03

    def distance(self, sides: Sides) -> float | None:
        """Return the distance, equal to SciPy's `jensenshannon(p, q, base=2)`."""
        return float(distances.jensen_shannon(sides.p, sides.q)) if sides.known else None
