"""Mean absolute error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import MeanOfRows, Relative
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
class MAE(Relative, MeanOfRows):
    """The mean absolute error, in the target's unit; as `sklearn.metrics.mean_absolute_error`.

    A change of a twentieth of the reference's value matters.
    """

    name: ClassVar[str] = "mae"
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = False
    unit: ClassVar[Unit] = "target"
    scale: ClassVar[ScaleName] = "log"
    min_effect: float = 0.05

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return each row's absolute error."""
        return absolute_rows(rows.target, prediction_of(rows))
