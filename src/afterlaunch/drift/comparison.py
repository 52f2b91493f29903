"""Two windows on one series of buckets: what is judged, in Python and in the browser alike, after all pooling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.drift import privacy
from afterlaunch.profiles.axis import Axis, coarse_buckets, small_buckets
from afterlaunch.profiles.narrow import narrow
from afterlaunch.stats import Cells
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afterlaunch.profiles import ColumnPlan
    from afterlaunch.profiles.axis import Range
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

SCALE_DIGITS = 4
USUALLY_KNOWN = 0.01  # renewal of a reference, of which twofold would not matter yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One column as it is judged, drawn and shared: pooled, at its decision bins."""

    plan: ColumnPlan
    cells: Cells  # what is judged: the reference's own bins
    shown: IntArray  # (D, n_bins + 4), what is drawn: with the bins beyond
    edges: FloatArray  # ordered: (k + 1,) drawing edges; () if unordered
    pooling: privacy.Pooling | None  # unordered only
    scale: float | None  # robust reference standard deviation, rounded; None if unordered or constant
    fine: IntArray  # (D, n_bins + 4), the plan's own bins

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of an unordered column's bins."""
        return self.pooling.labels if self.pooling else ()

    @property
    def n_bins(self) -> int:
        """The number of bins, without the four special cells."""
        return self.shown.shape[1] - SPECIALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that a verdict rests on."""

    axis: Axis
    columns: tuple[Compared, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A series of buckets with each column's plan and fine counts (D, n_bins + 4), before anything is pooled."""

    axis: Axis
    plans: tuple[ColumnPlan, ...]
    counts: Mapping[str, IntArray]
    notes: tuple[str, ...] = ()

    def merged(self, first: IntArray, *, axis: Axis | None = None, note: str | None = None) -> Counted:
        """Return the series whose buckets begin at the indices `first`."""
        if len(first) == len(self.axis.starts):
            return self
        return Counted(
            axis=axis or self.axis.merged(first),
            plans=self.plans,
            counts={name: np.add.reduceat(counts, first, axis=0) for name, counts in self.counts.items()},
            notes=(*self.notes, note) if note else self.notes,
        )

    def without(self, emptied: BoolArray, *, note: str | None = None) -> Counted:
        """Return the series without the rows of the buckets `emptied` (D,)."""
        if not self.axis.n_rows[emptied].any():
            return self
        return replace(
            self,
            axis=replace(self.axis, n_rows=np.where(emptied, 0, self.axis.n_rows)),
            counts={name: np.where(emptied[:, None], 0, counts) for name, counts in self.counts.items()},
            notes=(*self.notes, note) if note else self.notes,
        )


def compare(counted: Counted, *, min_rows: int = privacy.MIN_ROWS) -> Comparison:
    """Return what is judged: every bucket, with the categories of fewer than `min_rows` rows pooled."""
    reference = counted.axis.reference
    return Comparison(
        axis=counted.axis,
        columns=tuple(_column(plan, counted.counts[plan.name], min_rows, reference) for plan in counted.plans),
        notes=counted.notes,
    )


def shareable(counted: Counted, *, n_cells: int, ladder: Sequence[tuple[int, str]], min_rows: int) -> Counted:
    """Return the series as it may be shared: within the budget of `n_cells`, and no bucket of fewer than `min_rows`.

    It is `counted` itself where nothing had to be merged.
    """
    fitted = fit_budget(counted, n_cells=n_cells, ladder=ladder)
    note = f"buckets of fewer than {privacy.MIN_ROWS} rows were merged with their neighbours in what is shared"
    merged = fitted.merged(small_buckets(fitted.axis), note=note)
    return merged.without(merged.axis.n_rows < min_rows)


def without_small_windows(counted: Counted, *, min_rows: int) -> Counted:
    """Return the series without the rows of a window that holds fewer than `min_rows` in all."""
    axis = counted.axis
    small = np.zeros(len(axis.n_rows), dtype=bool)
    for window in (slice(*axis.reference), slice(*axis.current)):
        small[window] |= axis.n_rows[window].sum() < min_rows
    note = f"a window of fewer than {min_rows} rows is neither judged nor shown"
    return counted.without(small, note=note if small.any() else None)


def _column(plan: ColumnPlan, fine: IntArray, min_rows: int, reference: Range) -> Compared:
    decision = at_decision_bins(plan, fine)
    if not plan.ordered:
        bins = decision[:, :-SPECIALS]
        in_reference = bins[slice(*reference)].sum(axis=0)
        pooling = privacy.pool_categories(decision_labels(plan), bins.sum(axis=0), in_reference, min_rows=min_rows)
        # Where categories hardly ever come new, unseen ones are news: they are judged by themselves.
        pooled = pooling.pooled if plan.renewal > USUALLY_KNOWN else None
        cells = Cells(counts=pooling.apply(decision), ordered=False, pooled=pooled)
        return Compared(
            plan=plan, cells=cells, shown=cells.counts, edges=np.empty(0), pooling=pooling, scale=None, fine=fine
        )
    edges = privacy.drawing_edges(plan, decision[:, :-SPECIALS].sum(axis=0))
    scale = float(f"{plan.scale:.{SCALE_DIGITS}g}") if plan.scale > 0 else None
    # At the edges that are shared, so that the browser measures the same.
    own, own_edges = own_bins(decision, edges, plan.beyond)
    widths = None if scale is None else widths_of(own_edges, scale)
    cells = Cells(counts=own, ordered=True, widths=widths)
    return Compared(plan=plan, cells=cells, shown=decision, edges=edges, pooling=None, scale=scale, fine=fine)


def widths_of(edges: FloatArray, scale: float) -> FloatArray:
    """Return the widths of bins in scales; also where the edges lie further apart than the largest float."""
    with np.errstate(over="ignore"):
        widths = np.diff(edges) / scale
    return widths if np.isfinite(widths).all() else np.diff(edges / scale)


def own_bins(shown: IntArray, edges: FloatArray, beyond: tuple[int, int]) -> tuple[IntArray, FloatArray]:
    """Return counts (D, k + 4) and edges of the reference's own bins: those cut `beyond` are part of its outer ones."""
    if beyond == (0, 0):
        return shown, edges
    n_shown = shown.shape[1] - SPECIALS
    n_own = n_shown - sum(beyond)
    target: IntArray = np.clip(np.arange(n_shown, dtype=np.int64) - beyond[0], 0, n_own - 1)
    counts = privacy.sum_cells(shown, np.concatenate([target, n_own + np.arange(SPECIALS)]))
    return counts, edges[beyond[0] : len(edges) - beyond[1]]


def at_decision_bins(plan: ColumnPlan, fine: IntArray) -> IntArray:
    """Return fine counts (D, n_bins + 4) at the decision bins, the four special cells last."""
    target = np.concatenate([plan.decision, plan.n_decision + np.arange(SPECIALS)])
    if np.all(np.diff(target) >= 0):
        return narrow(np.add.reduceat(fine, np.flatnonzero(np.diff(target, prepend=-1)), axis=1))
    return privacy.sum_cells(fine, target)


def decision_labels(plan: ColumnPlan) -> tuple[str, ...]:
    """Return the name of each decision bin of an unordered column; several categories in one are called "other"."""
    names: list[str | None] = [None] * plan.n_decision
    for name, place in zip(plan.labels, plan.decision.tolist(), strict=True):
        names[place] = name if names[place] is None else privacy.POOL
    return tuple(name or "" for name in names)


def fit_budget(counted: Counted, *, n_cells: int, ladder: Sequence[tuple[int, str]]) -> Counted:
    """Return the series with buckets merged, by the first step of `ladder` that keeps columns × buckets in `n_cells`.

    A step is a number of grid places and what they make, such as `(7, "1w")`.
    """
    most = n_cells // sum(plan.n_decision + SPECIALS for plan in counted.plans)
    if len(counted.axis.starts) <= most or not ladder:
        return counted
    steps = [(factor, every, coarse_buckets(counted.axis, factor)) for factor, every in ladder]
    factor, every, first = next((step for step in steps if len(step[2]) <= most), steps[-1])
    note = (
        f"buckets of {counted.axis.every} were merged into {every} to keep the panel small; "
        f"its first verdicts are those of {counted.axis.every} buckets"
    )
    return counted.merged(first, axis=counted.axis.coarser(first, factor, every), note=note)
