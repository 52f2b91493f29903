"""F1 score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

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
class F1(Absolute, ShareOfRows):
    """The harmonic mean of precision and recall; as `sklearn.metrics.f1_score`.

    Twice the hits over the rows that are positive plus those predicted so. Of several classes the macro mean.
    """

    name: ClassVar[str] = "f1"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "logit"
    min_effect: float = 0.02

    def parts(self, rows: Scored) -> tuple[FloatArray | BoolArray, FloatArray | BoolArray]:
        """Return twice the hits, and positive rows plus those predicted so."""
        positive, predicted = rows.target == 1, prediction_of(rows) == 1
        return 2.0 * (positive & predicted), positive + predicted.astype(np.float64)

    def missing(self, rows: Scored) -> str:
        """Return "positive rows, true or predicted"."""
        del rows
        return "positive rows, true or predicted"

    def support(self, rows: Scored) -> float:
        """Return the rows that are positive, or predicted so, on average."""
        return ShareOfRows.support(self, rows) if rows.n_classes > 2 else ShareOfRows.support(self, rows) / 2
