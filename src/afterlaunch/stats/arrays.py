"""The array types that the statistics speak, and two functions of NumPy without what they would import.

`np.unique` and `np.median` import masked arrays on first use, which takes 40 milliseconds.
"""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

Number = TypeVar("Number", np.float64, np.int64)


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """Return the distinct values, increasing.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    first = np.ones(ordered.shape, dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def median(values: FloatArray) -> FloatArray:
    """Return the median over the last axis (..., n).

    >>> median(np.array([[3.0, 1.0, 2.0], [4.0, 0.0, 0.0]])).tolist()
    [2.0, 0.0]
    """
    ordered = np.sort(values, axis=-1)
    n = values.shape[-1]
    return (ordered[..., (n - 1) // 2] + ordered[..., n // 2]) / 2
