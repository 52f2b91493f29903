"""Unseen categories: the share of rows that the reference has no name for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.stats.measures import unseen_share

if TYPE_CHECKING:
    from afterlaunch.drift.measures.measure import Resolution
    from afterlaunch.drift.measures.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenShare:
    """The current share of present values whose category the reference never had; unordered columns alone.

    Default: three rows in a hundred.
    """

    name: ClassVar[str] = "unseen_share"
    resolution: ClassVar[Resolution] = "decision"
    min_effect: float = 0.03

    def distance(self, sides: Sides) -> float | None:
        """Return the share; None for ordered columns."""
        return unseen_share(sides.rows_q) if not sides.ordered and sides.known else None
