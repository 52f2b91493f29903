"""Mean value of an answer, in money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.performance.means import MeanOfRows
from afterlaunch.performance.money import as_matrix, mean_size
from afterlaunch.performance.reading import prediction_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(MeanOfRows):
    """What an answer earns on average: `matrix[true class][predicted class]`, in money; costs are below zero.

    The classes are in the order of `report.classes`, of two the negative first: `Value(matrix=[[0, -1], [-5, 20]])`
    earns 20 by a hit. A change of a share `min_effect` of the mean absolute amount matters.
    """

    name: ClassVar[str] = "value"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = True
    unit: ClassVar[Unit] = "money"
    scale: ClassVar[ScaleName] = "identity"
    matrix: Sequence[Sequence[float]]
    currency: str = ""
    min_effect: float = 0.05

    def __post_init__(self) -> None:
        """Take the matrix over as a tuple; raise `BadOption` where it is none."""
        object.__setattr__(self, "matrix", as_matrix(self.matrix, "Value"))

    def of_rows(self, rows: Scored) -> FloatArray:
        """Return what each row is worth."""
        amounts = np.array(self.matrix)
        return amounts[rows.target.astype(np.int64), prediction_of(rows).astype(np.int64)]

    def matters_from(self, value: float, rows: Scored) -> float:
        """Return that share of the mean absolute amount."""
        del value
        return self.min_effect * mean_size(self.of_rows(rows), rows)
