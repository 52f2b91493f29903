"""What a score is worth: probabilities that hold on labelled rows, learnt only where the score's own do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]

FOLDS = 5
MIN_ROWS = 100  # labelled rows below which nothing is learnt
RESAMPLES = 100
CELLS = 256  # of scores, in which calibrators of resamples are compared
DEALT = 200  # blocks into which rows are dealt where time gives too few


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrator:
    """From scores to probabilities: step functions, one a class (one for a binary score); none where none is needed.

    `fitted` is what the rows it was learnt on get, each from a calibrator that has not seen its fold, in the scores'
    shape. `error_before` and `error_after` are mean squared errors there (Brier's).
    """

    steps: tuple[tuple[FloatArray, FloatArray], ...]
    fitted: FloatArray
    error_before: float | None
    error_after: float | None

    @property
    def is_needed(self) -> bool:
        """Whether scores are changed at all."""
        return bool(self.steps)

    def transform(self, score: FloatArray) -> FloatArray:
        """Return probabilities for scores (n,) or (n, k), in the same shape; several classes sum to 1."""
        return _apply(self.steps, score) if self.steps else score


def calibrate(
    score: FloatArray, target: FloatArray, *, block: IntArray | None = None, rng: np.random.Generator
) -> Calibrator:
    """Return the calibrator of scores, (n,) of a positive class or (n, k), whose `target` (n,) is known.

    Isotonic (Zadrozny & Elkan 2002), cross-fitted over whole blocks of time where there are enough, else over rows; it
    is used only if that lowers the mean squared error of rows that it has not seen. Scores that are right stay as they
    are.
    """
    n = len(target)
    if n < MIN_ROWS or len(np.unique(target)) < 2:
        return Calibrator(steps=(), fitted=score, error_before=None, error_after=None)
    fold = _folds(n, block, rng)
    fitted = np.empty_like(score)
    for part in range(FOLDS):
        rest = fold != part
        fitted[~rest] = _apply(_fit(score[rest], target[rest]), score[~rest])
    before, after = _squared_error(score, target), _squared_error(fitted, target)
    if after >= before:
        return Calibrator(steps=(), fitted=score, error_before=before, error_after=after)
    return Calibrator(steps=_fit(score, target), fitted=fitted, error_before=before, error_after=after)


def _folds(n: int, block: IntArray | None, rng: np.random.Generator) -> IntArray:
    """Return each row's fold: blocks in turn, or rows in a drawn order."""
    if block is not None:
        place = np.unique(block, return_inverse=True)[1]
        if int(place.max(initial=-1)) + 1 >= 2 * FOLDS:
            return place % FOLDS
    return rng.permutation(n) % FOLDS


def _fit(score: FloatArray, target: FloatArray) -> tuple[tuple[FloatArray, FloatArray], ...]:
    columns = [score] if score.ndim == 1 else list(score.T)
    positives = [1.0] if score.ndim == 1 else [float(place) for place in range(len(columns))]
    return tuple(
        _steps(column, (target == positive).astype(np.float64))
        for column, positive in zip(columns, positives, strict=True)
    )


def _steps(score: FloatArray, true: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the isotonic fit of one column, as the scores between which it is straight, and what it is there."""
    scores, place, n = np.unique(score, return_inverse=True, return_counts=True)
    share = _rising(np.bincount(place, true) / n, n.astype(np.float64))
    bends = np.ones(len(scores), dtype=bool)
    bends[1:-1] = (share[1:-1] != share[:-2]) | (share[1:-1] != share[2:])
    return scores[bends], share[bends]


def _rising(share: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the rising sequence nearest to shares (k,), their squared distances weighed."""
    return np.asarray(isotonic_regression(share, weights=weight).x, np.float64)


def _apply(steps: Sequence[tuple[FloatArray, FloatArray]], score: FloatArray) -> FloatArray:
    if score.ndim == 1:
        return np.interp(score, *steps[0])
    columns: list[FloatArray] = list(score.T)
    raised: FloatArray = np.stack(
        [np.interp(column, *step) for column, step in zip(columns, steps, strict=True)], axis=1
    )
    total = raised.sum(axis=1, keepdims=True)
    return np.divide(raised, total, out=np.full(raised.shape, 1 / raised.shape[1]), where=total > 0)


def _squared_error(score: FloatArray, target: FloatArray) -> float:
    if score.ndim == 1:
        return float(np.mean((score - target) ** 2))
    truth = (target[:, None] == np.arange(int(score.shape[1]))).astype(np.float64)
    off: FloatArray = (score - truth) ** 2
    return float(off.sum()) / len(target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wobble:
    """How else a calibrator could have come out: its changes (B, k, g) over resamples of what it was learnt on.

    Column `k` of the scores has cells that begin at `edges[k]`, of equally many of those rows each.
    """

    edges: tuple[FloatArray, ...]
    change: FloatArray

    def cells(self, score: FloatArray, column: int) -> IntArray:
        """Return the cell of each score (n,) of a column."""
        return np.searchsorted(self.edges[column], score, side="right")

    def sums(self, slope: FloatArray, score: FloatArray) -> FloatArray:
        """Return what each resample adds to a number (B,) that `slope`, in the scores' shape, says chances add to."""
        slopes, scores = (one[:, None] if one.ndim == 1 else one for one in (slope, score))
        together = np.zeros(len(self.change))
        for column in range(scores.shape[1]):
            size = self.change.shape[2]
            by_cell = np.bincount(self.cells(scores[:, column], column), slopes[:, column], size)
            together += self.change[:, column] @ by_cell
        return together


def wobble(score: FloatArray, target: FloatArray, *, block: IntArray | None = None, rng: np.random.Generator) -> Wobble:
    """Return how else the calibrator of these rows could have come out, by a bootstrap of whole blocks.

    Without enough blocks, rows are dealt into blocks by chance. The fits are of cells of rows, so that a hundred cost
    little; their differences from the fit of all rows are kept.
    """
    scores = score[:, None] if score.ndim == 1 else score
    positives = [1.0] if score.ndim == 1 else [float(place) for place in range(scores.shape[1])]
    unit = None if block is None else np.unique(block, return_inverse=True)[1]
    if unit is None or int(unit.max(initial=-1)) + 1 < 2 * FOLDS:
        unit = rng.integers(0, DEALT, len(target))
    n_units = int(unit.max()) + 1
    draws = rng.multinomial(n_units, np.full(n_units, 1 / n_units), size=RESAMPLES).astype(np.float64)
    edges = [np.unique(np.quantile(column, np.arange(1, CELLS) / CELLS)) for column in scores.T]
    size = max(len(one) for one in edges) + 1
    change = np.zeros((RESAMPLES, scores.shape[1], size))
    for column, positive in enumerate(positives):
        place = np.searchsorted(edges[column], scores[:, column], side="right")
        rows, true = (
            np.bincount(unit * size + place, weights, n_units * size).reshape(n_units, size).astype(np.float64)
            for weights in (None, (target == positive).astype(np.float64))
        )
        change[:, column] = _refitted(rows, true, draws)
    return Wobble(edges=tuple(edges), change=change)


def _refitted(rows: FloatArray, positive: FloatArray, draws: FloatArray) -> FloatArray:
    """Return the change (B, g) of an isotonic fit of cells when units count as often as they were drawn."""
    whole = _isotonic(rows.sum(axis=0), positive.sum(axis=0))
    return np.stack([_isotonic(draw @ rows, draw @ positive) for draw in draws]) - whole


def _isotonic(rows: FloatArray, positive: FloatArray) -> FloatArray:
    """Return the rising shares of cells; a cell without rows takes its neighbours'."""
    there = np.flatnonzero(rows > 0)
    return np.interp(np.arange(len(rows)), there, _rising(positive[there] / rows[there], rows[there]))
