"""Missing values: the change of their share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class NullShare:
    """The change of the share of rows that are missing (null or NaN), from 0 to 1.

    Default: three rows in a hundred went missing, or came back.
    """

    name: ClassVar[str] = "null_share"
    resolution: ClassVar[Resolution] = "decision"
    min_effect: float = 0.03

    def distance(self, sides: Sides) -> float | None:
        """Return the change, without its sign."""
        if not (sides.n_reference and sides.n_current):
            return None
        return float(abs(sides.rows_q[-4:-2].sum() - sides.rows_p[-4:-2].sum()))
