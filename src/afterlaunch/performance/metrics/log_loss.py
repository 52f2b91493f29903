"""Logarithmic loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlaunch.performance.means import MeanOfRows, Relative
from afterlaunch.performance.reading import score_of
from afterlaunch.stats.losses import log_loss_rows

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLoss(Relative, MeanOfRows):
    """The mean of -log of the probability given to what came true, in nats; as `sklearn.metrics.log_loss`.

    Scores are clipped to [2.2e-16, 1 - 2.2e-16]: one row that was surely wrong costs 36 nats, which a mean of 10,000
    rows feels by .004. A change of a twentieth of the reference's value matters.
    """

    name: ClassVar[str] = "log_loss"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "score"
    greater_is_better: ClassVar[bool | None] = False
    unit: ClassVar[Unit] = "loss"
    scale: ClassVar[ScaleName] = "log"
    min_effect: float = 0.05

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return each row's loss."""
        return log_loss_rows(rows.target, score_of(rows))
