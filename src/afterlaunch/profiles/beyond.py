"""Edges beyond the reference's range, at quantiles of what lies there, so that values that come new have a shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.profiles.edges import FAR, ROWS_A_BIN
from afterlaunch.profiles.plan import frozen
from afterlaunch.profiles.tally import Tally, tally
from afterlaunch.stats.arrays import distinct

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.profiles.plan import ColumnPlan, FloatArray

FINE_EDGES = 16  # on each side
DECISION_BINS = 6  # on each side, between the open tail and the reference
SOME = 0.01  # of the rows, from which a side is cut: up to half of it lies there in the reference itself
TRIM = 0.02  # of what lies beyond stays in the open tail, whose end nobody knows
FEW = 3  # rows that stay there in any case
REACH = 5.0  # ranges of the reference up to which decision bins are cut: beyond, a picture of both shows neither


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What a side is cut at; decision bins only within reach, the innermost one ending at the reference."""

    fine: FloatArray
    decision: FloatArray


def extend_edges(learned: ColumnPlan, values: pl.Series) -> ColumnPlan:
    """Return a column's plan with its edges going on where 1 % and 20 of other rows, at least, lie beyond its range.

    `values` are those of the other rows. All edges of the reference stay. A few far values move
    nothing, nor does a frequent one that lies as far off as a sentinel.
    """
    n_finite = int(np.isfinite(values.to_numpy()).sum())
    below = _cut_below(learned, values, n_finite)
    above = _cut_above(learned, values, n_finite)
    sides = [side for side in (below, above) if side is not None]
    if not sides:
        return learned
    edges = distinct(np.concatenate([learned.edges, *(side.fine for side in sides)]))
    coarse = distinct(np.concatenate([learned.decision_edges(), *(side.decision for side in sides)]))
    return replace(
        learned,
        edges=frozen(edges),
        added=frozen(np.flatnonzero(~np.isin(edges, learned.edges, assume_unique=True))),
        decision=frozen(np.append(0, np.searchsorted(coarse, edges, side="right"))),
        beyond=(0 if below is None else below.decision.size, 0 if above is None else above.decision.size),
        reach=(
            float(below.decision[0]) if below and below.decision.size else learned.low,
            float(above.decision[-1]) if above and above.decision.size else learned.high,
        ),
    )


def _cut_below(learned: ColumnPlan, values: pl.Series, n_finite: int) -> Side | None:
    """Cut from the outer quantile on, or outside the outermost decision bin where this reaches further."""
    start = min(learned.low, float(_next(learned.decision_edges().min(initial=np.inf), -np.inf)))
    if not (learned.edges.size and np.isfinite(start)):
        return None
    return _cut(learned, start, tally(values.filter(values < start)), n_rows=n_finite)


def _cut_above(learned: ColumnPlan, values: pl.Series, n_finite: int) -> Side | None:
    outermost = max(learned.high, float(learned.decision_edges().max(initial=-np.inf)))
    start = float(_next(np.float64(outermost), np.inf))
    if not (learned.edges.size and np.isfinite(start)):
        return None
    return _cut(learned, start, tally(values.filter(values >= start)), n_rows=n_finite)


def _next(value: FloatArray | np.float64, towards: float) -> FloatArray:
    with np.errstate(over="ignore"):  # next to the largest float is infinity
        return np.nextafter(value, towards)


def _cut(learned: ColumnPlan, start: float, outside: Tally, *, n_rows: int) -> Side | None:
    with np.errstate(over="ignore"):
        spread = np.float64(learned.high) - learned.low or np.inf  # nothing is far from a constant
    frequent = outside.counts * FINE_EDGES >= max(outside.n, 1)
    kept = outside.without(frequent & (np.abs(outside.values / FAR - start / FAR) > spread))
    n_bins = min(DECISION_BINS, int(kept.n * (1 - 2 * _trim(kept.n)) // ROWS_A_BIN))
    if n_bins == 0 or kept.n < SOME * n_rows:
        return None
    fine, coarse = _edges_of(kept, n_bins)
    near = coarse[np.abs(coarse / REACH - start / REACH) <= spread]
    decision = distinct(np.append(near, start)) if near.size else near
    return Side(fine=np.append(fine, decision), decision=decision)


def _trim(n: int) -> float:
    """Return the share that stays in the open tail."""
    return min(max(TRIM, FEW / max(n, 1)), 0.5)


def _edges_of(kept: Tally, n_bins: int) -> tuple[FloatArray, FloatArray]:
    """Return fine and decision edges: around each value where there are few, else at quantiles."""
    single = kept.values[(kept.counts * FINE_EDGES >= kept.n) & (kept.counts >= ROWS_A_BIN)]
    around = np.concatenate([single, _next(single, np.inf)])
    around = around[np.isfinite(around)]
    ends = _trim(kept.n), 1 - _trim(kept.n)
    fine, coarse = (kept.quantiles(np.linspace(*ends, k)) for k in (FINE_EDGES, n_bins + 1))
    few = 0 < single.size <= np.count_nonzero(kept.counts) <= DECISION_BINS
    return np.concatenate([fine, around]), distinct(around if few else coarse)
