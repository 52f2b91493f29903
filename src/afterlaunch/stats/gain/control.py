"""What is left of a quantity by period and item once the period's mean and what was known before are taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray


def within_periods(values: FloatArray, kept: BoolArray) -> FloatArray:
    """Return `values` (T, n) less the mean of their period over the cells `kept`; 0 elsewhere.

    >>> within_periods(np.array([[1.0, 3.0, np.nan]]), np.array([[True, True, False]])).tolist()
    [[-1.0, 1.0, 0.0]]
    """
    inside = np.where(kept, values, 0.0)
    mean = inside.sum(axis=1, keepdims=True) / np.maximum(kept.sum(axis=1, keepdims=True), 1)
    return np.where(kept, inside - mean, 0.0)


def without(controls: Sequence[FloatArray], values: FloatArray, kept: BoolArray) -> FloatArray:
    """Return what the `controls` (T, n) leave of `values` (T, n) by least squares over `kept`, all within periods."""
    left = within_periods(values, kept)
    if not controls:
        return left
    known = np.stack([within_periods(one, kept)[kept] for one in controls], axis=1)
    weights, *_ = np.linalg.lstsq(known, left[kept], rcond=None)
    left[kept] -= known @ weights
    return left
