"""The covariate part, shared among slices: which rows there are more or fewer of, and what that adds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.explain.conditions import FEW, code_of, cut_column
from afterlaunch.performance.explain.payload import SlicePart
from afterlaunch.stats.part_law import learn_law

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.performance.explain.conditions import Cut
    from afterlaunch.performance.explain.ground import Ground
    from afterlaunch.performance.explain.parts import Split
    from afterlaunch.performance.explain.payload import ColumnPart, Condition
    from afterlaunch.stats.arrays import BoolArray, FloatArray

MOST_SLICES = 10
LARGEST = 0.5  # share of either window's rows: a slice with more tells little
MIN_ROWS = 50  # of both windows; fewer are not shown to others
PAIRED = 4  # columns with the largest shares, of which pairs are looked at too
LEAST = 0.05  # of what the most telling slice tells
SAME = 0.7  # rows in common, of all rows in either, from which two slices are told once
WORDS = (
    "Each slice has its own rows' share: more of rows that lose more than the shared rows, or fewer that lose less, "
    "adds to the loss. All cells of one column add up to the covariate part; slices of different columns overlap."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    conditions: tuple[Condition, ...]
    rows: BoolArray
    change: float
    shares: tuple[float, float]

    @property
    def telling(self) -> float:
        """How much a slice tells: its part, for its size, where its rows became more or fewer."""
        most = max(self.shares)
        return abs(self.change) * abs(self.shares[1] - self.shares[0]) / most**1.5


def share_among_slices(ground: Ground, split: Split, columns: Sequence[ColumnPart]) -> tuple[SlicePart, ...]:
    """Return the slices of one or two columns that carry most of the covariate part for their size, sure ones first."""
    encoder = ground.encoder
    if split.thin or encoder is None:
        return ()
    cuts = {
        name: cut_column(name, encoder.kinds[place], ground.x[:, place], encoder.categories[place], ground.is_current)
        for place, name in enumerate(encoder.names)
    }
    first = [one.column for one in columns if one.column is not None][:PAIRED]
    groups = [(cuts[name],) for name in cuts] + [(cuts[a], cuts[b]) for a, b in combinations(first, 2)]
    added = split.features.added
    found = [one for group in groups for one in _candidates(group, added, ground.is_current)]
    chosen = _distinct(sorted(found, key=lambda one: -one.telling))
    parts = [_part(one, ground, added) for one in chosen]
    return tuple(sorted(parts, key=lambda one: (not _is_sure(one), -abs(one.change))))


def _is_sure(one: SlicePart) -> bool:
    return one.low is not None and one.high is not None and one.low * one.high > 0


def _candidates(group: tuple[Cut, ...], added: FloatArray, is_current: BoolArray) -> list[_Candidate]:
    """Return the cells of one column, or of two, with enough rows."""
    sizes = [len(cut.conditions) for cut in group]
    inside = np.logical_and.reduce([cut.code >= 0 for cut in group])
    code = np.ravel_multi_index([np.maximum(cut.code, 0) for cut in group], sizes)
    code = np.where(inside, code, int(np.prod(sizes)))
    size = int(np.prod(sizes)) + 1
    n = [np.bincount(code[side], minlength=size) for side in (is_current, ~is_current)]
    change = np.bincount(code, added, size)
    share = np.stack([n[1] / (~is_current).sum(), n[0] / is_current.sum()])
    found: list[_Candidate] = []
    for cell in np.flatnonzero(((n[0] + n[1] >= MIN_ROWS) & (share.min(axis=0) <= LARGEST))[:-1]).tolist():
        places = np.unravel_index(cell, sizes)
        conditions = tuple(cut.conditions[int(place)] for cut, place in zip(group, places, strict=True))
        found.append(
            _Candidate(
                conditions=conditions,
                rows=code == cell,
                change=float(change[cell]),
                shares=(float(share[0, cell]), float(share[1, cell])),
            )
        )
    return found


def _distinct(ordered: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the first slices that are not nearly the same rows as one before them."""
    least = LEAST * (ordered[0].telling if ordered else 0.0)
    chosen: list[_Candidate] = []
    for one in ordered:
        if one.telling < least or any(_alike(one.rows, other.rows) for other in chosen):
            continue
        chosen.append(one)
        if len(chosen) == MOST_SLICES:
            break
    return chosen


def _alike(one: BoolArray, other: BoolArray) -> bool:
    return int((one & other).sum()) >= SAME * int((one | other).sum())


def _part(one: _Candidate, ground: Ground, added: FloatArray) -> SlicePart:
    is_current = ground.is_current
    n_reference, n_current = int((~is_current).sum()), int(is_current.sum())
    own: FloatArray = np.where(is_current, 1 / n_current, -1 / n_reference)
    law = learn_law(np.where(one.rows, added / own, 0.0), is_current, ground.clock)
    low, high = law.interval(one.change)
    sides = [one.rows & side for side in (~is_current, is_current)]
    n = [int(side.sum()) for side in sides]
    loss = [float(ground.loss[side].mean()) if count >= FEW else None for side, count in zip(sides, n, strict=True)]
    return SlicePart(
        words=" and ".join(condition.words for condition in one.conditions),
        conditions=one.conditions,
        code=code_of(one.conditions),
        change=one.change,
        low=low,
        high=high,
        n_reference=n[0],
        n_current=n[1],
        share_reference=n[0] / n_reference,
        share_current=n[1] / n_current,
        loss_reference=loss[0],
        loss_current=loss[1],
    )
