"""Counts in few bytes: those of many small buckets are small, and there are many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.profiles.plan import IntArray

ROOM = 128  # counts of so many buckets can be added in the same type; NumPy's own sums are in 64 bits anyway


def narrow(counts: IntArray) -> IntArray:
    """Return the same counts as integers of 16, 32 or 64 bits, the shortest that hold `ROOM` times the largest.

    >>> narrow(np.array([3, 255])).dtype, narrow(np.array([3, 256])).dtype
    (dtype('int16'), dtype('int32'))
    """
    reached = int(counts.max(initial=0)) * ROOM
    for kind in (np.int16, np.int32):
        if reached <= np.iinfo(kind).max:
            return cast("IntArray", counts.astype(kind, copy=False))
    return counts
