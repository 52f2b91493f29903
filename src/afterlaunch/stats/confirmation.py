"""Slices found on some rows, judged on others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.clustered import Effect, effect_of
from afterlaunch.stats.multiplicity import benjamini_hochberg
from afterlaunch.stats.slices import joint_effects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How one slice did on rows that it was not found on; `qvalue` is None where it cannot be told."""

    effect: Effect
    qvalue: float | None


def confirm(
    inside: Sequence[BoolArray], value: FloatArray, block: IntArray | None
) -> tuple[Confirmation, ...]:
    """Return how each slice, rows `inside` (n,) in the order found, did on held-out values (n,).

    A slice must be higher than elsewhere by itself, and also in what the slices before it leave unexplained: its
    p-value is the larger of the two (an intersection-union test, so no correction is owed: Berger 1982). q-values are
    Benjamini and Hochberg's, over all slices that can be told.
    """
    effects = [effect_of(rows, value, block) for rows in inside]
    rest = [_partial(inside[: place + 1], value, block) for place in range(len(inside))]
    pvalues = np.array([_larger(whole, part) for whole, part in zip(effects, rest, strict=True)])
    told = ~np.isnan(pvalues)
    qvalues = np.full(len(pvalues), np.nan)
    qvalues[told] = benjamini_hochberg(pvalues[told])
    return tuple(
        Confirmation(effect=effect, qvalue=None if np.isnan(q) else float(q))
        for effect, q in zip(effects, qvalues, strict=True)
    )


def _partial(inside: Sequence[BoolArray], value: FloatArray, block: IntArray | None) -> Effect:
    """Return the last slice's effect on what those before it leave."""
    before = [rows for rows in inside[:-1] if rows.any()]
    if not before:
        return effect_of(inside[-1], value, block)
    level, *additions = joint_effects(before, value)
    explained = level + sum(addition * rows for addition, rows in zip(additions, before, strict=True))
    return effect_of(inside[-1], value - explained, block)


def _larger(whole: Effect, part: Effect) -> float:
    return float("nan") if whole.pvalue is None or part.pvalue is None else max(whole.pvalue, part.pvalue)
