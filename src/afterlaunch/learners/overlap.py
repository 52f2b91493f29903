"""What two windows have in common: the chance that a row is a current one, and the loss that rows like it have in each.

Everything is cross-fitted: a row's numbers come from models that have not seen its fold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

FOLDS = 4
MOST_ROWS = 60_000  # of a window, for a model to learn on
MOST_CATEGORIES = 63  # of a column: as many as the trees have bins; they see the codes of more as numbers
EDGE = 1e-3  # chances are kept this far from 0 and 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The loss to be expected of rows (n,) in the reference and in the current window, and the models that say so."""

    before: FloatArray
    after: FloatArray
    models_before: tuple[Any, ...]  # of scikit-learn, which has no types
    models_after: tuple[Any, ...]

    def expect_before(self, x: FloatArray) -> FloatArray:
        """Return the loss of other rows like `x` (m, p) in the reference."""
        return _mean(self.models_before, x)

    def expect_after(self, x: FloatArray) -> FloatArray:
        """Return the loss of other rows like `x` (m, p) in the current window."""
        return _mean(self.models_after, x)


def measure_chance(x: FloatArray, is_current: BoolArray, *, fold: IntArray, is_category: BoolArray) -> FloatArray:
    """Return the chance (n,) that each row is a current one, if both windows had equally many.

    `x` (n, p) are the rows' columns, `is_category` (p,) says which are codes, `fold` (n,) is each row's fold.
    """
    n_current = int(is_current.sum())
    weight: FloatArray = np.where(is_current, len(x) / 2 / n_current, len(x) / 2 / (len(x) - n_current))
    few = _few(x, is_category)
    everywhere = np.ones(len(x), np.bool_)
    chance, _ = _cross_fit(x, fold, everywhere, lambda rows: _classifier(x, is_current, weight, rows, few))
    return np.clip(chance, EDGE, 1 - EDGE)


def expect_both(
    x: FloatArray, loss: FloatArray, is_current: BoolArray, *, fold: IntArray, is_category: BoolArray
) -> Expected:
    """Return what `loss` (n,) rows like each row of `x` (n, p) have in the reference, and in the current window."""
    few = _few(x, is_category)
    before, models_before = _cross_fit(x, fold, ~is_current, lambda rows: _regressor(x, loss, rows, few))
    after, models_after = _cross_fit(x, fold, is_current, lambda rows: _regressor(x, loss, rows, few))
    return Expected(before=before, after=after, models_before=models_before, models_after=models_after)


def _few(x: FloatArray, is_category: BoolArray) -> BoolArray:
    """Return which columns (p,) the trees take as categories."""
    return is_category & np.array([np.nanmax(column, initial=0.0) < MOST_CATEGORIES for column in x.T], dtype=np.bool_)


def deal_folds(block: IntArray | None, is_current: BoolArray, *, rng: np.random.Generator) -> IntArray:
    """Return each row's fold (n,): in either window one long stretch of time after another, else rows as drawn.

    What a stretch of weeks has of its own is new to the models of the other stretches, as the current window is to the
    reference's. Days dealt in turn would have neighbours in every fold, and seem better known than a new window is.
    """
    fold = rng.permutation(len(is_current)) % FOLDS
    if block is None:
        return fold
    for side in (is_current, ~is_current):
        place = np.unique(block[side], return_inverse=True)[1]
        n_blocks = int(place.max(initial=-1)) + 1
        if n_blocks >= 2 * FOLDS:
            fold[side] = place * FOLDS // n_blocks
    return fold


def _cross_fit(
    x: FloatArray, fold: IntArray, usable: BoolArray, fit: Callable[[IntArray], Any]
) -> tuple[FloatArray, tuple[Any, ...]]:
    """Return what each row gets from the model learnt on the usable rows of other folds, and the models."""
    fitted = np.zeros(len(x))
    models: list[Any] = []
    for part in np.unique(fold).tolist():
        models.append(fit(_thinned(np.flatnonzero(usable & (fold != part)))))
        inside = fold == part
        fitted[inside] = _answer(models[-1], x[inside])
    return fitted, tuple(models)


def _thinned(rows: IntArray) -> IntArray:
    """Return at most `MOST_ROWS` of the rows, evenly spaced."""
    step = -(-len(rows) // MOST_ROWS)
    return rows[:: max(step, 1)]


def _answer(model: Any, x: FloatArray) -> FloatArray:  # noqa: ANN401 - scikit-learn has no types
    if hasattr(model, "predict_proba"):
        return np.asarray(model.predict_proba(x)[:, 1], np.float64)
    return np.asarray(model.predict(x), np.float64)


def _mean(models: tuple[Any, ...], x: FloatArray) -> FloatArray:
    return np.mean([_answer(model, x) for model in models], axis=0)


def _classifier(x: FloatArray, y: BoolArray, weight: FloatArray, rows: IntArray, is_category: BoolArray) -> Any:  # noqa: ANN401
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 - it takes a second to import

    chosen: Any = HistGradientBoostingClassifier
    return chosen(**_settings(len(rows), is_category)).fit(x[rows], y[rows], sample_weight=weight[rows])


def _regressor(x: FloatArray, loss: FloatArray, rows: IntArray, is_category: BoolArray) -> Any:  # noqa: ANN401
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415 - it takes a second to import

    chosen: Any = HistGradientBoostingRegressor
    return chosen(**_settings(len(rows), is_category)).fit(x[rows], loss[rows])


def _settings(n: int, is_category: BoolArray) -> dict[str, Any]:
    """Return the trees' settings: small steps and large leaves, since what is learnt is mostly noise."""
    return {
        "max_iter": 40 if n < 20_000 else 80,
        "learning_rate": 0.1,
        "max_leaf_nodes": 8 if n < 20_000 else 16,
        "min_samples_leaf": max(20, min(n // 100, 200)),
        "max_bins": 63,
        "l2_regularization": 1.0,
        "categorical_features": is_category,
        "early_stopping": False,
        "random_state": 0,
    }
