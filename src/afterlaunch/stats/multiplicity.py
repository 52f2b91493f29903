"""Several tests in one report: family-wise and false-discovery control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray


def holm(pvalues: FloatArray) -> FloatArray:
    """Return Holm's adjusted p-values (n,): rejecting those at most alpha errs anywhere with chance at most alpha.

    Holm (1979), *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6.

    >>> holm(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    n = len(pvalues)
    order = np.argsort(pvalues, kind="stable")
    steps = np.maximum.accumulate(pvalues[order] * (n - np.arange(n)))
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def holm_threshold(pvalues: FloatArray, alpha: float) -> float:
    """Return the one level that separates what Holm rejects at `alpha` from what it keeps.

    With r of n rejected it is alpha / (n - r), or alpha once all are: a p-value at most this is rejected, and no other.

    >>> holm_threshold(np.array([0.001, 0.04, 0.03]), 0.05)
    0.025
    """
    rejected = int((holm(pvalues) <= alpha).sum())
    return alpha / max(len(pvalues) - rejected, 1)


def false_share_threshold(pvalues: FloatArray, alpha: float) -> float:
    """Return the one level up to which Benjamini and Hochberg keep p-values at a false share `alpha`.

    With r of n kept it is r alpha / n, and alpha / n where none is: a p-value at most this is kept, and no other.

    >>> false_share_threshold(np.array([0.001, 0.03, 0.2]), 0.05)
    0.03333333333333333
    """
    kept = int((benjamini_hochberg(pvalues) <= alpha).sum())
    return alpha * max(kept, 1) / max(len(pvalues), 1)


def benjamini_hochberg(pvalues: FloatArray) -> FloatArray:
    """Return q-values (n,): keeping those at most q, a share q of them is expected to be false.

    Benjamini & Hochberg (1995), *Controlling the false discovery rate*, JRSS B 57.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    n = len(pvalues)
    order = np.argsort(pvalues, kind="stable")[::-1]
    steps = np.minimum.accumulate(pvalues[order] * n / np.arange(n, 0, -1))
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted
