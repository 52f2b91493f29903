"""From scores of any scale to shares: how many rows of a held-out reference are at least as odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.multiplicity import benjamini_hochberg

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray


def conformal_pvalues(calibration: FloatArray, scores: FloatArray) -> FloatArray:
    """Return (1 + number of calibration scores at least as high) / (m + 1) for each of `scores` (n,).

    For a row that is like the m calibration rows, which the scorer has not seen, this is at most u with chance at most
    u, whatever the scorer. Vovk, Gammerman & Shafer (2005), *Algorithmic Learning in a Random World*.

    >>> conformal_pvalues(np.array([1.0, 2.0, 3.0]), np.array([2.5, 9.0])).tolist()
    [0.5, 0.25]
    """
    ordered = np.sort(calibration)
    at_least = len(ordered) - np.searchsorted(ordered, scores, side="left")
    return (1 + at_least) / (len(ordered) + 1)


def own_pvalues(calibration: FloatArray) -> FloatArray:
    """Return the same of each calibration score among the others: 1 to m of m, ties at their lowest."""
    ordered = np.sort(calibration)
    return (len(ordered) - np.searchsorted(ordered, calibration, side="left")) / max(len(ordered), 1)


def flag_outliers(pvalues: FloatArray, rate: float) -> BoolArray:
    """Return which rows (n,) are outliers when a share `rate` of those flagged may be false.

    Benjamini and Hochberg's procedure holds on conformal p-values although they share their calibration rows: Bates,
    Candès, Lei, Romano & Sesia (2023), *Testing for outliers with conformal p-values*, Annals of Statistics 51,
    theorem 2. No p-value is below 1 / (m + 1), so few odd rows among many are flagged only when m is large.
    """
    return benjamini_hochberg(pvalues) <= rate if len(pvalues) else np.zeros(0, dtype=np.bool_)
