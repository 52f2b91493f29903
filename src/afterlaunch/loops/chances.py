"""What the policy's propensities say of a period: the exposure that it gives each item on average.

Three sources, in this order: a table of expected exposure, lists of propensities over the catalogue, or the shown
item's own. The last tells what other items could expect only where the policy does not look at whom it serves, so that
an item's propensity is the same all through a period (or through a period and a place in the list); else the inverses
stand in, which are right on average and vary more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadInput
from afterlaunch.logs.run import collect
from afterlaunch.loops.grid import ITEM, PERIOD, places
from afterlaunch.phrases import share as said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.grid import Grid
    from afterlaunch.loops.periods import Periods
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

SAME = 1e-6  # relative: propensities that differ by less are one, as singles written as doubles are
TOLD = 0.5  # of the impressions must share their cell with another for "all are the same" to say anything
SLACK = 0.02  # by which propensities may add up to more than the places, rounded as they are
OFF = 0.1  # by which expected and realised impressions of a period may differ
MENTIONED = 0.01
ENTRIES = 500  # of lists, summed in one pass
PERSONAL = (
    "Propensities of one item differ within a period: the policy looks at whom it serves, so that exposure is weighed "
    "by their inverses."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Expected impressions (T, n), NaN in periods that are not known; or sums of 1/p and 1/p² of what was shown.

    `context_free`: they were told from the shown items' propensities alone.
    """

    expected: FloatArray | None = None
    inverse: FloatArray | None = None
    inverse_squares: FloatArray | None = None
    context_free: bool = False
    notes: tuple[str, ...] = ()


def chance_sums(log: InteractionLog) -> Iterator[pl.Expr]:
    """Yield the sums of a cell that `read_chances` needs."""
    if log.propensity is None or log.deterministic:
        return
    yield pl.col(log.propensity).null_count().cast(pl.Int64).alias("unknown")
    if not log.lists_propensities:
        p = pl.col(log.propensity)
        yield p.min().alias("least")
        yield p.max().alias("most")
        yield (1 / p).sum().alias("inverse")
        yield (1 / p).pow(2).sum().alias("inverse_squares")


def read_chances(log: InteractionLog, rows: pl.LazyFrame, grid: Grid, periods: Periods) -> Chances:
    """Return what the propensities say; nothing where there are none, or the policy is deterministic."""
    if log.expected_exposure is not None:
        return _from_table(log, grid, periods)
    if log.propensity is None or log.deterministic:
        return Chances()
    if log.lists_propensities:
        return Chances(expected=_from_lists(log, rows, grid, periods))
    return _from_shown(log, rows, grid, periods)


# ---------------------------------------------------------------- a table


def _from_table(log: InteractionLog, grid: Grid, periods: Periods) -> Chances:
    """Return expected exposure as the policy exported it; shares that add up to 1 a period are made impressions."""
    if log.expected_exposure is None:
        raise AssertionError("there is a table")
    cells = log.expected_exposure.with_columns(periods.of(pl.col(PERIOD)).alias(PERIOD))
    inside = cells.filter(pl.col(PERIOD).is_between(0, periods.n - 1))
    shown = grid.counts("shown")
    expected = _summed(inside, "expected", grid)
    total, rows = expected.sum(axis=1), shown.sum(axis=1)
    shares = bool(len(total[total > 0])) and bool((np.abs(total[total > 0] - 1) < SLACK).all())
    if shares:
        expected = expected * (rows / np.where(total > 0, total, 1))[:, None]
    else:
        _check_totals(total, rows, periods)
    known = (total > 0) | (rows == 0)
    _check_possible(log, shown, expected, known)
    notes = ["Expected exposure adds up to 1 a period: taken as shares of the impressions."] if shares else []
    if not known.all():
        notes.append(f"Periods without expected exposure: {int((~known).sum()):,} of {periods.n:,}.")
    if inside.height < cells.height:
        notes.append(
            f"Expected exposure outside of the log's periods is left out: {cells.height - inside.height:,} rows."
        )
    return Chances(expected=_masked(expected, known), notes=tuple(notes))


def _check_totals(total: FloatArray, rows: IntArray, periods: Periods) -> None:
    off = (total > 0) & (np.abs(total - rows) > OFF * np.maximum(rows, 1))
    if off.any():
        t = int(np.argmax(off))
        start = np.datetime64(int(periods.starts[t]), "us").astype("datetime64[D]")
        raise BadInput(
            f"expected_exposure adds up to {total[t]:,.6g} impressions in the period from {start}, the log shows "
            f"{rows[t]:,}: pass the sums of the propensities of the same rows, or shares that add up to 1"
        )


def _check_possible(log: InteractionLog, shown: IntArray, expected: FloatArray, known: BoolArray) -> None:
    """Raise `BadInput` where something was shown that could not be: what follows would divide by its chance."""
    impossible = (shown > 0) & (expected <= 0) & known[:, None]
    if impossible.any():
        n = int(shown[impossible].sum())
        raise BadInput(
            f"{n:,} {log.noun} are of items that expected_exposure gives none in their period: what was shown had a "
            "chance above 0; export the table from the policy that showed them"
        )


# ---------------------------------------------------------------- lists over the catalogue


def _from_lists(log: InteractionLog, rows: pl.LazyFrame, grid: Grid, periods: Periods) -> FloatArray:
    """Return the sums of lists of propensities, each divided by the places of its list, in blocks of entries."""
    column = pl.col(str(log.propensity))
    period = periods.of(pl.col(str(log.time)))
    expected = np.zeros((periods.n, len(grid.items)))
    for first in range(0, len(grid.items), ENTRIES):
        entries = range(first, min(first + ENTRIES, len(grid.items)))
        sums = [(column.list.get(entry) / column.list.sum()).sum().alias(str(entry)) for entry in entries]
        found = collect(rows.group_by(period).agg(sums), paths=log.paths)
        expected[found[PERIOD].to_numpy(), first : first + len(entries)] = found.drop(PERIOD).to_numpy()
    return _masked(expected, _known(grid))


# ---------------------------------------------------------------- the shown item's own


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Whether propensities are the same all through their cells, and if so the impressions they make expected."""

    expected: FloatArray
    left: FloatArray  # impressions (T,) of items that were not shown, all together


def _from_shown(log: InteractionLog, rows: pl.LazyFrame, grid: Grid, periods: Periods) -> Chances:
    known = _known(grid)
    told = _told(grid.cells, grid, _places_of_lists(log, rows, grid, periods))
    if told is None and log.position is not None:
        by_place = rows.group_by(
            periods.of(pl.col(str(log.time))), pl.col(log.item).alias(ITEM), pl.col(log.position).alias("place")
        )
        p = pl.col(str(log.propensity))
        cells = by_place.agg(pl.len().cast(pl.Int64).alias("shown"), p.min().alias("least"), p.max().alias("most"))
        told = _told_by_place(collect(cells, paths=log.paths), grid)
    if told is None:
        return Chances(
            inverse=_masked(grid.floats("inverse"), known),
            inverse_squares=_masked(grid.floats("inverse_squares"), known),
            notes=(PERSONAL,),
        )
    share = told.left.sum() / max(int(grid.counts("shown").sum()), 1)
    left = f"{said(share)} of the exposure was expected of items that their period did not show: even among them."
    notes = (left,) if share >= MENTIONED else ()
    return Chances(expected=_masked(told.expected, known), context_free=True, notes=notes)


def _told(cells: pl.DataFrame, grid: Grid, slots: FloatArray) -> _Told | None:
    """Return expected impressions from one propensity a period and item; `slots` (T,) are the places of its lists."""
    if not _is_one(cells):
        return None
    p, rows = grid.floats("most"), grid.counts("shown").sum(axis=1)
    total = p.sum(axis=1)
    slots = np.where(total <= 1 + SLACK, 1.0, slots)
    if (total > slots * (1 + SLACK)).any():
        return None
    return _filled(p * (rows / slots)[:, None], rows, grid)


def _told_by_place(cells: pl.DataFrame, grid: Grid) -> _Told | None:
    """Return the same from one propensity a period, item and place in the list."""
    total = pl.col("most").sum().over(PERIOD, "place")
    if not _is_one(cells) or cells.filter(total > 1 + SLACK).height:
        return None
    rows = pl.col("shown").sum().over(PERIOD, "place")
    amounts = cells.with_columns(amount=pl.col("most") * rows)
    return _filled(_summed(amounts, "amount", grid), grid.counts("shown").sum(axis=1), grid)


def _is_one(cells: pl.DataFrame) -> bool:
    """Whether propensities are the same within each cell, and enough impressions share one for that to be news."""
    apart = pl.col("most") - pl.col("least") > SAME * pl.col("most")
    shown = pl.col("shown")
    found = cells.select(apart=apart.sum(), together=shown.filter(shown > 1).sum(), all=shown.sum()).row(0)
    return found[0] == 0 and found[1] >= TOLD * found[2]


def _filled(expected: FloatArray, rows: IntArray, grid: Grid) -> _Told:
    """Return expected impressions with what is left of a period spread evenly over the items that it did not show."""
    left = np.maximum(rows - expected.sum(axis=1), 0.0)
    unseen = grid.counts("shown") == 0
    n_unseen = unseen.sum(axis=1)
    left = np.where(n_unseen > 0, left, 0.0)
    each = left / np.maximum(n_unseen, 1)
    return _Told(expected=np.where(unseen, each[:, None], expected), left=left)


def _places_of_lists(log: InteractionLog, rows: pl.LazyFrame, grid: Grid, periods: Periods) -> FloatArray:
    """Return how many places a list has, by period: rows over first places; without places, what propensities say."""
    total = np.nan_to_num(grid.floats("most")).sum(axis=1)
    if log.position is None:
        return np.full(periods.n, max(round(float(total.max(initial=1.0))), 1), dtype=np.float64)
    place, period = pl.col(log.position), periods.of(pl.col(str(log.time)))
    first = collect(rows.select(place.min())).item()
    found = collect(rows.group_by(period).agg((pl.len() / (place == first).sum()).alias("places")), paths=log.paths)
    slots = np.ones(periods.n)
    slots[found[PERIOD].to_numpy()] = found["places"].to_numpy()
    return slots


def _known(grid: Grid) -> BoolArray:
    """Return the periods (T,) of which every impression has its propensity."""
    return grid.counts("unknown").sum(axis=1) == 0


def _summed(cells: pl.DataFrame, amount: str, grid: Grid) -> FloatArray:
    """Return the sums of a column of cells (T, n)."""
    sums = np.bincount(places(cells, grid.items), cells[amount].to_numpy(), minlength=grid.n_periods * len(grid.items))
    return sums.astype(np.float64).reshape(grid.n_periods, len(grid.items))


def _masked(values: FloatArray, known: BoolArray) -> FloatArray:
    return np.where(known[:, None], values, np.nan)
