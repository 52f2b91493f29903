"""Median absolute error."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.performance.means import Relative
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
class MedianAbsoluteError(Relative):
    """The median of the absolute errors; as `sklearn.metrics.median_absolute_error`.

    It does not feel the largest errors. A change of a twentieth of the reference's value matters.
    """

    name: ClassVar[str] = "median_absolute_error"
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    reads: ClassVar[Answer] = "prediction"
    greater_is_better: ClassVar[bool | None] = False
    unit: ClassVar[Unit] = "target"
    scale: ClassVar[ScaleName] = "log"
    min_effect: float = 0.05

    def lacks(self, rows: Scored) -> str | None:
        """Return "rows" where there are none."""
        return without_rows(rows)

    def value(self, rows: Scored) -> float | None:
        """Return the median, between two rows their mean."""
        return None if self.lacks(rows) else _median(_errors(rows), rows)

    def influence(self, rows: Scored) -> FloatArray:
        """Return which side of the median a row is on, over the density of errors there."""
        errors = _errors(rows)
        median = _median(errors, rows)
        side = (errors > median) + 0.5 * (errors == median)
        return (side - rows.mean(side)) / _density(errors, median, rows)

    def support(self, rows: Scored) -> float:
        """Return all rows."""
        return rows.total


def _errors(rows: Scored) -> FloatArray:
    return absolute_rows(rows.target, prediction_of(rows))


def _median(errors: FloatArray, rows: Scored) -> float:
    if rows.weight is None:
        return float(np.median(errors))
    kept = rows.weights > 0
    order = np.argsort(errors[kept])
    ascending: FloatArray = errors[kept][order]
    below: FloatArray = np.cumsum(rows.weights[kept][order])
    half = float(below[-1]) / 2
    place = int(np.searchsorted(below, half))
    between = below[place] == half and place + 1 < len(ascending)
    return float((ascending[place] + ascending[place + 1]) / 2 if between else ascending[place])


def _density(errors: FloatArray, median: float, rows: Scored) -> float:
    """Return the density of errors at their median: the share within a bandwidth of it (Silverman's), by its width."""
    low, high = (float(np.quantile(errors, share)) for share in (0.25, 0.75))
    bandwidth = 0.9 * (high - low) / 1.34 / float(rows.n) ** 0.2
    width = max(bandwidth, math.ulp(median), 1e-300)
    return max(rows.mean(np.abs(errors - median) <= width), 1 / rows.n) / (2 * width)
