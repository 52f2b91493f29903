"""A column that stopped moving: one value fills it."""

from __future__ import annotations

import numpy as np

from afterlaunch.phrases import number
from afterlaunch.profiles.axis import MIN_ROWS
from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.wording import percent, plain

RANK = 10  # faults are tried from the most telling, the lowest rank, to the least

FROZEN = 0.9
FREE = 0.5
EXACT = 2.0**53  # from here on different whole numbers are one float
SURELY = 0.999  # a capped reading, such as "10 miles or more", seldom fills so much


def find_frozen_value(change: Change) -> Hint | None:
    """Return a hint when one value fills nine tenths of the rows and filled less than half of them before."""
    found = _of_values(change) or _of_counts(change)
    if found is None:
        return None
    value, share, was = found
    return Hint(
        fault="frozen value",
        column=change.column,
        text=f"frozen at {value}: {percent(share)} of rows have it, was {percent(was)}",
        about=value,
        sure=share >= SURELY,
    )


def _of_values(change: Change) -> tuple[str, float, float] | None:
    if change.samples is None:
        return None
    before, after = change.samples
    top = int(after.counts.argmax())
    value, share = float(after.values[top]), float(after.counts[top] / after.n)
    frozen = share >= FROZEN and before.share_of(value) < FREE and after.counts[top] >= MIN_ROWS
    return (plain(value), share, before.share_of(value)) if frozen and abs(value) < EXACT else None


def _of_counts(change: Change) -> tuple[str, float, float] | None:
    """Read it off the bins; the two outer ones are open, so what fills them need not be one value."""
    if change.samples is not None:
        return None
    before, after = (side * (1 - unseen[-1]) for side, unseen in zip(change.shares, change.specials, strict=True))
    if after.size == 0 or before.sum() == 0:
        return None
    top = int(after.argmax())
    if after[top] < FROZEN or before[top] >= FREE or change.after[top] < MIN_ROWS:
        return None
    if not change.ordered:
        return change.labels[top], float(after[top]), float(before[top])
    if top in (0, after.size - 1):
        return None
    low, high = change.edges[top - 1], change.edges[top]
    one_value = high == np.nextafter(low, np.inf)
    value = plain(float(low)) if one_value else f"about {number((low + high) / 2)}"
    return value, float(after[top]), float(before[top])
