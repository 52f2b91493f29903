"""Root mean squared error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import Relative
from afterlaunch.performance.reading import prediction_of, without_rows
from afterlaunch.stats.losses import squared_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class RMSE(Relative):
    """The root of the mean squared error; as `sklearn.metrics.root_mean_squared_error`.

    A few large errors make most of it: where it rises and the median absolute error does not, look at them. A change of
    a twentieth of the reference's value matters.
    """

    name: ClassVar[str] = "rmse"
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = False
    unit: ClassVar[Unit] = "target"
    scale: ClassVar[ScaleName] = "log"
    means: ClassVar[tuple[str, ...]] = ("squared",)
    min_effect: float = 0.05

    def lacks(self, rows: Scored) -> str | None:
        """Return "rows" where there are none."""
        return without_rows(rows)

    def value(self, rows: Scored) -> float | None:
        """Return the root."""
        return None if self.lacks(rows) else rows.mean(squared_rows(rows.target, prediction_of(rows))) ** 0.5

    def of_means(self, means: Sequence[float]) -> float | None:
        """Return the root of a mean of squares."""
        return max(means[0], 0.0) ** 0.5

    def influence(self, rows: Scored) -> FloatArray:
        """Return how each row's square moves the root."""
        squares = squared_rows(rows.target, prediction_of(rows))
        middle = rows.mean(squares)
        return (squares - middle) / (2 * middle**0.5) if middle > 0 else squares

    def support(self, rows: Scored) -> float:
        """Return all rows."""
        return rows.total
