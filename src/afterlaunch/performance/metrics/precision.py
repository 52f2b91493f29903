"""Precision."""

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
class Precision(Absolute, ShareOfRows):
    """The share of rows predicted positive that are; as `sklearn.metrics.precision_score`.

    Of several classes the macro mean. Two rows in a hundred matter.
    """

    name: ClassVar[str] = "precision"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "logit"
    min_effect: float = 0.02

    def parts(self, rows: Scored) -> tuple[FloatArray | BoolArray, FloatArray | BoolArray]:
        """Return hits, and what is predicted positive."""
        predicted = prediction_of(rows) == 1
        return predicted & (rows.target == 1), predicted

    def missing(self, rows: Scored) -> str:
        """Return "rows predicted positive"."""
        del rows
        return "rows predicted positive"
