"""The four groups: odd or not, badly served or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.edges.halves import CONFIRM, NEITHER, REFERENCE
from afterlaunch.edges.payload import Cells, Density, Group, GroupName
from afterlaunch.reports import Estimate
from afterlaunch.stats.effects import Clock, measure_groups
from afterlaunch.stats.persistent import PASSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.edges.halves import Halves
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.clustered import Effect

NAMES: tuple[GroupName, ...] = ("routine", "outlier", "edge_case", "both")
ODD_FROM = 0.99
BAD_SHARE = 0.95  # of the reference's rows lie below the default threshold of the smoothed loss
ODD_STEP = 0.1  # of -log10(1 - share): .99 is an edge
ODD_TOP = 3.5
LOSS_CELLS = 40
FEW = 20  # rows of a cell, below which their summed loss is not shared as it is
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """The edges of the density's cells, and the default thresholds, which are edges."""

    odd_edges: FloatArray
    loss_edges: FloatArray
    odd_from: float
    bad_from: float

    def cell(self, share: FloatArray, loss: FloatArray) -> IntArray:
        """Return the cell (n,) of each row."""
        odd = np.searchsorted(self.odd_edges, share, side="right") - 1
        bad = np.searchsorted(self.loss_edges, loss, side="right") - 1
        return np.maximum(odd, 0) * len(self.loss_edges) + np.maximum(bad, 0)

    def group(self, share: FloatArray, loss: FloatArray) -> IntArray:
        """Return the group (n,) of each row, a place in `NAMES`."""
        return (share >= self.odd_from).astype(np.int64) + 2 * (loss >= self.bad_from).astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All n rows as the groups see them; `known` marks those that have a place in the density."""

    share: FloatArray
    smoothed: FloatArray
    loss: FloatArray
    is_reference: BoolArray
    is_current: BoolArray

    @property
    def known(self) -> BoolArray:
        """The rows that are known to be odd or not, and badly served or not."""
        return np.isfinite(self.share) & np.isfinite(self.smoothed)

    @property
    def window(self) -> IntArray:
        """The window (n,) of each row: a row of both is a current one."""
        return np.where(self.is_current, CONFIRM, np.where(self.is_reference, REFERENCE, NEITHER))


def choose_axes(rows: Rows) -> Axes:
    """Return the density's axes for these rows."""
    loss = rows.smoothed[rows.known & (rows.is_reference | rows.is_current)]
    base = rows.smoothed[rows.known & rows.is_reference]
    usual = float(np.quantile(base if len(base) else loss, BAD_SHARE)) if len(loss) else 0.0
    top = float(np.quantile(loss, 0.999)) if len(loss) else 1.0
    step = nice_step(max(top, usual, 1e-12) / (LOSS_CELLS - 2))
    edges: FloatArray = np.round(step * np.arange(LOSS_CELLS, dtype=np.float64), 12)
    odd_edges: FloatArray = np.round(1 - 10.0 ** -np.arange(0.0, ODD_TOP + ODD_STEP / 2, ODD_STEP), 10)
    bad = edges[min(int(np.ceil(usual / step - 1e-9)), LOSS_CELLS - 1)]
    return Axes(odd_edges=odd_edges, loss_edges=edges, odd_from=ODD_FROM, bad_from=float(bad))


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `least`.

    >>> nice_step(0.031), nice_step(0.9)
    (0.05, 1.0)
    """
    power = 10.0 ** np.floor(np.log10(least))
    return float(next(step * power for step in NICE if step * power >= least * (1 - 1e-9)))


def density_of(rows: Rows, axes: Axes, *, n_similar: int) -> Density:
    """Return the density of both windows."""
    reference = rows.known & rows.is_reference & ~rows.is_current
    return Density(
        odd_edges=tuple(axes.odd_edges.tolist()),
        loss_edges=tuple(axes.loss_edges.tolist()),
        n_similar=n_similar,
        counts=None,
        reference=cells_of(rows, axes, reference) if reference.any() else None,
        current=cells_of(rows, axes, rows.known & rows.is_current),
    )


def cells_of(rows: Rows, axes: Axes, which: BoolArray) -> Cells:
    """Return the cells of some rows."""
    cell = axes.cell(rows.share[which], rows.smoothed[which])
    loss = rows.loss[which]
    labelled = np.isfinite(loss)
    found, place = np.unique(cell, return_inverse=True)
    n = np.bincount(place, minlength=len(found))
    n_labelled = np.bincount(place[labelled], minlength=len(found))
    total = np.bincount(place[labelled], weights=loss[labelled], minlength=len(found)).astype(np.float64)
    total = _without_single_rows(total, n_labelled, found % len(axes.loss_edges))
    return Cells(
        cell=tuple(found.tolist()),
        n=tuple(n.tolist()),
        n_labelled=tuple(n_labelled.tolist()),
        loss=tuple(round(one, 4) for one in total.tolist()),
    )


def _without_single_rows(total: FloatArray, n: IntArray, band: IntArray) -> FloatArray:
    """Return the cells' summed losses (c,) with those of few rows pooled, from one `band` to the next."""
    order = np.argsort(band, kind="stable")
    shared = total.copy()
    shared[order] = pool_few(total[order], n[order])
    return shared


def pool_few(total: FloatArray, n: IntArray) -> FloatArray:
    """Return sums (c,) over `n` rows each, those of few rows replaced by the mean of their neighbours of few rows.

    What a single row is worth is not to be read off what is shared: sums over fewer than 20 rows are pooled with the
    next such, until 20 rows are together; what is left over at the end joins the pool before. All in all they add up
    to what they did.

    >>> pool_few(np.array([1.0, 23.0, 16.0, 50.0, 4.0]), np.array([5, 19, 15, 40, 5])).tolist()
    [5.0, 19.0, 15.0, 50.0, 5.0]
    """
    few = np.flatnonzero(n < FEW)
    pool, inside = np.zeros(len(few), dtype=np.int64), 0
    for place, rows in enumerate(n[few].tolist()):
        pool[place] = pool[place - 1] + (inside >= FEW) if place else 0
        inside = rows if inside >= FEW else inside + rows
    if inside < FEW and len(few):
        pool[pool == pool[-1]] = max(int(pool[-1]) - 1, 0)
    rows, sums = np.bincount(pool, weights=n[few]), np.bincount(pool, weights=total[few])
    mean = np.divide(sums, rows, out=np.zeros(len(rows)), where=rows > 0)
    shared = total.copy()
    shared[few] = n[few] * mean[pool]
    return shared


def measure_the_groups(rows: Rows, axes: Axes, halves: Halves) -> tuple[Group, ...]:
    """Return the four groups at the default thresholds, with intervals."""
    group = axes.group(rows.share, rows.smoothed)
    current = _window(rows, group, halves, CONFIRM)
    has_reference = bool((rows.known & (rows.window == REFERENCE)).any())
    reference = _window(rows, group, halves, REFERENCE) if has_reference else None
    return tuple(
        Group(
            name=name,
            n=current.n[place],
            share=current.share[place],
            loss=current.loss[place],
            loss_share=current.loss_share[place],
            n_reference=reference.n[place] if reference else None,
            share_reference=reference.share[place] if reference else None,
            loss_reference=reference.loss[place] if reference else None,
        )
        for place, name in enumerate(NAMES)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    n: list[int]
    share: list[Estimate]
    loss: list[Estimate]
    loss_share: list[float | None]


def _window(rows: Rows, group: IntArray, halves: Halves, judged: int) -> _Window:
    """Return the groups of one window; the other one's days tell how days vary."""
    placed = rows.known & (rows.is_current | rows.is_reference)
    every = np.ones(int(placed.sum()), dtype=np.bool_)
    shares = _levels([(every, group[placed] == place) for place in range(len(NAMES))], rows, halves, placed, judged)
    valued = placed & np.isfinite(rows.loss)
    loss = rows.loss[valued]
    losses = _levels([(group[valued] == place, loss) for place in range(len(NAMES))], rows, halves, valued, judged)
    here = rows.window == judged
    total = float(rows.loss[valued & here].sum())
    parts = [
        float(rows.loss[valued & here & (group == place)].sum()) / total if total > 0 else None
        for place in range(len(NAMES))
    ]
    return _Window(
        n=[int((placed & here & (group == place)).sum()) for place in range(len(NAMES))],
        share=[estimate(one, least=0.0, most=1.0) for one in shares],
        loss=[estimate(one, least=0.0) for one in losses],
        loss_share=parts,
    )


def _levels(
    groups: Sequence[tuple[BoolArray, FloatArray | BoolArray]],
    rows: Rows,
    halves: Halves,
    which: BoolArray,
    judged: int,
) -> list[Effect]:
    """Return the mean of values on groups of the rows `which` (n,), labelled or not, in the window `judged`."""
    values = [(inside, value.astype(np.float64)) for inside, value in groups]
    if halves.block is None:
        here = rows.window[which] == judged
        return measure_groups([(inside[here], value[here]) for inside, value in values], None, alone=True)
    clock = Clock.of(halves.block[which], rows.window[which], judged=judged, teacher=REFERENCE)
    return measure_groups(values, clock, alone=True, longest=PASSING)


def estimate(effect: Effect | None, *, least: float = -np.inf, most: float = np.inf) -> Estimate:
    """Return an effect as an estimate, its interval cut at what is possible."""
    if effect is None or effect.effect is None:
        return Estimate(value=None, low=None, high=None)
    ends = [None if end is None else float(np.clip(end, least, most)) for end in (effect.low, effect.high)]
    return Estimate(value=effect.effect, low=ends[0], high=ends[1])
