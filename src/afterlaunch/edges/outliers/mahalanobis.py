"""Robust Mahalanobis distance: a row is odd where its numbers do not go together as they do elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from afterlaunch.edges.outliers.outlier import evenly
from afterlaunch.learners.encode import robust_scale
from afterlaunch.stats.tails import is_lumped, tails_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.edges.outliers.outlier import Known
    from afterlaunch.stats.arrays import FloatArray

LUMPED = 0.4  # a column with one value in more rows than this has no spread that half of its rows could give
RIDGE = 1e-3  # of a variance, so that columns which repeat another do not count without end


@dataclass(frozen=True, slots=True, kw_only=True)
class RobustMahalanobis:
    """The squared Mahalanobis distance of the numbers, centre and covariance from the half of the rows that fits best.

    Rousseeuw & Van Driessen (1999), *A fast algorithm for the minimum covariance determinant estimator*,
    Technometrics; scikit-learn's. Categories, missing values and columns that mostly hold one value add -2 log of their
    tail share, which is on the same scale. Missing numbers count as ordinary there.
    """

    name: ClassVar[str] = "mahalanobis"

    def learn(self, known: Known, *, rng: np.random.Generator) -> Callable[[FloatArray], FloatArray]:
        """Return the scorer."""
        numeric = ~(known.encoder.is_category | is_lumped(known.x, LUMPED))
        scales = np.array([robust_scale(column[~np.isnan(column)]) for column in known.x[:, numeric].T]).reshape(-1, 2)
        tails = [
            tails_of(column, categories=None if names is None else len(names))
            for column, names in zip(known.x.T, known.encoder.categories, strict=True)
        ]

        def scaled(x: FloatArray) -> FloatArray:
            return np.nan_to_num((x[:, numeric] - scales[:, 0]) / scales[:, 1])

        center, precision = _fit(scaled(evenly(known.x)), int(rng.integers(2**31)))

        def score(x: FloatArray) -> FloatArray:
            apart = scaled(x) - center
            total = np.einsum("ij,jk,ik->i", apart, precision, apart)
            for place, (column, tail) in enumerate(zip(x.T, tails, strict=True)):
                counted = np.isnan(column) if numeric[place] else np.ones(len(x), dtype=np.bool_)
                total -= np.where(counted, 2 * np.log(tail.shares(column)), 0.0)
            return total

        return score


def _fit(x: FloatArray, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return centre and inverse covariance of the rows that fit best."""
    if not x.shape[1]:
        return np.zeros(0), np.zeros((0, 0))
    from sklearn.covariance import MinCovDet  # noqa: PLC0415 - scikit-learn takes a second to import

    robust: Any = MinCovDet(random_state=seed)
    robust.fit(x + RIDGE * np.random.default_rng(seed).normal(size=x.shape))
    covariance = np.asarray(robust.covariance_, np.float64)
    precision = np.linalg.inv(covariance + RIDGE * np.diag(np.maximum(np.diag(covariance), RIDGE)))
    return np.asarray(robust.location_, np.float64), np.asarray(precision, np.float64)
