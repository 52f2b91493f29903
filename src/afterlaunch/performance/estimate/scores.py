"""Classifiers without labels: any metric, as its value would be if every class came true as often as scores promise.

A row counts once as each class, weighed by the chance of it: confidence-based performance estimation, which NannyML
made known as CBPE. It assumes that a score means what it meant in the reference: no concept drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.learners.calibration import calibrate, wobble
from afterlaunch.performance.estimate.estimated import Estimated, on_scale
from afterlaunch.performance.metrics.metric import is_curved, is_influential
from afterlaunch.performance.scored import Scored

if TYPE_CHECKING:
    from afterlaunch.learners.calibration import Wobble
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.performance.metrics.metric import Influential, Metric
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

DRAWS = 40  # of labels, for a metric without a formula
NEEDED = "Estimated performance: scores, recalibrated on the reference's labels, are taken at their word."
AS_LOGGED = "Estimated performance: scores are taken at their word, as they stand."
UNCHECKED = "Estimated performance: scores are taken at their word; the reference has too few labels to check them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """The chance of the positive class (n,) or of each class (n, k), by row; and how else it could have been learnt."""

    outcomes: Outcomes
    score: FloatArray
    chance: FloatArray
    wobble: Wobble | None
    seed: int
    notes: tuple[str, ...]

    def estimate(self, metric: Metric, rows: IntArray) -> Estimated | None:
        """Return the estimate on the rows at these places, all of which have an answer."""
        expected = self._expected(rows, self.chance[rows])
        value = metric.value(expected)
        if value is None:
            return None
        if not is_influential(metric):
            return self._drawn(metric, rows, value, expected.total)
        slope, mean, spread = self._moments(metric, expected, rows)
        own = 0.0 if self.wobble is None else _mean_square(self.wobble.sums(slope / len(rows), self.score[rows]))
        return on_scale(
            metric,
            value,
            noise=float(spread.sum()) / len(rows) ** 2,
            own=own,
            support=metric.support(expected),
            curvature=metric.curvature(expected) if is_curved(metric) else 0.0,
            residual=self._of_target(slope, mean, rows),
            spread=spread,
        )

    def _expected(self, rows: IntArray, chance: FloatArray) -> Scored:
        """Return every row once as each class, by its chance: n rows of class 0, then n of class 1, …."""
        by_class = np.stack([1 - chance, chance]) if chance.ndim == 1 else chance.T
        k, prediction = len(by_class), self.outcomes.prediction
        score = self.score[rows]
        return Scored(
            task=self.outcomes.task,
            n_classes=k,
            target=np.repeat(np.arange(k, dtype=np.float64), len(rows)),
            score=np.tile(score, k if score.ndim == 1 else (k, 1)),
            prediction=None if prediction is None else np.tile(prediction[rows], k),
            weight=by_class.ravel(),
            expected=True,
        )

    def _moments(
        self, metric: Influential, expected: Scored, rows: IntArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return what a chance adds to the metric (as scores are shaped), and each row's mean and variance (n,)."""
        influence = metric.influence(expected).reshape(-1, len(rows))
        weight = expected.weights.reshape(-1, len(rows))
        mean = (weight * influence).sum(axis=0)
        spread = np.maximum((weight * influence**2).sum(axis=0) - mean**2, 0.0)
        if self.chance.ndim == 1:
            return influence[1] - influence[0], weight[1], spread
        return (influence - mean).T, np.zeros(len(rows)), spread

    def _of_target(self, slope: FloatArray, mean: FloatArray, rows: IntArray) -> FloatArray:
        """Return how far the class that came true moves each row's influence from its mean; NaN where none is known."""
        target = self.outcomes.target[rows]
        if slope.ndim == 1:
            return (target - mean) * slope
        known = np.isfinite(target)
        place = np.where(known, target, 0).astype(np.int64)
        return np.where(known, slope[np.arange(len(rows)), place], np.nan)

    def _drawn(self, metric: Metric, rows: IntArray, value: float, support: float) -> Estimated:
        """Return the estimate of a metric without a formula: what is open about it, from drawn labels and resamples."""
        rng = np.random.default_rng(self.seed)
        chance, n = self.chance[rows], len(rows)
        by_class = np.stack([1 - chance, chance]) if chance.ndim == 1 else chance.T
        until = np.cumsum(by_class, axis=0)
        plain = self._expected(rows, chance).take(slice(0, n))
        found: list[float | None] = []
        for _ in range(DRAWS):
            target = (rng.random(n) >= until[:-1]).sum(axis=0).astype(np.float64)
            drawn = Scored(
                task=plain.task,
                n_classes=plain.n_classes,
                target=target,
                score=plain.score,
                prediction=plain.prediction,
            )
            found.append(metric.value(drawn))
        return on_scale(
            metric, value, noise=_variance(found, value), own=self._own(metric, rows, value), support=support
        )

    def _own(self, metric: Metric, rows: IntArray, value: float) -> float:
        if self.wobble is None:
            return 0.0
        chance, score = self.chance[rows], self.score[rows]
        columns = [score] if score.ndim == 1 else list(score.T)
        cells = [self.wobble.cells(column, place) for place, column in enumerate(columns)]
        found: list[float | None] = []
        for change in self.wobble.change[:DRAWS]:
            moved = np.stack([change[place][cell] for place, cell in enumerate(cells)], axis=1)
            other = np.clip(chance + (moved[:, 0] if chance.ndim == 1 else moved), 0.0, 1.0)
            if other.ndim == 2:
                other /= np.maximum(other.sum(axis=1, keepdims=True), 1e-12)
            found.append(metric.value(self._expected(rows, other)))
        return _variance(found, value)


def learn_promised(
    outcomes: Outcomes, *, known: BoolArray, bucket: IntArray, rng: np.random.Generator
) -> Promised | None:
    """Return what scores promise, calibrated on the rows `known` (n,) if that helps; None where there are no scores.

    `known` rows have a label and an answer, and lie in the reference. They get the chances of calibrators that have not
    seen them.
    """
    score = outcomes.score
    if score is None:
        return None
    calibrator = calibrate(score[known], outcomes.target[known], block=bucket[known], rng=rng)
    chance = calibrator.transform(score)
    if calibrator.is_needed:
        chance[known] = calibrator.fitted
        other = wobble(score[known], outcomes.target[known], block=bucket[known], rng=rng)
    else:
        other = None
    note = NEEDED if calibrator.is_needed else UNCHECKED if calibrator.error_before is None else AS_LOGGED
    return Promised(
        outcomes=outcomes, score=score, chance=chance, wobble=other, seed=int(rng.integers(2**31)), notes=(note,)
    )


def _mean_square(values: FloatArray) -> float:
    return float((values**2).mean())


def _variance(found: list[float | None], value: float) -> float:
    known = np.array([one for one in found if one is not None])
    return float(((known - value) ** 2).mean()) if len(known) else 0.0
