"""Average precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.performance.means import Absolute, Macro
from afterlaunch.performance.reading import macro, macro_influence, macro_support

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class AveragePrecision(Absolute, Macro):
    """The mean precision at the scores of the positive rows; as `sklearn.metrics.average_precision_score`.

    It rises with the share of positive rows, whatever the model: a random score has that share. Of several classes the
    macro one-vs-rest mean. Two hundredths matter.
    """

    name: ClassVar[str] = "average_precision"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "score"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "logit"
    min_effect: float = 0.02

    def lacks(self, rows: Scored) -> str | None:
        """Return "positive rows" where there are none."""
        if rows.n_classes > 2:
            return None if rows.total > 0 else "rows"
        return None if rows.class_weights[1] > 0 else "positive rows"

    def value(self, rows: Scored) -> float | None:
        """Return the mean precision."""
        if self.lacks(rows):
            return None
        if rows.n_classes > 2:
            return macro(rows, self.lacks, self.value)
        positive, precision, _ = _curve(rows)
        return min(float(positive @ precision / positive.sum()), 1.0)

    def influence(self, rows: Scored) -> FloatArray:
        """Return what a row does as one of the positives, and to the precision at all scores up to its own."""
        if rows.n_classes > 2:
            return macro_influence(rows, self.lacks, self.influence)
        positive, precision, above = _curve(rows)
        value = positive @ precision / positive.sum()
        step = np.divide(positive, above, out=np.zeros(len(above)), where=above > 0)
        place, target = rows.ranking.place, rows.target
        own = target * (precision[place] - value)
        others = target * np.cumsum(step)[place] - np.cumsum(step * precision)[place]
        return (own + others) * (rows.total / positive.sum())

    def support(self, rows: Scored) -> float:
        """Return the positive rows."""
        if rows.n_classes > 2:
            return macro_support(rows, self.lacks, self.support)
        return float(rows.class_weights[1])


def _curve(rows: Scored) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return at each distinct score, ascending: positive weight, precision of what scores at least so, its weight."""
    positive, both = rows.ranking.positive, rows.ranking.positive + rows.ranking.negative
    hits, above = np.cumsum(positive[::-1])[::-1], np.cumsum(both[::-1])[::-1]
    return positive, np.divide(hits, above, out=np.zeros(len(above)), where=above > 0), above
