"""Nearest neighbours: a row is odd where even the reference rows nearest to it are far away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from afterlaunch.edges.outliers.outlier import evenly
from afterlaunch.errors import BadOption
from afterlaunch.learners.encode import learn_space

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.edges.outliers.outlier import Known
    from afterlaunch.stats.arrays import FloatArray

COMPARED = 5_000  # reference rows: more make it slower, hardly better


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestNeighbours:
    """The distance to the `k`-th nearest of 5,000 reference rows, numbers in robust standard deviations.

    Ramaswamy, Rastogi & Shim (2000), *Efficient algorithms for mining outliers from large data sets*, SIGMOD. Two
    categories that differ are about 1.4 apart.
    """

    name: ClassVar[str] = "nearest_neighbours"
    k: int = 10

    def __post_init__(self) -> None:
        """Check the settings."""
        if self.k < 1:
            raise BadOption(f"NearestNeighbours(k={self.k}): needs at least 1")

    def learn(self, known: Known, *, rng: np.random.Generator) -> Callable[[FloatArray], FloatArray]:
        """Return the scorer."""
        from sklearn.neighbors import NearestNeighbors as Index  # noqa: PLC0415 - scikit-learn takes a second to import

        space = learn_space(known.x, known.encoder, rng=rng)
        rows = space.place(evenly(known.x, COMPARED))
        index: Any = Index(n_neighbors=min(self.k, len(rows)), algorithm="brute")
        index.fit(rows)

        def score(x: FloatArray) -> FloatArray:
            return np.asarray(index.kneighbors(space.place(x))[0][:, -1], np.float64)

        return score
