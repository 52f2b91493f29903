"""What a metric is taken of: rows with a target and what the model answered, perhaps weighted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.logs.roles import Task
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True)
class Scored:
    """n rows, each with a target.

    `target` (n,) holds 0 and 1, the place of a class, or numbers; `score` (n,) is the probability of 1, or (n, k) those
    of k classes; `prediction` (n,) is of the target's kind. `weight` (n,) is not negative; None: every row counts once.
    `expected`: the same rows stand here once as each class, weighed by its chance, so that sums are free of the noise
    of labels.
    """

    task: Task
    n_classes: int
    target: FloatArray
    score: FloatArray | None = None
    prediction: FloatArray | None = None
    weight: FloatArray | None = None
    expected: bool = False

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.target)

    @cached_property
    def weights(self) -> FloatArray:
        """The weight of each row."""
        return np.ones(self.n) if self.weight is None else self.weight

    @cached_property
    def total(self) -> float:
        """The sum of the weights."""
        return float(self.weights.sum())

    def mean(self, rows: FloatArray | BoolArray) -> float:
        """Return the weighted mean of one number a row."""
        return float(rows.mean()) if self.weight is None else float(self.weight @ rows) / self.total

    def take(self, which: BoolArray | IntArray | slice) -> Scored:
        """Return some of the rows."""
        return replace(
            self,
            target=self.target[which],
            score=None if self.score is None else self.score[which],
            prediction=None if self.prediction is None else self.prediction[which],
            weight=None if self.weight is None else self.weight[which],
        )

    def weighted(self, weight: FloatArray) -> Scored:
        """Return the rows with other weights."""
        return replace(self, weight=weight)

    def against_rest(self, place: int) -> Scored:
        """Return one class against all others, as a binary task."""
        return Scored(
            task="binary",
            n_classes=2,
            target=(self.target == place).astype(np.float64),
            score=None if self.score is None else self.score[:, place],
            prediction=None if self.prediction is None else (self.prediction == place).astype(np.float64),
            weight=self.weight,
            expected=self.expected,
        )

    @cached_property
    def class_weights(self) -> FloatArray:
        """The weight of the rows of each class (k,)."""
        return np.bincount(self.target.astype(np.int64), self.weights, self.n_classes).astype(np.float64)

    @cached_property
    def _bins(self) -> dict[int, IntArray]:
        return {}

    def bins(self, count: int) -> IntArray:
        """Return each row's bin by the score of a binary task (n,): of equally many rows, equal scores together."""
        if count not in self._bins:
            scores = self.score if self.score is not None else np.zeros(self.n)
            self._bins[count] = np.searchsorted(bin_edges(scores, count), scores, side="left")
        return self._bins[count]

    @cached_property
    def ranking(self) -> Ranking:
        """The rows of a binary task by their score."""
        scores = self.score if self.score is not None else np.zeros(self.n)
        order = np.argsort(scores)
        ascending = scores[order]
        first = np.ones(self.n, dtype=bool)
        first[1:] = ascending[1:] != ascending[:-1]
        place = np.empty(self.n, dtype=np.int64)
        place[order] = np.cumsum(first) - 1
        positive, negative = (
            np.bincount(place, self.weights * of).astype(np.float64) for of in (self.target, 1 - self.target)
        )
        return Ranking(place=place, positive=positive, negative=negative)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Rows by score: the place (n,) of each row's score among the G distinct ones, ascending; weights (G,) there."""

    place: IntArray
    positive: FloatArray
    negative: FloatArray


def bin_edges(scores: FloatArray, count: int) -> FloatArray:
    """Return the last score of each of `count` bins with equally many rows, but for the last bin."""
    return np.unique(np.quantile(scores, np.arange(1, count) / count))


def scored(outcomes: Outcomes) -> Scored:
    """Return the rows of a log that have a target and an answer."""
    known = outcomes.labelled & outcomes.answered
    rows = outcomes if known.all() else outcomes.take(known)
    return Scored(
        task=rows.task,
        n_classes=len(rows.classes),
        target=rows.target,
        score=rows.score,
        prediction=rows.prediction,
    )
