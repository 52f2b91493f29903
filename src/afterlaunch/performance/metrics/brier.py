"""Brier score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import MeanOfRows, Relative
from afterlaunch.performance.reading import score_of
from afterlaunch.stats.losses import brier_rows

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Brier(Relative, MeanOfRows):
    """The mean squared distance of scores from what came true; as `sklearn.metrics.brier_score_loss`.

    Of two classes that of the positive one, 0 to 1; of several the sum over classes, 0 to 2: Brier (1950),
    *Verification of forecasts expressed in terms of probability*. A twentieth of the reference's value matters.
    """

    name: ClassVar[str] = "brier"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "score"
    greater_is_better: ClassVar[bool | None] = False
    unit: ClassVar[Unit] = "loss"
    scale: ClassVar[ScaleName] = "log"
    min_effect: float = 0.05

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return each row's squared distance."""
        return brier_rows(rows.target, score_of(rows))
