"""Regressors without labels: what rows like these have cost before, by a model of the loss learnt on the reference.

Direct loss estimation, which NannyML made known as DLE. It assumes that rows with the same columns and the same
prediction still have the same loss on average: no concept drift.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.learners.expected_loss import FOLDS, expected_loss, own_variance
from afterlaunch.performance.estimate.estimated import Estimated, on_scale
from afterlaunch.performance.means import MeanOfRows
from afterlaunch.performance.metrics.metric import OfMeans
from afterlaunch.performance.scored import scored
from afterlaunch.stats.losses import squared_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.performance.metrics.metric import Metric
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

ROWS = 100_000  # of the reference, at most, to learn from
MIN_KNOWN = 400
CELLS = 10  # of rows by expected loss, of which each has a spread of its own
STEP = 1e-4
NOTE = "Estimated performance: losses are expected as rows with like columns and predictions had them in the reference."


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One number a row: what it was (n,), NaN without a label, and what it is expected to be, by each model (K, n).

    `expected` (n,) is the models' mean, `cell` (n,) places it among those of the reference.
    """

    actual: FloatArray
    each: FloatArray
    expected: FloatArray
    cell: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Rows' features as numbers (n, p), and which of these are codes of categories (p,)."""

    x: FloatArray
    is_category: BoolArray


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """Models of losses, learnt when a metric first asks for them, of rows with columns `x` (n, p)."""

    outcomes: Outcomes
    prediction: FloatArray
    x: FloatArray
    is_category: BoolArray
    known: BoolArray
    bucket: IntArray
    seed: int
    notes: tuple[str, ...] = (NOTE,)
    learnt: dict[str, Total] = field(default_factory=dict[str, Total])

    def estimate(self, metric: Metric, rows: IntArray) -> Estimated | None:
        """Return the estimate of a metric of means on the rows at these places; None of any other metric."""
        if metric.lacks(self._labelled()):
            return None
        if isinstance(metric, MeanOfRows):
            totals, made = [self._mean_of(metric)], _only
        elif isinstance(metric, OfMeans):
            totals, made = [self._total(name) for name in metric.means], metric.of_means
        else:
            return None
        each = np.stack([one.each[:, rows].mean(axis=1) for one in totals])
        means = each.mean(axis=1)
        value, others = made(means.tolist()), [made(one.tolist()) for one in each.T]
        if value is None or any(one is None for one in others):
            return None
        gradient = _gradient(made, means)
        residual = sum(g * (one.actual[rows] - one.expected[rows]) for g, one in zip(gradient, totals, strict=True))
        spread = self._spread(totals, gradient, rows)
        return on_scale(
            metric,
            value,
            noise=float(spread.sum()) / len(rows) ** 2,
            own=own_variance([one for one in others if one is not None]),
            support=len(rows),
            residual=np.asarray(residual, dtype=np.float64),
            spread=spread,
        )

    def _labelled(self) -> Scored:
        return scored(self.outcomes)

    def _mean_of(self, metric: MeanOfRows) -> Total:
        name = type(metric).__name__
        if name not in self.learnt:
            actual = np.full(self.outcomes.n, np.nan)
            actual[self.outcomes.labelled & self.outcomes.answered] = metric.of_rows(self._labelled())
            self.learnt[name] = self._learn(actual)
        return self.learnt[name]

    def _total(self, name: str) -> Total:
        """Return squared errors; or targets and their squares, which follow from errors and the predictions."""
        if name not in self.learnt:
            target, guess = self.outcomes.target, self.prediction
            if name == "squared":
                self.learnt[name] = self._learn(squared_rows(target, guess))
            elif name == "error":
                self.learnt[name] = self._learn(guess - target)
            elif name == "target":
                self.learnt[name] = self._made(target, guess - self._total("error").each)
            else:
                error, squared = self._total("error").each, self._total("squared").each
                self.learnt[name] = self._made(target**2, guess**2 - 2 * guess * error + squared)
        return self.learnt[name]

    def _learn(self, actual: FloatArray) -> Total:
        """Return what a number is expected to be: on known rows by models that have not seen them."""
        same = [one for one in self.learnt.values() if np.array_equal(one.actual, actual, equal_nan=True)]
        if same:
            return same[0]
        rng = np.random.default_rng(self.seed)
        rows = np.flatnonzero(self.known & np.isfinite(actual))
        if len(rows) > ROWS:
            rows = np.sort(rng.choice(rows, ROWS, replace=False))
        found = expected_loss(
            self.x[rows], actual[rows], is_category=self.is_category, block=self.bucket[rows], rng=rng
        )
        each = np.full((FOLDS, len(actual)), np.nan)
        others = np.ones(len(actual), dtype=bool)
        others[rows] = False
        each[:, others] = found.each(self.x[others])
        each[:, rows] = found.fitted
        return self._made(actual, each)

    def _made(self, actual: FloatArray, each: FloatArray) -> Total:
        expected: FloatArray = each.mean(axis=0)
        known = expected[self.known & np.isfinite(expected)]
        edges: FloatArray = np.unique(np.quantile(known, np.arange(1, CELLS) / CELLS))
        return Total(actual=actual, each=each, expected=expected, cell=np.searchsorted(edges, expected))

    def _spread(self, totals: Sequence[Total], gradient: FloatArray, rows: IntArray) -> FloatArray:
        """Return each row's variance about its expectation (n,): that of reference rows of like expected loss."""
        known = np.flatnonzero(self.known)
        apart = sum(g * (one.actual[known] - one.expected[known]) for g, one in zip(gradient, totals, strict=True))
        cell = totals[0].cell
        size = np.bincount(cell[known], minlength=CELLS)
        variance = np.bincount(cell[known], np.asarray(apart) ** 2, CELLS) / np.maximum(size, 1)
        return variance[cell[rows]]


def learn_foreseen(
    outcomes: Outcomes,
    columns: Columns,
    *,
    known: BoolArray,
    bucket: IntArray,
    rng: np.random.Generator,
) -> Foreseen | None:
    """Return what losses are to be expected, None where too few rows of the reference have a label.

    `known` (n,) marks rows of the reference with a label and a prediction.
    """
    if outcomes.prediction is None or known.sum() < MIN_KNOWN:
        return None
    return Foreseen(
        outcomes=outcomes,
        prediction=outcomes.prediction,
        x=np.column_stack([columns.x, outcomes.prediction]),
        is_category=np.append(columns.is_category, False),
        known=known,
        bucket=bucket,
        seed=int(rng.integers(2**31)),
    )


def _only(means: Sequence[float]) -> float | None:
    return means[0]


def _gradient(made: Callable[[Sequence[float]], float | None], means: FloatArray) -> FloatArray:
    """Return the slope of a function of means in each of them, by a small step either way."""
    slopes = np.zeros(len(means))
    for place, mean in enumerate(means):
        step = np.zeros(len(means))
        step[place] = STEP * max(abs(float(mean)), 1e-12)
        above, below = made((means + step).tolist()), made((means - step).tolist())
        slopes[place] = 0.0 if above is None or below is None else (above - below) / (2 * step[place])
    return slopes
