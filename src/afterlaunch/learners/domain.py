"""A classifier that tries to tell the rows of two windows apart: columns together show what each may hide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

FOLDS = 3
RESAMPLES = 200
MIN_BLOCKS = 12  # of the reference, for a null by shifting blocks
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """How well the two windows can be told apart: the area under the ROC curve, .5 not at all, 1 without error.

    `low` and `high` hold it in 95 % of resamples of whole blocks. `pvalue` is the share of placebo windows inside the
    reference that are told apart as well, None where the reference has too few blocks for any. `importance` (p,) sums
    to 1: how much of the AUC each column carries.
    """

    auc: float
    low: float
    high: float
    pvalue: float | None
    importance: FloatArray
    n_rows: int
    n_placebos: int


def tell_apart(
    x: FloatArray, is_current: BoolArray, block: IntArray, *, n_placebos: int, rng: np.random.Generator
) -> Domain:
    """Return how well rows `x` (n, p) of the current window can be told from those of the reference.

    `block` (n,) numbers the stretch of time (a day) of each row, in order; all rows of a block lie in one window.
    Scores are cross-fitted over whole blocks. The null moves a window of the current one's length, at most half of the
    reference, in a circle through the reference: what varies from day to day by itself is told apart there as well.
    Lopez-Paz & Oquab (2017), *Revisiting classifier two-sample tests*; the null by blocks, because rows of one day are
    not independent.
    """
    folds = _folds(block, is_current)
    fit = _cross_fit(x, is_current, folds)
    auc = fit.auc()
    low, high = _interval(fit, block, rng)
    placebos = list(_placebo_aucs(x[~is_current], block[~is_current], _n_blocks(block[is_current]), n_placebos))
    exceeded = sum(placebo >= auc for placebo in placebos)
    return Domain(
        auc=auc,
        low=low,
        high=high,
        pvalue=(1 + exceeded) / (1 + len(placebos)) if placebos else None,
        importance=_importance(fit, x, rng),
        n_rows=len(x),
        n_placebos=len(placebos),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _CrossFit:
    """Rows' scores (n,), each by a model that has not seen the row's fold."""

    y: BoolArray
    folds: IntArray
    score: FloatArray
    models: tuple[Any, ...]  # of scikit-learn, which has no types

    def auc(self, *, weight: FloatArray | None = None, score: FloatArray | None = None) -> float:
        """Return the mean over folds of the area under the ROC curve; scores of different models are not compared."""
        weight = np.ones(len(self.y)) if weight is None else weight
        score = self.score if score is None else score
        parts = [self.folds == fold for fold in range(FOLDS)]
        areas = [_area(score[part], self.y[part], weight[part]) for part in parts]
        known = [area for area in areas if area is not None]
        return float(np.mean(known)) if known else 0.5

    def rescored(self, x: FloatArray) -> FloatArray:
        """Return the scores that the same models give to other rows."""
        score = np.zeros(len(self.y))
        for fold, model in enumerate(self.models):
            score[self.folds == fold] = model.predict_proba(x[self.folds == fold])[:, 1]
        return score


def _folds(block: IntArray, is_current: BoolArray) -> IntArray:
    """Return each row's fold: whole blocks in turn where both windows have enough of them, else single rows in turn."""
    folds = np.zeros(len(block), dtype=np.int64)
    by_block = min(_n_blocks(block[is_current]), _n_blocks(block[~is_current])) >= FOLDS
    for side in (is_current, ~is_current):
        turn = np.unique(block[side], return_inverse=True)[1] if by_block else np.arange(int(side.sum()))
        folds[side] = turn % FOLDS
    return folds


def _n_blocks(block: IntArray) -> int:
    return len(np.unique(block))


def _cross_fit(x: FloatArray, y: BoolArray, folds: IntArray) -> _CrossFit:
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 - it takes a second to import

    models: list[Any] = []
    for fold in range(FOLDS):
        model: Any = HistGradientBoostingClassifier(
            max_iter=20,
            max_leaf_nodes=15,
            max_bins=63,
            learning_rate=0.3,
            early_stopping=False,  # pyright: ignore[reportArgumentType] - it takes True, False or "auto"
            class_weight="balanced",
            random_state=0,
        )
        models.append(model.fit(x[folds != fold], y[folds != fold]))
    blank = _CrossFit(y=y, folds=folds, score=np.zeros(len(y)), models=tuple(models))
    return replace(blank, score=blank.rescored(x))


def _area(score: FloatArray, y: BoolArray, weight: FloatArray) -> float | None:
    """Return the chance that a current row scores above a reference row, ties counted half."""
    values, place = np.unique(score, return_inverse=True)
    current = np.bincount(place, weights=weight * y, minlength=len(values))
    reference = np.bincount(place, weights=weight * ~y, minlength=len(values))
    pairs = current.sum() * reference.sum()
    if pairs == 0:
        return None
    below = np.cumsum(reference) - reference / 2
    return float(current @ below / pairs)


def _interval(fit: _CrossFit, block: IntArray, rng: np.random.Generator) -> tuple[float, float]:
    """Return the AUC's percentile interval over resamples of whole blocks, or of rows where a window is one block."""
    one_block = min(_n_blocks(block[fit.y]), _n_blocks(block[~fit.y])) < FOLDS
    unit = np.arange(len(fit.y)) if one_block else np.unique(block, return_inverse=True)[1]
    n_units = int(unit.max()) + 1
    draws = (rng.multinomial(n_units, np.full(n_units, 1 / n_units)).astype(np.float64) for _ in range(RESAMPLES))
    areas = [fit.auc(weight=draw[unit]) for draw in draws]
    low, high = np.quantile(areas, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _placebo_aucs(x: FloatArray, block: IntArray, n_current: int, n_placebos: int) -> Iterator[float]:
    """Yield the AUC of placebo windows, moved in a circle through the reference's blocks."""
    order = np.unique(block, return_inverse=True)[1]
    n_blocks = int(order.max()) + 1
    if n_blocks < MIN_BLOCKS:
        return
    length = max(min(n_current, n_blocks // 2), 1)
    for start in np.unique(np.linspace(0, n_blocks, n_placebos, endpoint=False).astype(np.int64)):
        inside = (order - start) % n_blocks < length
        yield _cross_fit(x, inside, _folds(order, inside)).auc()


def _importance(fit: _CrossFit, x: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return how much the held-out AUC falls when a column is shuffled, as shares (p,)."""
    auc = fit.auc()
    losses = np.zeros(x.shape[1])
    for column in range(x.shape[1]):
        shuffled = x.copy()
        shuffled[:, column] = rng.permutation(shuffled[:, column])
        losses[column] = max(auc - fit.auc(score=fit.rescored(shuffled)), 0.0)
    return losses / losses.sum() if losses.sum() > 0 else losses
