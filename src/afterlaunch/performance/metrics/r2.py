"""Coefficient of determination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import Absolute
from afterlaunch.performance.reading import prediction_of, ratio_influence
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
class R2(Absolute):
    """The share of the target's variance that is explained, at most 1; as `sklearn.metrics.r2_score`.

    It falls where targets vary less, however good the predictions: a quiet week looks like a bad one. Two hundredths
    matter.
    """

    name: ClassVar[str] = "r2"
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "number"
    scale: ClassVar[ScaleName] = "log_gap"
    means: ClassVar[tuple[str, ...]] = ("squared", "target", "target_squared")
    min_effect: float = 0.02

    def lacks(self, rows: Scored) -> str | None:
        """Return "targets that differ" where they are all the same."""
        return None if rows.total > 0 and rows.mean(_around(rows)) > 0 else "targets that differ"

    def value(self, rows: Scored) -> float | None:
        """Return the share."""
        if self.lacks(rows):
            return None
        return 1 - rows.mean(squared_rows(rows.target, prediction_of(rows))) / rows.mean(_around(rows))

    def of_means(self, means: Sequence[float]) -> float | None:
        """Return the share, from the mean square of errors and the mean and mean square of targets."""
        around = means[2] - means[1] ** 2
        return 1 - means[0] / around if around > 0 else None

    def influence(self, rows: Scored) -> FloatArray:
        """Return how each row moves the two mean squares."""
        return -ratio_influence(rows, squared_rows(rows.target, prediction_of(rows)), _around(rows))

    def support(self, rows: Scored) -> float:
        """Return all rows."""
        return rows.total


def _around(rows: Scored) -> FloatArray:
    return (rows.target - rows.mean(rows.target)) ** 2
