"""Recall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import Absolute, ShareOfRows
from afterlaunch.performance.reading import prediction_of

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import BoolArray, FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Absolute, ShareOfRows):
    """The share of positive rows that are predicted so, or sensitivity; as `sklearn.metrics.recall_score`.

    Of several classes the macro mean. Two rows in a hundred matter.
    """

    name: ClassVar[str] = "recall"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "logit"
    min_effect: float = 0.02

    def parts(self, rows: Scored) -> tuple[FloatArray | BoolArray, FloatArray | BoolArray]:
        """Return hits, and what is positive."""
        positive = rows.target == 1
        return positive & (prediction_of(rows) == 1), positive

    def missing(self, rows: Scored) -> str:
        """Return "positive rows"."""
        del rows
        return "positive rows"
