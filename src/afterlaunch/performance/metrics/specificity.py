"""Specificity."""

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
class Specificity(Absolute, ShareOfRows):
    """The share of negative rows that are predicted so; as `sklearn.metrics.recall_score` with `pos_label=0`.

    Of several classes the macro mean, each class against the rest. One row in a hundred matters.
    """

    name: ClassVar[str] = "specificity"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "logit"
    min_effect: float = 0.01

    def parts(self, rows: Scored) -> tuple[FloatArray | BoolArray, FloatArray | BoolArray]:
        """Return right rows, and what is negative."""
        negative = rows.target == 0
        return negative & (prediction_of(rows) == 0), negative

    def missing(self, rows: Scored) -> str:
        """Return "negative rows"."""
        del rows
        return "negative rows"
