"""Area under the receiver operating characteristic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.performance.means import Absolute, Macro
from afterlaunch.performance.reading import macro, macro_influence, macro_support, without_classes

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class RocAuc(Absolute, Macro):
    """The chance that a positive row scores above a negative one, ties counted half; `sklearn.metrics.roc_auc_score`.

    Of several classes: the mean over the classes that have rows, each against the rest (macro one-vs-rest). The
    influence of a row is its placement among the rows of the other class: DeLong, DeLong & Clarke-Pearson (1988),
    *Comparing the areas under two or more correlated ROC curves*, Biometrics 44; by ranks, as Sun & Xu (2014) do. One
    hundredth matters.
    """

    name: ClassVar[str] = "roc_auc"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "score"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "logit"
    min_effect: float = 0.01

    def lacks(self, rows: Scored) -> str | None:
        """Return "rows of both classes" where only one has any."""
        return without_classes(rows)

    def value(self, rows: Scored) -> float | None:
        """Return the area."""
        if self.lacks(rows):
            return None
        return macro(rows, self.lacks, self.value) if rows.n_classes > 2 else _area(rows)

    def influence(self, rows: Scored) -> FloatArray:
        """Return each row's placement less the area, by the share of its class."""
        if rows.n_classes > 2:
            return macro_influence(rows, self.lacks, self.influence)
        below, above = _placements(rows)
        area, share = _area(rows), rows.class_weights / rows.total
        place = rows.ranking.place
        of_positive: FloatArray = (below - area)[place] / share[1]
        of_negative: FloatArray = (above - area)[place] / share[0]
        return np.where(rows.target == 1, of_positive, of_negative)

    def support(self, rows: Scored) -> float:
        """Return the rows of the smaller class."""
        if rows.n_classes > 2:
            return macro_support(rows, self.lacks, self.support)
        return float(rows.class_weights.min())


def _placements(rows: Scored) -> tuple[FloatArray, FloatArray]:
    """Return at each distinct score the share of negative rows below it and of positive rows above it, ties half."""
    ranking = rows.ranking
    negative, positive = ranking.negative / ranking.negative.sum(), ranking.positive / ranking.positive.sum()
    return np.cumsum(negative) - negative / 2, 1 - np.cumsum(positive) + positive / 2


def _area(rows: Scored) -> float:
    below, _ = _placements(rows)
    positive = rows.ranking.positive
    return min(max(float(positive @ below / positive.sum()), 0.0), 1.0)
