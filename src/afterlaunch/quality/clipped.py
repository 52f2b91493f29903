"""A range that was cut: nothing lies beyond a bound, and what lay there is piled up on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.profiles.axis import MIN_ROWS
from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.wording import percent, plain

if TYPE_CHECKING:
    from afterlaunch.profiles.tally import Tally

RANK = 60  # faults are tried from the most telling, the lowest rank, to the least

BEYOND = 0.02


def find_clipped_range(change: Change) -> Hint | None:
    """Return a hint when at least two rows in a hundred lay beyond what is now the largest or smallest value."""
    if not change.ordered:
        return None
    for side, sign in (("above", 1), ("below", -1)):
        found = _of_counts(change, sign) if change.samples is None else _clipped(*change.samples, sign)
        if found is not None:
            bound, beyond = found
            text = f"clipped at {plain(bound)}: {percent(beyond)} of rows lay {side} it before, none do now"
            return Hint(fault="clipped range", column=change.column, text=text)
    return None


def _of_counts(change: Change, sign: int) -> tuple[float, float] | None:
    """Read the bound, and what lay beyond it, off the bins, where the bound has one of its own."""
    before, after = (side[::sign] for side in change.shares)
    rows = change.after[: after.size][::sign]
    filled = np.flatnonzero(rows)
    values, places = change.singles
    if not filled.size or not before.sum():
        return None
    last = int(filled[-1])
    at = np.flatnonzero(places == (last if sign > 0 else after.size - 1 - last))
    beyond = float(before[last + 1 :].sum())
    if not at.size or rows[last] < MIN_ROWS or beyond < BEYOND or after[last] - before[last] < beyond / 2:
        return None
    return float(values[at[0]]), beyond


def _clipped(before: Tally, after: Tally, sign: int) -> tuple[float, float] | None:
    last = -1 if sign > 0 else 0
    bound = float(after.values[last])
    beyond = before.share_above(bound) if sign > 0 else before.share_below(bound)
    piled = after.share_of(bound) - before.share_of(bound)
    nameable = int(after.counts[last]) >= MIN_ROWS
    return (bound, beyond) if nameable and beyond >= BEYOND and piled >= beyond / 2 else None
