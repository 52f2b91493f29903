"""Matrices of money: one amount for every pair of true and predicted class."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np

from afterlaunch.errors import BadOption
from afterlaunch.performance.means import MeanOfRows
from afterlaunch.performance.reading import prediction_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPerAnswer(MeanOfRows):
    """The mean of an amount that the true and the predicted class of a row fix: `matrix[true class][predicted class]`.

    The classes are in the order of `report.classes`, of two the negative first. A change of a share `min_effect` of the
    mean absolute amount matters.
    """

    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    unit: ClassVar[Unit] = "money"
    scale: ClassVar[ScaleName] = "identity"
    matrix: Sequence[Sequence[float]]
    currency: str = ""
    min_effect: float = 0.05

    def __post_init__(self) -> None:
        """Take the matrix over as a tuple; raise `BadOption` where it is none."""
        object.__setattr__(self, "matrix", as_matrix(self.matrix, type(self).__name__))

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return the amount of each row."""
        amounts = np.array(self.matrix)
        return amounts[rows.target.astype(np.int64), prediction_of(rows).astype(np.int64)]

    def matters_from(self, value: float, rows: Scored) -> float:
        """Return that share of the mean absolute amount."""
        del value
        return self.min_effect * rows.mean(np.abs(self.of_rows(rows)))


def as_matrix(matrix: object, name: str) -> tuple[tuple[float, ...], ...]:
    """Return a square matrix of finite amounts as tuples; raise `BadOption` where it is none."""
    try:
        amounts = tuple(tuple(float(one) for one in row) for row in cast("Iterable[Iterable[float]]", matrix))
    except (TypeError, ValueError):
        amounts = ()
    square = len(amounts) >= 2 and all(len(row) == len(amounts) for row in amounts)
    if not square or not all(math.isfinite(one) for row in amounts for one in row):
        raise BadOption(
            f"{name}(matrix={matrix!r}) is no square matrix of amounts: write [[right negative, false alarm], "
            "[missed positive, hit]]"
        )
    return amounts
