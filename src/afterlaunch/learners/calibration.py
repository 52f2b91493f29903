"""What a score is worth: probabilities that hold on labelled rows, learnt only where the score's own do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]

FOLDS = 5
MIN_ROWS = 100  # labelled rows below which nothing is learnt


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
    from sklearn.isotonic import IsotonicRegression  # noqa: PLC0415 - scikit-learn takes a second to import

    columns = [score] if score.ndim == 1 else list(score.T)
    positives = [1.0] if score.ndim == 1 else [float(place) for place in range(len(columns))]
    steps: list[tuple[FloatArray, FloatArray]] = []
    for column, positive in zip(columns, positives, strict=True):
        model: Any = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
        model.fit(column, (target == positive).astype(np.float64))
        steps.append((np.asarray(model.X_thresholds_, np.float64), np.asarray(model.y_thresholds_, np.float64)))
    return tuple(steps)


def _apply(steps: Sequence[tuple[FloatArray, FloatArray]], score: FloatArray) -> FloatArray:
    if score.ndim == 1:
        return np.interp(score, *steps[0])
    raised = np.stack([np.interp(column, *step) for column, step in zip(score.T, steps, strict=True)], axis=1)
    total = raised.sum(axis=1, keepdims=True)
    return np.divide(raised, total, out=np.full(raised.shape, 1 / raised.shape[1]), where=total > 0)


def _squared_error(score: FloatArray, target: FloatArray) -> float:
    if score.ndim == 1:
        return float(np.mean((score - target) ** 2))
    truth = target[:, None] == np.arange(score.shape[1])
    return float(np.mean(((score - truth) ** 2).sum(axis=1)))
