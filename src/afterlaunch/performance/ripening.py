"""How labels come in, as the payload has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.payload import Maturation

if TYPE_CHECKING:
    from afterlaunch.performance.maturity import Maturity
    from afterlaunch.stats.arrays import FloatArray, IntArray

POINTS = 60  # of the curve, about evenly spaced in what they add
DIGITS = 4


def maturation(found: Maturity, begin: IntArray) -> Maturation:
    """Return the curve at a few dozen ages, and the share of its labels that each shared bucket has.

    Shared buckets begin at the indices `begin` of those that were measured.
    """
    curve = found.curve
    steps = np.searchsorted(curve.share, np.linspace(0, 1, POINTS) * (curve.share[-1] if len(curve.share) else 0.0))
    last = len(curve.share) - 1
    kept: IntArray = np.unique(np.append(np.minimum(steps, last), last)) if last >= 0 else steps[:0]
    least = np.minimum.reduceat(found.expected, begin)
    return Maturation(
        age_ms=tuple(np.rint(curve.age[kept] / 1000).astype(np.int64).tolist()),
        share=_rounded(curve.share[kept]),
        low=_rounded(curve.low[kept]),
        high=_rounded(curve.high[kept]),
        final=round(found.final, DIGITS),
        mature_ms=round(found.age_us / 1000),
        rising=found.still_rising,
        by_bucket=_rounded(least),
    )


def _rounded(values: FloatArray) -> tuple[float, ...]:
    return tuple(round(value, DIGITS) for value in values.tolist())
