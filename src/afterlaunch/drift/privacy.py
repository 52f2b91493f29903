"""What may leave: rare categories pooled, edges rounded outwards, outer quantiles in place of extremes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.profiles.axis import MIN_ROWS

if TYPE_CHECKING:
    from afterlaunch.profiles import ColumnPlan
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

FEW = 5  # rows in the reference, below which a category says little by itself
POOL = "other"
FINENESS = 4  # steps of rounding in the narrower bin beside an edge, at least
COARSE = 10  # parts of the scale in which a rare value may lie
SIGNIFICANT = 6  # digits of a value so frequent that it has a bin of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooling:
    """Which bin each of a column's decision bins goes to, and the names of the bins."""

    target: IntArray  # (n_decision,)
    labels: tuple[str, ...]

    @property
    def pooled(self) -> int | None:
        """The bin that holds the rare categories, if any."""
        return len(self.labels) - 1 if self.labels and self.labels[-1] == POOL else None

    def apply(self, counts: IntArray) -> IntArray:
        """Return counts (D, n_decision + 4) with the pooled bins summed up; the special cells stay last."""
        n_specials = counts.shape[1] - len(self.target)
        target = np.concatenate([self.target, len(self.labels) + np.arange(n_specials, dtype=np.int64)])
        if np.array_equal(target, np.arange(len(target))):
            return counts
        return sum_cells(counts, target)


def sum_cells(counts: IntArray, target: IntArray) -> IntArray:
    """Return counts (D, k) summed into cells: cell i goes to cell `target[i]`."""
    summed = np.zeros((int(target.max(initial=-1)) + 1, len(counts)), dtype=np.int64)
    np.add.at(summed, target, counts.T)
    return summed.T


def pool_categories(
    labels: tuple[str, ...], totals: IntArray, in_reference: IntArray, *, min_rows: int = MIN_ROWS
) -> Pooling:
    """Return how bins of fewer than `min_rows` rows (`totals`, in the whole log) are summed as a last bin, "other".

    So are bins with fewer than `FEW` rows in the reference: where there are such, others are as rare and were not seen
    at all, and only their sum can be compared. A category that is itself called "other" takes them in.
    """
    frequent = (totals >= min_rows) & ((in_reference >= FEW) | (in_reference == 0))
    kept = tuple(name for name, keep in zip(labels, frequent.tolist(), strict=True) if keep and name != POOL)
    if len(kept) == len(labels):
        return Pooling(target=np.arange(len(labels)), labels=labels)
    place = {name: index for index, name in enumerate(kept)}
    return Pooling(target=np.array([place.get(name, len(kept)) for name in labels]), labels=(*kept, POOL))


def drawing_edges(plan: ColumnPlan, totals: IntArray) -> FloatArray:
    """Return the decision bins' edges, shape (n_decision + 1,), rounded to what the bins beside them need.

    The first and last are outer quantiles, rounded outwards; what lies beyond, such as a sentinel, is drawn at them. So
    are those between the reference's range and the bins beyond it. A bin around one value has both edges at it, exact
    where it has `MIN_ROWS` rows (`totals`, the whole log's, by bin).
    """
    low, high = plan.reach
    edges = np.concatenate([[low], np.clip(plan.decision_edges(), low, high), [high]])
    units = _units(edges, plan.scale)
    with np.errstate(over="ignore"):  # next to the largest float is infinity
        single = edges[1:] == np.nextafter(edges[:-1], np.inf)
    rare = _beside(single & (totals < MIN_ROWS))
    coarse = _power_of_ten(np.array([plan.scale / COARSE]))[0] if plan.scale > 0 else 0.0
    units = np.where(rare, np.maximum(units, coarse), units)
    rounded = np.where(_beside(single) & ~rare, _significant(edges), _to_unit(edges, units))
    outer = _outer_units(edges, plan.scale)
    last = len(edges) - 1
    places = (0, plan.beyond[0], last - plan.beyond[1], last)
    ends = np.concatenate(
        [
            np.minimum.accumulate(_to_unit(np.array([plan.low, low]), outer[0], np.floor))[::-1],
            np.maximum.accumulate(_to_unit(np.array([plan.high, high]), outer[1], np.ceil)),
        ]
    )
    for (first, least), (end, most) in pairwise(zip(places, ends.tolist(), strict=True)):
        rounded[first], rounded[end] = least, most
        rounded[first : end + 1] = np.maximum.accumulate(np.clip(rounded[first : end + 1], least, most))
    return rounded


def _beside(bins: BoolArray) -> BoolArray:
    """Return which edges (k + 1,) bound one of the chosen bins (k,)."""
    return np.append(bins, False) | np.insert(bins, 0, False)


def _units(edges: FloatArray, scale: float) -> FloatArray:
    """Return for each edge the power of ten below a quarter of the narrower bin beside it: densities stay true."""
    with np.errstate(over="ignore"):  # a width beyond the largest float is infinite: no bin is narrower
        widths = np.diff(edges)
    widths = np.where(widths > np.abs(edges[1:]) * 1e-12, widths, np.inf)
    near = np.minimum(np.append(widths, np.inf), np.append(np.inf, widths))
    near = np.where(np.isfinite(near), near, scale or np.abs(edges))
    return _power_of_ten(near / FINENESS)


def _outer_units(edges: FloatArray, scale: float) -> FloatArray:
    """Return the units of the two outer edges: below a third of the scale, so that no exact value shows."""
    return _power_of_ten(np.where(scale > 0, scale, np.abs(edges[[0, -1]])) / 3)


def _power_of_ten(size: FloatArray) -> FloatArray:
    safe = np.where(size > 0, size, 1.0)
    return 10.0 ** np.clip(np.floor(np.log10(safe)), -300, 300)


def _to_unit(values: FloatArray, unit: FloatArray | float, rounding: np.ufunc = np.rint) -> FloatArray:
    """Return values on the grid of `unit`, powers of ten; huge values, which the grid cannot hold, stay."""
    with np.errstate(over="ignore", invalid="ignore"):
        steps: FloatArray = rounding(values / unit)
        # Divided by the whole inverse, so that 0.3 comes out as 0.3, not as 0.30000000000000004.
        inverse = np.where(unit < 1, np.rint(1 / np.minimum(unit, 1.0)), 1.0)
        on_grid = np.where(unit < 1, steps / inverse, steps * unit)
    return np.where(np.isfinite(on_grid), on_grid, values)


def _significant(values: FloatArray) -> FloatArray:
    rounded = np.array([float(f"{value:.{SIGNIFICANT}g}") for value in values.tolist()])
    return np.where(np.abs(rounded) < np.finfo(np.float64).tiny, 0.0, rounded)  # next to 0 is 5e-324
