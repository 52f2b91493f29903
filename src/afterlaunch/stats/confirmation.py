"""Slices found on some rows, judged on others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.effects import Clock, measure_groups
from afterlaunch.stats.multiplicity import benjamini_hochberg
from afterlaunch.stats.slices import joint_effects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray
    from afterlaunch.stats.clustered import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How one slice did on rows that it was not found on; `qvalue` is None where it cannot be told."""

    effect: Effect
    qvalue: float | None


def confirm(inside: Sequence[BoolArray], value: FloatArray, clock: Clock | None) -> tuple[Confirmation, ...]:
    """Return how each slice, rows `inside` (n,) in the order found, did on held-out values (n,).

    A slice must be higher than elsewhere by itself, and also in what the slices before it leave unexplained: its
    p-value is the larger of the two (an intersection-union test, so no correction is owed: Berger 1982). q-values are
    Benjamini and Hochberg's, over all slices that can be told. With a `clock`, the rows hold those of other windows
    too, and blocks of time may wander; without one, all rows are judged and independent.
    """
    if not inside:
        return ()
    judged = np.ones(len(value), dtype=np.bool_) if clock is None else clock.is_judged
    whole = measure_groups([(rows, value) for rows in inside], clock)
    left = [value - _explained(inside[:place], value, judged) for place in range(len(inside))]
    rest = measure_groups(list(zip(inside, left, strict=True)), clock)
    pvalues = np.array([_larger(one.pvalue, other.pvalue) for one, other in zip(whole, rest, strict=True)])
    told = ~np.isnan(pvalues)
    qvalues = np.full(len(pvalues), np.nan)
    qvalues[told] = benjamini_hochberg(pvalues[told])
    return tuple(
        Confirmation(effect=effect, qvalue=None if np.isnan(q) else float(q))
        for effect, q in zip(whole, qvalues, strict=True)
    )


def _explained(before: Sequence[BoolArray], value: FloatArray, judged: BoolArray) -> FloatArray:
    """Return what earlier slices explain of every row (n,), by the effects that they have on the judged rows."""
    used = [rows for rows in before if rows[judged].any()]
    if not used:
        return np.zeros(len(value))
    level, *additions = joint_effects([rows[judged] for rows in used], value[judged]).tolist()
    return level + sum(addition * rows for addition, rows in zip(additions, used, strict=True))


def _larger(one: float | None, other: float | None) -> float:
    return float("nan") if one is None or other is None else max(one, other)
