"""How far out a value lies in what a reference held, column by column: a share of the reference's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTails:
    """A column of numbers as the reference had it: `values` in order, and the share that were missing."""

    values: FloatArray
    missing: float

    def shares(self, x: FloatArray) -> FloatArray:
        """Return the share (n,) of reference rows at least as far out on either side as `x`, NaN being missing."""
        n = len(self.values)
        below = (np.searchsorted(self.values, x, side="right") + 1) / (n + 1)
        above = (n - np.searchsorted(self.values, x, side="left") + 1) / (n + 1)
        present = np.minimum(2 * np.minimum(below, above), 1.0)
        return np.where(np.isnan(x), self.missing, present)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryTails:
    """A column of categories: `as_rare` (k,) is the share of reference rows of categories no more frequent."""

    as_rare: FloatArray
    unseen: float
    missing: float

    def shares(self, x: FloatArray) -> FloatArray:
        """Return the share (n,) of reference rows as rare or rarer than the codes `x`; codes from k on are unseen."""
        known = np.append(self.as_rare, self.unseen)
        code = np.clip(np.nan_to_num(x), 0, len(self.as_rare)).astype(np.int64)
        return np.where(np.isnan(x), self.missing, known[code])


def tails_of(x: FloatArray, *, categories: int | None) -> NumberTails | CategoryTails:
    """Return the tails of a reference column `x` (n,): numbers, or codes of `categories` categories; NaN is missing.

    Shares are counted with one more row, so that none is 0.

    >>> tails_of(np.arange(99.0), categories=None).shares(np.array([98.0, 49.0])).tolist()
    [0.04, 1.0]
    """
    n, gone = len(x), np.isnan(x)
    missing = (int(gone.sum()) + 1) / (n + 1)
    if categories is None:
        return NumberTails(values=np.sort(x[~gone]), missing=missing)
    counts = np.bincount(x[~gone].astype(np.int64), minlength=categories)[:categories].astype(np.float64)
    order = np.argsort(counts, kind="stable")
    summed = np.cumsum(counts[order])
    last = np.searchsorted(counts[order], counts, side="right") - 1  # equally frequent ones count together
    as_rare = (summed[last] + 1) / (n + 1) if categories else np.zeros(0)
    return CategoryTails(as_rare=as_rare, unseen=1 / (n + 1), missing=missing)


def is_lumped(x: FloatArray, most: float) -> BoolArray:
    """Return whether each column of `x` (n, p) has one value in more than a share `most` of its present rows."""
    return np.array([_largest_share(column[~np.isnan(column)]) > most for column in x.T], dtype=np.bool_)


def _largest_share(values: FloatArray) -> float:
    return 1.0 if not len(values) else float(np.unique(values, return_counts=True)[1].max()) / len(values)
