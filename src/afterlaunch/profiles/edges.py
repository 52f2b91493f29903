"""Edges that outliers and sentinels cannot spoil: reference quantiles, with frequent values in bins of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from afterlaunch.profiles.plan import FloatArray, IntArray, frozen
from afterlaunch.stats.arrays import distinct

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


def learn_edges(values: FloatArray, counts: IntArray, *, fine: int = FINE_BINS, coarse: int = DECISION_BINS) -> Edges:
    """Return about `fine` quantile bins, and about `coarse` decision bins nested in them: fewer of few rows.

    `values` are distinct, finite and increasing; `counts` says how often each occurs. Up to `fine` values: each is an
    atom, a bin of its own, so that KS from the counts is exact. More: only values with a share of 1/`fine` or more
    are atoms, and the others are cut at their quantiles.
    """
    if values.size == 0:
        return Edges(edges=_floats([]), decision=_ints([0]), low=0.0, high=0.0, scale=0.0, error=0.0)
    n = int(counts.sum())
    is_atom = (counts * fine >= n) | (values.size <= fine)
    atoms = values[is_atom]
    others = np.where(is_atom, 0, counts)
    with np.errstate(over="ignore"):
        after = np.nextafter(atoms, np.inf)
    edges = distinct(np.concatenate([atoms, after, _quantile_edges(values, others, fine / n)]))
    edges = edges[np.isfinite(edges)]
    before = np.append(0, np.cumsum(counts))
    rows = np.diff(before[np.searchsorted(values, edges)], prepend=0, append=n)
    alone = np.searchsorted(edges, atoms, side="right")
    several = rows.copy()
    several[alone] = 0
    low, high, scale = _measure_spread(values, _without_sentinels(values, counts, others))
    return Edges(
        edges=_floats(edges),
        decision=_ints(_group_bins(rows, alone, min(coarse, max(n // ROWS_A_BIN, FEWEST_DECISION_BINS)))),
        low=low,
        high=high,
        scale=scale,
        error=float(several.max() / n),
        reach=(low, high),
    )


def _quantile_edges(values: FloatArray, counts: IntArray, bins_per_row: float) -> FloatArray:
    n = int(counts.sum())
    wanted = max(round(n * bins_per_row), 1)
    places = np.searchsorted(np.cumsum(counts), n * np.arange(1, wanted) / wanted) + 1
    return values[places[places < values.size]]


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


def _measure_spread(values: FloatArray, counts: IntArray) -> tuple[float, float, float]:
    """Return the clip range and the standard deviation of the 1-99 % winsorised values."""
    low, first, last, high = quantiles(values, counts, [CLIP, 0.01, 0.99, 1 - CLIP])
    size = max(abs(first), abs(last)) or 1.0  # squares of values near the largest float stay finite
    winsorised = np.clip(values, first, last) / size
    middle = np.average(winsorised, weights=counts)
    return low, high, float(np.sqrt(np.average((winsorised - middle) ** 2, weights=counts)) * size)


def _without_sentinels(values: FloatArray, counts: IntArray, others: IntArray) -> IntArray:
    """Return the counts, with 0 for atoms that lie far from the `others`, where those are the larger part."""
    if others.sum() * 2 < counts.sum() or np.array_equal(others, counts):
        return counts
    low, middle, high = quantiles(values, others, [0.05, 0.5, 0.95])
    far = np.abs(values / FAR - middle / FAR) > high - low
    return np.where(far, others, counts)


def quantiles(values: FloatArray, counts: IntArray, shares: list[float]) -> list[float]:
    """Return the values below or at which each of `shares` of the rows lies."""
    wanted = np.array(shares) * int(counts.sum())
    places = np.searchsorted(np.cumsum(counts), wanted)
    return values[np.minimum(places, values.size - 1)].tolist()


def _floats(values: object) -> FloatArray:
    return frozen(np.array(values, np.float64))


def _ints(values: object) -> IntArray:
    return frozen(np.array(values, np.int64))
