"""Accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import Absolute, MeanOfRows
from afterlaunch.performance.reading import prediction_of
from afterlaunch.stats.losses import zero_one_rows

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy(Absolute, MeanOfRows):
    """The share of rows predicted right; as `sklearn.metrics.accuracy_score`.

    Where one class is rare, predicting the other for every row is right nearly always: look at recall beside it. One
    row in a hundred matters.
    """

    name: ClassVar[str] = "accuracy"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "logit"
    min_effect: float = 0.01

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return 1 where a row is right."""
        return 1 - zero_one_rows(rows.target, prediction_of(rows))
