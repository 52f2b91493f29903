"""Losses of single rows: arrays in, one number a row out. Smaller is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.stats.arrays import FloatArray

Task: TypeAlias = Literal["binary", "multiclass", "regression"]
Answer: TypeAlias = Literal["score", "prediction"]

LEAST = float(np.finfo(np.float64).eps)  # scores are clipped this far from 0 and 1, as scikit-learn does: a loss of 36


def log_loss_rows(target: FloatArray, score: FloatArray) -> FloatArray:
    """Return -log of the probability that each row's score gave to what came true, (n,).

    `target` (n,) holds 0 and 1 and `score` (n,) the probability of 1; or the place of a class, and `score` is (n, k).
    Scores are clipped to [2.2e-16, 1 - 2.2e-16], so that a loss is at most 36.04.

    >>> log_loss_rows(np.array([1.0, 0.0]), np.array([0.5, 0.2])).round(3).tolist()
    [0.693, 0.223]
    """
    return -np.log(np.clip(_given(target, score), LEAST, 1 - LEAST))


def brier_rows(target: FloatArray, score: FloatArray) -> FloatArray:
    """Return the squared distance of each row's score from what came true, (n,): 0 to 1, of k > 2 classes 0 to 2.

    Of several classes the squares are summed, as Brier (1950) has it; of two, those of the positive class count.

    >>> brier_rows(np.array([1.0, 0.0]), np.array([0.5, 0.2])).round(3).tolist()
    [0.25, 0.04]
    """
    if score.ndim == 1:
        return (score - target) ** 2
    squares = (score**2).sum(axis=1)
    return squares - 2 * _given(target, score) + 1


def zero_one_rows(target: FloatArray, prediction: FloatArray) -> FloatArray:
    """Return 1 where the predicted class is wrong, 0 where it is right, (n,)."""
    return (target != prediction).astype(np.float64)


def squared_rows(target: FloatArray, prediction: FloatArray) -> FloatArray:
    """Return squared errors, (n,)."""
    return (prediction - target) ** 2


def absolute_rows(target: FloatArray, prediction: FloatArray) -> FloatArray:
    """Return absolute errors, (n,)."""
    return np.abs(prediction - target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A loss by name: the tasks that have it, the answer it reads, and `rows(target, answer)`."""

    name: str
    tasks: tuple[Task, ...]
    reads: Answer
    rows: Callable[[FloatArray, FloatArray], FloatArray]


LOSSES = {
    loss.name: loss
    for loss in (
        Loss(name="log_loss", tasks=("binary", "multiclass"), reads="score", rows=log_loss_rows),
        Loss(name="brier", tasks=("binary", "multiclass"), reads="score", rows=brier_rows),
        Loss(name="zero_one", tasks=("binary", "multiclass"), reads="prediction", rows=zero_one_rows),
        Loss(name="absolute", tasks=("regression",), reads="prediction", rows=absolute_rows),
        Loss(name="squared", tasks=("regression",), reads="prediction", rows=squared_rows),
    )
}


def default_loss(task: Task, *, scored: bool) -> Loss:
    """Return the loss that stands for a task where none is named.

    >>> default_loss("binary", scored=True).name, default_loss("regression", scored=False).name
    ('log_loss', 'absolute')
    """
    if task == "regression":
        return LOSSES["absolute"]
    return LOSSES["log_loss" if scored else "zero_one"]


def _given(target: FloatArray, score: FloatArray) -> FloatArray:
    """Return the probability that each row's score gave to its target."""
    if score.ndim == 1:
        return np.where(target == 1, score, 1 - score)
    return score[np.arange(len(target)), target.astype(np.int64)]
