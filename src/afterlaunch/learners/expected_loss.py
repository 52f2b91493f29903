"""What loss a row's columns lead one to expect: boosted trees, each row judged by one that has not seen it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

FOLDS = 4
MIN_ROWS = 400  # below which a mean is all that is learnt
MOST_CATEGORIES = 250  # of a column; the trees take no more, and see its codes as numbers then
TRIED = (0.5, 1.0)  # shares of columns tried at each split, of which cross-validation chooses one
MOST_TRIED = 6_000  # rows on which it does
LEAST = 1e-9  # a mean loss that is foreseen, where a logarithm is taken of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Models of a loss, one a fold, and what they say of the rows they were learnt on (n,), each by one without it."""

    models: tuple[Any, ...]  # of scikit-learn, which has no types
    fitted: FloatArray

    def each(self, x: FloatArray) -> FloatArray:
        """Return what each fold's model expects of rows (FOLDS, n); their mean is the estimate."""
        return np.stack([np.asarray(model.predict(x), np.float64) for model in self.models])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mean:
    value: float

    def predict(self, x: FloatArray) -> FloatArray:
        return np.full(len(x), self.value)


def expected_loss(
    x: FloatArray, loss: FloatArray, *, is_category: BoolArray, block: IntArray | None = None, rng: np.random.Generator
) -> Expected:
    """Return models of `loss` (n,) given columns `x` (n, p), cross-fitted over whole blocks where there are enough.

    Trees in histograms (Ke et al. 2017, *LightGBM*). What is never negative is learnt on the scale of its logarithm, by
    Poisson's deviance: like squared error it aims at the mean, and large losses, which vary most, count less. The share
    of columns tried at each split is chosen by cross-validation. Missing values and unseen categories are cases of
    their own.
    """
    n = len(loss)
    if n < MIN_ROWS or not len(x.T):
        mean = float(loss.mean()) if n else 0.0
        return Expected(models=(_Mean(value=mean),) * FOLDS, fitted=np.full(n, mean))
    fold = folds(n, block, rng)
    share = _choose_share(x, loss, is_category, fold)
    models = [_fit(x[fold != part], loss[fold != part], is_category, share) for part in range(FOLDS)]
    fitted = np.empty(n)
    for part, model in enumerate(models):
        fitted[fold == part] = model.predict(x[fold == part])
    return Expected(models=tuple(models), fitted=fitted)


def own_variance(means: Sequence[float]) -> float:
    """Return the variance of an estimate that the models of all folds make together, from what each says alone.

    Each was learnt without one group of rows: the delete-a-group jackknife (Kott 2001, Journal of Official Statistics
    17).
    """
    values = np.asarray(means)
    return float((len(values) - 1) / len(values) * ((values - values.mean()) ** 2).sum())


def folds(n: int, block: IntArray | None, rng: np.random.Generator) -> IntArray:
    """Return each row's fold (n,): blocks in turn, or rows in a drawn order where there are few blocks."""
    if block is not None:
        place = np.unique(block, return_inverse=True)[1]
        if int(place.max(initial=-1)) + 1 >= 2 * FOLDS:
            return place % FOLDS
    return rng.permutation(n) % FOLDS


def _choose_share(x: FloatArray, loss: FloatArray, is_category: BoolArray, fold: IntArray) -> float:
    """Return the share of columns tried at each split that foresees the losses of other folds best."""
    step = -(-len(loss) // MOST_TRIED)
    x, loss, half = x[::step], loss[::step], fold[::step] % 2
    if min(np.bincount(half, minlength=2)) < MIN_ROWS:
        return TRIED[-1]
    missed = [
        sum(
            _missed(loss[half != part], _fit(x[half == part], loss[half == part], is_category, share), x[half != part])
            for part in (0, 1)
        )
        for share in TRIED
    ]
    return TRIED[int(np.argmin(missed))]


def _missed(loss: FloatArray, model: Any, x: FloatArray) -> float:  # noqa: ANN401 - scikit-learn has no types
    """Return by how much a model misses losses, summed: by Poisson's deviance if it learns by that, else in squares."""
    foreseen = np.asarray(model.predict(x), np.float64)
    if model.loss == "poisson":
        return float((foreseen - loss * np.log(np.maximum(foreseen, LEAST))).sum())
    return float(((foreseen - loss) ** 2).sum())


def _fit(x: FloatArray, loss: FloatArray, is_category: BoolArray, share: float) -> Any:  # noqa: ANN401 - no types
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415 - it takes a second to import

    few = np.array([np.nanmax(column, initial=0.0) < MOST_CATEGORIES for column in x.T])
    regressor: Any = HistGradientBoostingRegressor
    model: Any = regressor(
        loss="poisson" if loss.min() >= 0 and loss.max() > 0 else "squared_error",
        max_iter=60,
        max_leaf_nodes=31,
        max_bins=255,
        learning_rate=0.1,
        max_features=share,
        min_samples_leaf=40,
        categorical_features=is_category & few,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(x, loss)
