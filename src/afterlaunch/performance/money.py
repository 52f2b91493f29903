"""Matrices of money: one amount for every pair of true and predicted class."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import numpy as np

from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray


def as_matrix(matrix: object, name: str) -> tuple[tuple[float, ...], ...]:
    """Return a square matrix of finite amounts as tuples; raise `BadOption` where it is none."""
    try:
        amounts = tuple(tuple(float(one) for one in row) for row in cast("Iterable[Iterable[float]]", matrix))
    except (TypeError, ValueError):
        amounts = ()
    square = len(amounts) >= 2 and all(len(row) == len(amounts) for row in amounts)
    if not square or not all(math.isfinite(one) for row in amounts for one in row):
        raise BadOption(
            f"{name}(matrix={matrix!r}) is no square matrix of amounts: write [[right negative, false alarm], "
            "[missed positive, hit]]"
        )
    return amounts


def mean_size(amounts: FloatArray, rows: Scored) -> float:
    """Return the mean absolute amount."""
    return rows.mean(np.abs(amounts))
