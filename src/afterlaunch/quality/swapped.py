"""Two columns that changed places."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.quality.change import Change, Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import FloatArray

LEFT = 0.1  # what exchanging the two may leave of each one's change


def find_swapped_columns(changes: Sequence[Change]) -> tuple[Hint, ...]:
    """Return a hint for both columns of every pair in which each now looks as the other did."""
    hints: list[Hint] = []
    for one, other in combinations(changes, 2):
        if _swapped(one, other) and _swapped(other, one):
            hints += [_hint(one, other), _hint(other, one)]
    return tuple(hints)


def _swapped(one: Change, other: Change) -> bool:
    """Whether `one` now looks as `other` did."""
    if one.ordered != other.ordered:
        return False
    if not one.ordered:
        return _same_labels(one, other)
    now, was, others = one.quantiles[1], one.quantiles[0], other.quantiles[0]
    known = np.isfinite(now) & np.isfinite(was) & np.isfinite(others)
    if known.sum() < known.size // 2:
        return False
    return _gap(now[known], others[known]) < LEFT * _gap(now[known], was[known])


def _same_labels(one: Change, other: Change) -> bool:
    """Unordered: what is new in `one` are categories of `other`."""
    if not one.new_labels:
        return False
    return set(one.new_labels) <= set(other.labels) and one.specials[1][-1] > 1 - LEFT


def _gap(x: FloatArray, y: FloatArray) -> float:
    return float(np.abs(x - y).mean())


def _hint(one: Change, other: Change) -> Hint:
    text = f"swapped with {other.column!r}: each now looks as the other did"
    return Hint(fault="swapped columns", column=one.column, text=text, about=other.column, sure=True)
