"""Calibration error, and its curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.errors import BadOption
from afterlaunch.performance.means import Absolute, Macro
from afterlaunch.performance.metrics.metric import Parts
from afterlaunch.performance.reading import classes_seen, each_class, score_of, without_rows
from afterlaunch.performance.scored import bin_edges

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.metrics.metric import Unit
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName

LEAST = 1e-9  # errors below this count as this, where slopes are taken
MIN_ROWS = 10  # of a bin, on average; fewer rows get fewer bins


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Bins of equally many rows by score: mean score, share of positive rows, its variance, and weight; each (B,)."""

    score: FloatArray
    share: FloatArray
    variance: FloatArray
    weight: FloatArray

    @property
    def gap(self) -> FloatArray:
        """How far what came true lies above the score."""
        return self.share - self.score


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationError(Absolute, Macro):
    """How far scores lie from the shares that came true: the root mean square over bins of equally many rows.

    The plain square of a bin's gap is too large by its sampling noise, so that small windows look miscalibrated; that
    noise is taken off, as Broecker (2012), *Estimating reliability and resolution of probability forecasts through
    decomposition of the empirical score*, Climate Dynamics 39, has it. `curve` is that of
    `sklearn.calibration.calibration_curve(strategy="quantile")`. Of several classes: the root mean square over classes,
    each against the rest. One hundredth matters.
    """

    name: ClassVar[str] = "calibration_error"
    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")
    reads: ClassVar[Answer] = "score"
    greater_is_better: ClassVar[bool | None] = False
    unit: ClassVar[Unit] = "share"
    scale: ClassVar[ScaleName] = "square"
    bins: int = 10
    min_effect: float = 0.01

    def __post_init__(self) -> None:
        """Check that there are bins."""
        if self.bins < 1:
            raise BadOption(f"CalibrationError needs at least 1 bin, not {self.bins}")

    def lacks(self, rows: Scored) -> str | None:
        """Return "rows" where there are fewer than two bins' worth."""
        return without_rows(rows) or (f"{2 * MIN_ROWS} rows" if rows.n < 2 * MIN_ROWS else None)

    def curve(self, rows: Scored) -> Curve:
        """Return the calibration curve of a binary task."""
        place = rows.bins(min(self.bins, rows.n // MIN_ROWS))
        gap = rows.target - score_of(rows)
        weight = np.bincount(place, rows.weights)
        square = np.bincount(place, rows.weights**2)
        kept = weight > 0
        score, share, middle, spread = (
            np.bincount(place, rows.weights * of)[kept] / weight[kept]
            for of in (score_of(rows), rows.target, gap, gap**2)
        )
        n_effective = weight[kept] if rows.expected else weight[kept] ** 2 / square[kept]
        variance = np.maximum(spread - middle**2, 0.0) / np.maximum(n_effective - 1, 1.0)
        return Curve(score=score, share=share, variance=variance, weight=weight[kept] / rows.total)

    def value(self, rows: Scored) -> float | None:
        """Return the error, 0 where the gaps are no larger than noise makes them."""
        if self.lacks(rows):
            return None
        curves = [self.curve(one) for one in _each(rows)]
        noise = 0.0 if rows.expected else 1.0  # of labels, which expectations have none of
        square = sum(float(one.weight @ (one.gap**2 - noise * one.variance)) for one in curves) / len(curves)
        return max(square, 0.0) ** 0.5

    def influence(self, rows: Scored) -> FloatArray:
        """Return how each row moves the error, to first order."""
        value = max(self.value(rows) or 0.0, LEAST)
        each = _each(rows)
        together = np.zeros(rows.n)
        for one in each:
            together += self._of_square(one) / len(each)
        return together / (2 * value)

    def curvature(self, rows: Scored) -> float:
        """Return the variance of the error's square that is of second order: all there is where scores are right."""
        curves = [self.curve(one) for one in _each(rows)]
        return sum(float(2 * one.weight**2 @ one.variance**2) for one in curves) / len(curves) ** 2

    def vector(self, rows: Scored, like: Scored) -> Parts:
        """Return the gap of each bin of the scores of `like`, by the root of the share of its rows there."""
        pairs = list(zip(_each(rows, like), _each(like, like), strict=True))
        found = [self._parts(one, other) for one, other in pairs]
        sizes = np.cumsum([0, *(len(one.vector) for one in found)])
        root = len(found) ** 0.5
        return Parts(
            vector=np.concatenate([one.vector for one in found]) / root,
            variance=np.concatenate([one.variance for one in found]) / len(found),
            place=np.concatenate([one.place + first for one, first in zip(found, sizes[:-1].tolist(), strict=True)]),
            influence=np.concatenate([one.influence for one in found]) / root,
        )

    def support(self, rows: Scored) -> float:
        """Return all rows."""
        return rows.total

    def _parts(self, rows: Scored, like: Scored) -> Parts:
        edges = bin_edges(score_of(like), min(self.bins, like.n // MIN_ROWS))
        place, count = np.searchsorted(edges, score_of(rows), side="left"), len(edges) + 1
        usual = np.bincount(np.searchsorted(edges, score_of(like), side="left"), like.weights, count) / like.total
        share = np.bincount(place, rows.weights, count) / rows.total
        gap = rows.target - score_of(rows)
        first, second = (
            np.divide(
                np.bincount(place, rows.weights * of, count) / rows.total, share, out=np.zeros(count), where=share > 0
            )
            for of in (gap, gap**2)
        )
        per_row = np.divide(usual**0.5, share, out=np.zeros(count), where=share > 0)
        return Parts(
            vector=usual**0.5 * first,
            variance=per_row**2 * share * np.maximum(second - first**2, 0.0),
            place=place[None],
            influence=(per_row[place] * (gap - first[place]))[None],
        )

    def _of_square(self, rows: Scored) -> FloatArray:
        """Return the influence on the square of a binary task's error."""
        place = rows.bins(min(self.bins, rows.n // MIN_ROWS))
        weight = np.bincount(place, rows.weights)
        gap = rows.target - score_of(rows)
        sums = np.bincount(place, rows.weights * gap)
        middle = np.divide(sums, weight, out=np.zeros(len(weight)), where=weight > 0)[place]
        influence = 2 * middle * gap - middle**2
        return influence - rows.mean(influence)


def _each(rows: Scored, like: Scored | None = None) -> list[Scored]:
    """Return each class against the rest, those that `like` has."""
    if rows.n_classes == 2:
        return [rows]
    return each_class(rows) if like is None else [rows.against_rest(place) for place in classes_seen(like)]
