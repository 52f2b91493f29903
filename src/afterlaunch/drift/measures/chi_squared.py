"""Chi-squared statistic of the two windows, both of them random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats import distances

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiSquared:
    """Pearson's statistic of the two windows' counts, both taken as random: SciPy's `chi2_contingency`.

    It grows with the number of rows, so there is no size from which it matters, and it cannot decide.
    """

    name: ClassVar[str] = "chi_squared"
    resolution: ClassVar[Resolution] = "decision"
    min_effect: None = None

    def distance(self, sides: Sides) -> float | None:
        """Return the statistic."""
        if not sides.known:
            return None
        return float(distances.chi_squared(sides.p * sides.values_reference, sides.q * sides.values_current))
