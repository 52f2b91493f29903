"""Mean absolute percentage error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.performance.means import MeanOfRows, Relative
from afterlaunch.performance.reading import prediction_of, without_rows
from afterlaunch.stats.losses import absolute_rows

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class MAPE(Relative, MeanOfRows):
    """The mean of absolute error over target, none being 0; as `sklearn.metrics.mean_absolute_percentage_error`.

    Its trap: targets near zero make it as large as you like (one of 0 makes it infinite, so there is no value), and it
    rewards predictions that are too low, since those can be wrong by 100 % at most. MAE over the mean target has
    neither fault. A change of a twentieth of the reference's value matters.
    """

    name: ClassVar[str] = "mape"
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = False
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "log"
    min_effect: float = 0.05

    def lacks(self, rows: Scored) -> str | None:
        """Return "targets other than 0" where some are 0."""
        return without_rows(rows) or ("targets other than 0" if (rows.target == 0).any() else None)

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return each row's absolute error over its target."""
        return absolute_rows(rows.target, prediction_of(rows)) / np.abs(rows.target)
