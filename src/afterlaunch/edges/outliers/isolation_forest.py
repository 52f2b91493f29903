"""Isolation forest: a row is odd where few random cuts set it apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from afterlaunch.edges.outliers.outlier import evenly, rarity
from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.edges.outliers.outlier import Known
    from afterlaunch.stats.arrays import FloatArray

MIN_TREES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolationForest:
    """The mean number of random cuts that isolate a row, fewer being odder; categories count by how rare they are.

    Liu, Ting & Zhou (2008), *Isolation Forest*, ICDM; scikit-learn's. Missing numbers lie at the median, with a column
    of their own that says so.
    """

    name: ClassVar[str] = "isolation_forest"
    n_trees: int = 100

    def __post_init__(self) -> None:
        """Check the settings."""
        if self.n_trees < MIN_TREES:
            raise BadOption(f"IsolationForest(n_trees={self.n_trees}): needs at least {MIN_TREES}")

    def learn(self, known: Known, *, rng: np.random.Generator) -> Callable[[FloatArray], FloatArray]:
        """Return the scorer."""
        from sklearn.ensemble import IsolationForest as Forest  # noqa: PLC0415 - scikit-learn takes a second to import

        numbered = rarity(known)
        rows = numbered(known.x)
        middle = np.array(
            [np.median(column[~np.isnan(column)]) if not np.isnan(column).all() else 0.0 for column in rows.T]
        )
        gaps = np.isnan(rows).any(axis=0)

        def filled(x: FloatArray) -> FloatArray:
            numbers = numbered(x)
            gone = np.isnan(numbers)
            return np.concatenate([np.where(gone, middle, numbers), gone[:, gaps]], axis=1)

        forest: Any = Forest(n_estimators=self.n_trees, random_state=int(rng.integers(2**31)))
        forest.fit(filled(evenly(known.x)))
        return lambda x: -forest.score_samples(filled(x))
