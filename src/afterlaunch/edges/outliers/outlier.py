"""What a way to score odd rows is: it learns on reference rows and gives a number to any row, higher being odder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.learners.encode import Encoder
    from afterlaunch.stats.arrays import FloatArray

MOST_ROWS = 20_000  # reference rows that a scorer learns from, evenly spaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Reference rows `x` (n, p) as `encoder` made them: numbers, codes of categories, NaN where missing."""

    x: FloatArray
    encoder: Encoder


@runtime_checkable
class Outlier(Protocol):
    """A way to score how odd rows are."""

    name: ClassVar[str]

    def learn(self, known: Known, *, rng: np.random.Generator) -> Callable[[FloatArray], FloatArray]:
        """Return the scorer of rows (n, p): one number a row, higher being odder."""
        ...


def evenly(x: FloatArray, most: int = MOST_ROWS) -> FloatArray:
    """Return at most `most` of the rows, evenly spaced."""
    return x if len(x) <= most else x[np.linspace(0, len(x) - 1, most).astype(np.int64)]


def rarity(known: Known) -> Callable[[FloatArray], FloatArray]:
    """Return what replaces codes of categories by how rare they are: -log2 of their share; NaN where missing stays."""
    shares: dict[int, FloatArray] = {}
    for column in np.flatnonzero(known.encoder.is_category).tolist():
        codes = known.x[:, column]
        present = codes[~np.isnan(codes)].astype(np.int64)
        n_known = len(known.encoder.categories[column] or ())
        counts = np.bincount(present, minlength=n_known + 1)[: n_known + 1] + 0.5
        shares[column] = -np.log2(counts / counts.sum())

    def replace(x: FloatArray) -> FloatArray:
        replaced = x.copy()
        for column, rare in shares.items():
            code = np.clip(np.nan_to_num(x[:, column]), 0, len(rare) - 1).astype(np.int64)
            replaced[:, column] = np.where(np.isnan(x[:, column]), np.nan, rare[code])
        return replaced

    return replace
