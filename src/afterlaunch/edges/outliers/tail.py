"""Empirical tails: a row is odd where its columns, one by one, lie far out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from afterlaunch.stats.tails import tails_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.edges.outliers.outlier import Known
    from afterlaunch.stats.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class EmpiricalTail:
    """The sum over columns of -log of the share of reference rows at least as far out; both sides count.

    Li, Zhao, Hu, Botta, Ionescu & Chen (2022), *ECOD*, IEEE TKDE; categories as rare or rarer, missing ones by their
    share. Blind to combinations of ordinary values.
    """

    name: ClassVar[str] = "empirical_tail"

    def learn(self, known: Known, *, rng: np.random.Generator) -> Callable[[FloatArray], FloatArray]:
        """Return the scorer."""
        del rng  # nothing is drawn
        tails = [
            tails_of(column, categories=None if names is None else len(names))
            for column, names in zip(known.x.T, known.encoder.categories, strict=True)
        ]

        def score(x: FloatArray) -> FloatArray:
            total = np.zeros(len(x))
            for column, tail in zip(x.T, tails, strict=True):
                total -= np.log(tail.shares(column))
            return total

        return score
