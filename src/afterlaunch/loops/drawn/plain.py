"""Numbers as payloads hold them: rounded, and None in place of NaN."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from afterlaunch.reports import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afterlaunch.stats.arrays import FloatArray

DIGITS = 6
NOTHING = Estimate(value=None, low=None, high=None)


def known(value: float | None) -> float | None:
    """Return a number in six significant digits, None where there is none or it has no end.

    >>> known(1 / 3), known(float("nan")), known(float("inf"))
    (0.333333, None, None)
    """
    return None if value is None or not math.isfinite(value) else float(f"{value:.{DIGITS}g}")


def estimate(value: float | None, low: float | None, high: float | None) -> Estimate:
    """Return an estimate of plain numbers."""
    return Estimate(value=known(value), low=known(low), high=known(high))


def numbers(values: FloatArray | Iterable[float]) -> tuple[float | None, ...]:
    """Return an array as plain numbers."""
    return tuple(known(float(one)) for one in values)


def shares(values: FloatArray) -> tuple[float, ...]:
    """Return shares as plain numbers, 0 where there is none."""
    return tuple(known(float(one)) or 0.0 for one in values)
