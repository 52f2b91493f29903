"""Bias."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import MeanOfRows
from afterlaunch.performance.reading import prediction_of
from afterlaunch.stats.losses import absolute_rows

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias(MeanOfRows):
    """The mean of prediction less target, in the target's unit: above zero, predictions are too high.

    Nearer to zero is better. A change of a share `min_effect` of the reference's mean absolute error matters.
    """

    name: ClassVar[str] = "bias"
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = None
    unit: ClassVar[Unit] = "target"
    scale: ClassVar[ScaleName] = "identity"
    min_effect: float = 0.05

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return each row's error."""
        return prediction_of(rows) - rows.target

    def matters_from(self, value: float, rows: Scored) -> float:
        """Return that share of the mean absolute error of `rows`."""
        del value
        return self.min_effect * rows.mean(absolute_rows(rows.target, prediction_of(rows)))
