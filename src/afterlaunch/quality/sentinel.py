"""A value that stands for something else, such as -999 for "missing", and was not there before."""

from __future__ import annotations

import numpy as np

from afterlaunch.profiles.axis import MIN_ROWS
from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.wording import percent, plain

RANK = 20  # faults are tried from the most telling, the lowest rank, to the least

NEAR = (0.0, -1.0)  # natural beside small values, so they must lie off every old value
FAR = (
    *(sign * value for value in (99, 999, 9999, 99999, 999999, 9999999) for sign in (1.0, -1.0)),
    -32768.0,
    32767.0,
    65535.0,
    2147483647.0,
    -2147483648.0,
    1e6,
    -1e6,
    1e9,
    -1e9,
    1e20,
    -1e20,
)
COMMON = 0.01
RARE = 0.001


def find_sentinel(change: Change) -> Hint | None:
    """Return a hint when a customary stand-in, new and off the old values, fills one row in a hundred."""
    if not change.ordered:
        return None
    if change.samples is None:
        return _of_counts(change)
    before, after = change.samples
    low, high = before.quantiles([RARE, 1 - RARE])
    common = np.flatnonzero((after.counts >= COMMON * after.n) & (after.counts >= MIN_ROWS))
    for index in common[np.argsort(-after.counts[common], kind="stable")]:
        value, share = float(after.values[index]), float(after.counts[index] / after.n)
        was = before.share_of(value)
        off = value in FAR and not low <= value <= high
        if was < RARE and (off or (value in NEAR and not before.values[0] <= value <= before.values[-1])):
            return _hint(change, value, share, was, sure=off)
    return None


def _of_counts(change: Change) -> Hint | None:
    """Read it off the bins, where the value has one of its own."""
    before, after = change.shares
    below = np.cumsum(before) - before
    values, places = change.singles
    for index in np.argsort(-after[places]):
        value, place = float(values[index]), places[index]
        if after[place] < COMMON or change.after[place] < MIN_ROWS:
            return None
        outside = min(float(below[place]), float(before.sum() - below[place] - before[place]))
        off = value in FAR and outside < RARE
        if before[place] < RARE and before.sum() > 0 and (off or (value in NEAR and outside == 0)):
            return _hint(change, value, float(after[place]), float(before[place]), sure=off)
    return None


def _hint(change: Change, value: float, share: float, was: float, *, sure: bool) -> Hint:
    text = f"sentinel {plain(value)}: it fills {percent(share)} of rows, was {percent(was)}; a missing value?"
    return Hint(fault="sentinel", column=change.column, text=text, about=plain(value), sure=sure)
