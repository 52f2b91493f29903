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
MOST_ROWS = 30_000  # for a model to learn on
MOST_CATEGORIES = 63  # of a column: as many as the trees have bins; rarer ones are taken together
CELLS = 62  # of a number
EDGE = 1e-3  # chances are kept this far from 0 and 1
SHRINK = 10.0  # rows of the usual mean that each category's mean is mixed with


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Boosted trees on columns whose categories, `order[j]` of them or None, stand in the order of their means.

    `empty` (p,) are the columns of which the trees have seen no value: they tell nothing.
    """

    model: Any  # of scikit-learn, which has no types
    order: tuple[FloatArray | None, ...]
    empty: BoolArray

    def answer(self, x: FloatArray) -> FloatArray:
        """Return what the trees say of rows `x` (m, p): a chance, or a number."""
        ordered = _in_order(x, self.order, self.empty)
        if hasattr(self.model, "predict_proba"):
            return np.asarray(self.model.predict_proba(ordered)[:, 1], np.float64)
        return np.asarray(self.model.predict(ordered), np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The loss to be expected of rows (n,) in the reference and in the current window, and the models that say so."""

    before: FloatArray
    after: FloatArray
    models_before: tuple[Trees, ...]
    models_after: tuple[Trees, ...]

    def expect_before(self, x: FloatArray) -> FloatArray:
        """Return the loss of other rows like `x` (m, p) in the reference, as each of the k models has it: (k, m)."""
        return np.stack([trees.answer(x) for trees in self.models_before])

    def expect_after(self, x: FloatArray) -> FloatArray:
        """Return the same of the current window."""
        return np.stack([trees.answer(x) for trees in self.models_after])


def coarsen(x: FloatArray, is_category: BoolArray) -> FloatArray:
    """Return columns (n, p) as trees see them: numbers as one of at most `CELLS` quantile cells, missing as NaN."""
    coarse = x.copy()
    for column in np.flatnonzero(~is_category).tolist():
        known = x[~np.isnan(x[:, column]), column]
        if len(known):
            edges = np.unique(np.quantile(known, np.arange(1, CELLS) / CELLS))
            cell = np.searchsorted(edges, x[:, column], side="right")
            coarse[:, column] = np.where(np.isnan(x[:, column]), np.nan, cell)
    return coarse


def measure_chance(
    x: FloatArray,
    is_current: BoolArray,
    *,
    fold: IntArray,
    is_category: BoolArray,
    weight: FloatArray | None = None,
) -> FloatArray:
    """Return the chance (n,) that each row is a current one, if both windows had equally many, or rows of `weight`.

    `x` (n, p) are the rows' columns, `is_category` (p,) says which are codes, `fold` (n,) is each row's fold.
    """
    n_current = int(is_current.sum())
    if weight is None:
        weight = np.where(is_current, len(x) / 2 / n_current, len(x) / 2 / (len(x) - n_current))
    heavy: FloatArray = weight
    everywhere = np.ones(len(x), np.bool_)
    chance, _ = _cross_fit(
        x, fold, everywhere, lambda rows: _grow(x[rows], is_current[rows], is_category, weight=heavy[rows])
    )
    return np.clip(chance, EDGE, 1 - EDGE)


def expect_both(
    x: FloatArray, loss: FloatArray, is_current: BoolArray, *, fold: IntArray, is_category: BoolArray
) -> Expected:
    """Return what `loss` (n,) rows like each row of `x` (n, p) have in the reference, and in the current window."""
    before, models_before = _cross_fit(x, fold, ~is_current, lambda rows: _grow(x[rows], loss[rows], is_category))
    after, models_after = _cross_fit(x, fold, is_current, lambda rows: _grow(x[rows], loss[rows], is_category))
    return Expected(before=before, after=after, models_before=models_before, models_after=models_after)


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
    x: FloatArray, fold: IntArray, usable: BoolArray, grow: Callable[[IntArray], Trees]
) -> tuple[FloatArray, tuple[Trees, ...]]:
    """Return what each row gets from the trees grown on the usable rows of other folds, and the trees."""
    fitted = np.zeros(len(x))
    grown: list[Trees] = []
    for part in np.unique(fold).tolist():
        grown.append(grow(_thinned(np.flatnonzero(usable & (fold != part)))))
        inside = fold == part
        fitted[inside] = grown[-1].answer(x[inside])
    return fitted, tuple(grown)


def _thinned(rows: IntArray) -> IntArray:
    """Return at most `MOST_ROWS` of the rows, evenly spaced."""
    step = -(-len(rows) // MOST_ROWS)
    return rows[:: max(step, 1)]


def _grow(
    x: FloatArray, y: FloatArray | BoolArray, is_category: BoolArray, *, weight: FloatArray | None = None
) -> Trees:
    """Return trees that tell `y` (n,) of rows `x` (n, p): a classifier's where it is true or false."""
    from sklearn.ensemble import (  # noqa: PLC0415 - it takes a second to import
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
    )

    chosen: Any = HistGradientBoostingClassifier if y.dtype == np.bool_ else HistGradientBoostingRegressor
    usual = np.ones(len(y)) if weight is None else weight
    order = tuple(
        _order(column, y, usual) if coded else None for column, coded in zip(x.T, is_category.tolist(), strict=True)
    )
    empty = np.asarray(np.isnan(x).all(axis=0), np.bool_)
    model = chosen(**_settings(len(y))).fit(_in_order(x, order, empty), y, sample_weight=weight)
    return Trees(model=model, order=order, empty=empty)


def _order(code: FloatArray, y: FloatArray | BoolArray, weight: FloatArray) -> FloatArray:
    """Return the place of each code in the order of its mean of `y`, drawn to the mean of all where rows are few."""
    known = ~np.isnan(code)
    place = code[known].astype(np.int64)
    size = max(int(place.max(initial=0)) + 1, MOST_CATEGORIES)
    usual = float(np.average(y, weights=weight))
    typical = float(weight.mean())
    held = np.bincount(place, weight[known], size) / typical
    sums = np.bincount(place, weight[known] * y[known], size) / typical
    mean = (sums + SHRINK * usual) / (held + SHRINK)
    return np.argsort(np.argsort(mean, kind="stable"), kind="stable").astype(np.float64)


def _in_order(x: FloatArray, order: tuple[FloatArray | None, ...], empty: BoolArray) -> FloatArray:
    """Return rows (n, p) with the places of their categories instead of the codes, and 0 in empty columns."""
    ordered: FloatArray = np.where(empty, 0.0, x)
    for column, places in enumerate(order):
        if places is not None and not empty[column]:
            code = np.minimum(np.nan_to_num(x[:, column]), len(places) - 1).astype(np.int64)
            ordered[:, column] = np.where(np.isnan(x[:, column]), np.nan, places[code])
    return ordered


def _settings(n: int) -> dict[str, Any]:
    """Return the trees' settings: small steps and large leaves, since what is learnt is mostly noise."""
    return {
        "max_iter": 40,
        "learning_rate": 0.1 if n < 20_000 else 0.15,
        "max_leaf_nodes": 8 if n < 20_000 else 16,
        "min_samples_leaf": max(20, min(n // 100, 200)),
        "max_bins": 63,
        "l2_regularization": 1.0,
        "early_stopping": False,
        "random_state": 0,
    }
