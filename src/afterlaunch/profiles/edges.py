"""Edges that outliers and sentinels cannot spoil: reference quantiles, with frequent values in bins of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.profiles.plan import FloatArray, IntArray, frozen
from afterlaunch.stats.arrays import distinct

if TYPE_CHECKING:
    from afterlaunch.profiles.plan import BoolArray
    from afterlaunch.profiles.tally import Tally

FINE_BINS = 512
DECISION_BINS = 32
FEWEST_DECISION_BINS = 4
ROWS_A_BIN = 20  # reference rows that a decision bin should hold: fewer tell noise, and one row's value
CLIP = 0.005  # sums are clipped at these outer quantiles
FAR = 20.0  # a frequent value this many 5-95 % ranges away from the rest is a sentinel, not a measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """What `learn_edges` learns: the fields of a `ColumnPlan` that depend on the reference values."""

    edges: FloatArray
    decision: IntArray
    low: float
    high: float
    scale: float
    error: float
    reach: tuple[float, float] = (0.0, 0.0)


def learn_edges(known: Tally, *, fine: int = FINE_BINS, coarse: int = DECISION_BINS) -> Edges:
    """Return about `fine` quantile bins, and about `coarse` decision bins nested in them: fewer of few rows.

    Up to `fine` values: each is an atom, a bin of its own, so that KS from the counts is exact. More: only values with
    a share of 1/`fine` or more are atoms, and the others are cut at their quantiles.
    """
    values, n = known.values, known.n
    if values.size == 0:
        return Edges(edges=_floats([]), decision=_ints([0]), low=0.0, high=0.0, scale=0.0, error=0.0)
    is_atom = (known.counts * fine >= n) | (values.size <= fine)
    atoms, others = values[is_atom], known.without(is_atom)
    with np.errstate(over="ignore"):
        after = np.nextafter(atoms, np.inf)
    edges = distinct(np.concatenate([atoms, after, _quantile_edges(others, fine / n)]))
    edges = edges[np.isfinite(edges)]
    rows = np.diff(np.append(0, known.reached)[np.searchsorted(values, edges)], prepend=0, append=n)
    alone = np.searchsorted(edges, atoms, side="right")
    several = rows.copy()
    several[alone] = 0
    low, high, scale = _measure_spread(_without_sentinels(known, is_atom, others))
    return Edges(
        edges=_floats(edges),
        decision=_ints(_group_bins(rows, alone, min(coarse, max(n // ROWS_A_BIN, FEWEST_DECISION_BINS)))),
        low=low,
        high=high,
        scale=scale,
        error=float(several.max() / n),
        reach=(low, high),
    )


def _quantile_edges(others: Tally, bins_per_row: float) -> FloatArray:
    wanted = max(round(others.n * bins_per_row), 1)
    places = np.searchsorted(others.reached, others.n * np.arange(1, wanted) / wanted) + 1
    return others.values[places[places < others.values.size]]


def _group_bins(rows: IntArray, atoms: IntArray, coarse: int) -> IntArray:
    """Return each fine bin's decision bin: frequent atoms alone, the others in runs of about 1/`coarse` of the rows."""
    if rows.size <= 2 * coarse + 1:
        return np.arange(rows.size)
    n = int(rows.sum())
    alone = np.zeros(rows.size, bool)
    alone[atoms] = rows[atoms] * 2 * coarse >= n
    pooled = np.where(alone, 0, rows)
    slot = (np.cumsum(pooled) - pooled / 2) * coarse // n
    opens = np.zeros(rows.size, bool)
    opens[1:] = (np.diff(slot) > 0) | alone[1:] | alone[:-1]
    return np.cumsum(opens)


def _measure_spread(known: Tally) -> tuple[float, float, float]:
    """Return the clip range and the standard deviation of the 1-99 % winsorised values."""
    low, first, last, high = known.quantiles([CLIP, 0.01, 0.99, 1 - CLIP]).tolist()
    size = max(abs(first), abs(last)) or 1.0  # squares of values near the largest float stay finite
    winsorised = np.clip(known.values, first, last) / size
    middle = np.average(winsorised, weights=known.counts)
    return low, high, float(np.sqrt(np.average((winsorised - middle) ** 2, weights=known.counts)) * size)


def _without_sentinels(known: Tally, is_atom: BoolArray, others: Tally) -> Tally:
    """Return the values without the atoms that lie far from the `others`, where those are the larger part."""
    if others.n * 2 < known.n or others is known:
        return known
    low, middle, high = others.quantiles([0.05, 0.5, 0.95])
    return known.without(is_atom & (np.abs(known.values / FAR - middle / FAR) > high - low))


def _floats(values: object) -> FloatArray:
    return frozen(np.array(values, np.float64))


def _ints(values: object) -> IntArray:
    return frozen(np.array(values, np.int64))
