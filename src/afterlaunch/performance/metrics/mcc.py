"""Matthews correlation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.performance.means import Absolute
from afterlaunch.performance.reading import prediction_of

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class MCC(Absolute):
    """The correlation of prediction and target, -1 to 1; as `sklearn.metrics.matthews_corrcoef`.

    Of several classes: Gorodkin (2004), *Comparing two K-category assignments by a K-category correlation coefficient*.
    Without a value where all rows are of one class, or predicted so. Two hundredths matter.
    """

    name: ClassVar[str] = "mcc"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "number"
    scale: ClassVar[ScaleName] = "fisher"
    min_effect: float = 0.02

    def lacks(self, rows: Scored) -> str | None:
        """Return "rows of two classes, true and predicted" where either has one class alone."""
        if rows.total > 0 and min(_variances(rows)) > 0:
            return None
        return "rows of two classes, true and predicted"

    def value(self, rows: Scored) -> float | None:
        """Return the correlation."""
        if self.lacks(rows):
            return None
        true, predicted = _variances(rows)
        return min(max(_covariance(rows) / (true * predicted) ** 0.5, -1.0), 1.0)

    def influence(self, rows: Scored) -> FloatArray:
        """Return how each row moves the covariance and the two variances: the delta method."""
        true, predicted = _variances(rows)
        shares, guesses = _shares(rows, rows.target), _shares(rows, prediction_of(rows))
        target, guess = rows.target.astype(np.int64), prediction_of(rows).astype(np.int64)
        together = float(shares @ guesses)
        covariance = (target == guess) - rows.mean(target == guess) - (shares[guess] + guesses[target] - 2 * together)
        of_true, of_guess = shares @ shares - shares[target], guesses @ guesses - guesses[guess]
        root = (true * predicted) ** 0.5
        return covariance / root - _covariance(rows) / root * (of_true / true + of_guess / predicted)

    def support(self, rows: Scored) -> float:
        """Return the rows that are not of the largest class."""
        return rows.total - float(rows.class_weights.max())


def _shares(rows: Scored, codes: FloatArray) -> FloatArray:
    return np.bincount(codes.astype(np.int64), rows.weights, rows.n_classes).astype(np.float64) / rows.total


def _variances(rows: Scored) -> tuple[float, float]:
    """Return 1 less the sum of squared shares of the classes, true and predicted."""
    true, predicted = (1 - float((_shares(rows, codes) ** 2).sum()) for codes in (rows.target, prediction_of(rows)))
    return true, predicted


def _covariance(rows: Scored) -> float:
    hits = rows.mean(rows.target == prediction_of(rows))
    return hits - float(_shares(rows, rows.target) @ _shares(rows, prediction_of(rows)))
