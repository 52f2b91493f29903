"""A time zone that changed: the hours of the day are all shifted by the same number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.profiles.tally import Tally
from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.wording import percent
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray

RANK = 15  # faults are tried from the most telling, the lowest rank, to the least

HOURS = 24
MATTERS = 0.03
LEFT = 0.25  # what a shift may leave of the change
NEARLY_ALL = 0.1  # what it may leave beyond noise: counts that grew resemble a turn of the clock, but less
NOISE = 2.0  # times what chance leaves on average
FEWEST = 8  # hours on each side


def find_time_zone_shift(change: Change) -> Hint | None:
    """Return a hint when turning the clock explains nine tenths of a change in a column of whole hours.

    Three quarters where chance explains the rest.
    """
    sides = _hours(change)
    if sides is None:
        return None
    before, after = sides
    moved = np.array([_moved(np.roll(before, hours), after) for hours in range(HOURS)])
    best = int(moved.argmin())
    left = min(LEFT * moved[0], max(NEARLY_ALL * moved[0], NOISE * _noise(after, change.n_values)))
    if best == 0 or moved[0] < MATTERS or moved[best] > left:
        return None
    hours = best if best <= HOURS // 2 else best - HOURS
    text = (
        f"the clock moved by {'+' if hours > 0 else '−'}{abs(hours)} h, as a time zone would: "
        f"of {percent(moved[0])} moved rows it leaves {percent(moved[best])}"
    )
    return Hint(fault="time-zone shift", column=change.column, text=text)


def _hours(change: Change) -> tuple[FloatArray, FloatArray] | None:
    """Return the shares of the hours 0 to 23 on both sides; None unless the column holds these, most between them."""
    samples = change.samples or _atoms(change)
    if samples is None or not change.ordered:
        return None
    counted: list[FloatArray] = []
    for side in samples:
        values = side.values
        if (values[:1] < 0).any() or (values[-1:] >= HOURS).any() or (values != np.floor(values)).any():
            return None
        counts = np.bincount(values.astype(np.int64), weights=side.counts, minlength=HOURS)
        counted.append(counts / max(counts.sum(), 1.0))
    enough = all(np.count_nonzero(side) >= FEWEST for side in counted)
    return (counted[0], counted[1]) if enough and np.count_nonzero(counted[0] + counted[1]) > HOURS // 2 else None


def _atoms(change: Change) -> tuple[Tally, Tally] | None:
    """Return each side's values where every filled bin holds one value."""
    if not change.ordered or change.edges.size > 4 * HOURS:
        return None
    low = np.concatenate([[-np.inf], change.edges])
    is_atom = np.append(change.edges, np.inf) == np.nextafter(low, np.inf)
    sides = [side[:-SPECIALS] for side in (change.before, change.after)]
    if any(side[~is_atom].any() for side in sides):
        return None
    before, after = (Tally(values=low[side > 0], counts=side[side > 0]) for side in sides)
    return before, after


def _noise(shares: FloatArray, n_values: tuple[int, int]) -> float:
    """Return how far apart two samples of the same hours are on average."""
    per_row = np.sqrt(shares * (1 - shares)).sum()
    return float(per_row * np.sqrt(sum(1 / max(n, 1) for n in n_values) / (2 * np.pi)))


def _moved(before: FloatArray, after: FloatArray) -> float:
    return float(np.abs(after - before).sum() / 2)
