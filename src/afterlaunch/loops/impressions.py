"""What was shown, clicked and learnt from, by period and item: one streaming pass over a log of impressions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadOption
from afterlaunch.logs.run import collect
from afterlaunch.loops.chances import Chances, chance_sums, read_chances
from afterlaunch.loops.grid import ITEM, lay_grid
from afterlaunch.loops.periods import Periods, read_periods
from afterlaunch.stats.gain.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.logs import InteractionLog
    from afterlaunch.stats.arrays import FloatArray, IntArray

MOST_CELLS = 30_000_000  # of period and item: 240 MB an array


@dataclass(frozen=True, slots=True, kw_only=True)
class Impressions:
    """Counts by period and item (T, n), of all n items of the catalogue; what the log does not hold is None.

    `items` (n,) are their names, sorted, or in the catalogue's order. `shown` impressions; `clicked` of them; `used`
    clicks in training; `withheld` impressions kept out of training, `withheld_clicked` of them clicked; `held_out`
    impressions that were random, `held_out_clicked` of them clicked. `at_top` impressions stood within the first places
    of their list; `seen` weighs each by 1 / log2(1 + its place), `seen_squares` (T,) sums those weights' squares.
    `noise` is the mean of what was added to an item's score, NaN where it was not shown. `chances` are what the
    policy's propensities say.
    """

    items: pl.Series
    periods: Periods
    shown: IntArray
    clicked: IntArray | None
    used: IntArray | None
    withheld: IntArray | None
    withheld_clicked: IntArray | None
    held_out: IntArray | None
    held_out_clicked: IntArray | None
    at_top: IntArray | None
    seen: FloatArray | None
    seen_squares: FloatArray | None
    noise: FloatArray | None
    chances: Chances
    notes: tuple[str, ...]

    @property
    def total(self) -> IntArray:
        """The impressions of each period (T,)."""
        return self.shown.sum(axis=1)

    def record(self) -> Record | None:
        """Return the counts as the loop gain is measured from; None where no feedback was logged."""
        if self.clicked is None or self.used is None:
            return None
        return Record(
            shown=self.shown,
            clicked=self.clicked,
            used=self.used,
            expected=self.chances.expected,
            inverse=self.chances.inverse,
            inverse_squares=self.chances.inverse_squares,
            withheld=self.withheld,
            noise=self.noise,
        )


def read_impressions(log: InteractionLog, *, every: str = "1w", top: int = 10) -> Impressions:
    """Return the impressions of `log` by period and item; `top` is how many places of a list are its top.

    All counts are 64 bits wide. Raises `BadOption` where `every` is no duration, or periods times items do not fit into
    memory; `EmptyWindow` without rows; `BadInput` where `expected_exposure` does not go with what was shown.

    >>> from afterlaunch.logs import InteractionLog
    >>> frame = pl.DataFrame({"at": ["2026-01-05", "2026-01-06", "2026-01-13"], "film": ["Heat", "Ran", "Heat"]})
    >>> found = read_impressions(InteractionLog(frame, time="at", item="film", catalog=["Heat", "Ran", "Ikiru"]))
    >>> found.items.to_list(), found.shown.tolist()
    (['Heat', 'Ran', 'Ikiru'], [[1, 1, 0], [1, 0, 0]])
    """
    if top < 1:
        raise BadOption(f"top={top!r} is no number of places: write 1 or more")
    periods = read_periods(log, every)
    rows = shown_rows(log)
    grouped = rows.group_by(periods.of(pl.col(str(log.time))), pl.col(log.item).alias(ITEM))
    cells = collect(grouped.agg(_sums(log, top)), paths=log.paths)
    items = _items(log, cells)
    _check_size(periods.n, len(items))
    grid = lay_grid(cells, items, periods.n)
    chances = read_chances(log, rows, grid, periods)
    return Impressions(
        items=items,
        periods=periods,
        shown=grid.counts("shown"),
        clicked=grid.maybe_counts("clicked"),
        used=grid.maybe_counts("used"),
        withheld=grid.maybe_counts("withheld"),
        withheld_clicked=grid.maybe_counts("withheld_clicked"),
        held_out=grid.maybe_counts("held_out"),
        held_out_clicked=grid.maybe_counts("held_out_clicked"),
        at_top=grid.maybe_counts("at_top"),
        seen=grid.maybe_floats("seen"),
        seen_squares=grid.floats("seen_squares").sum(axis=1) if grid.has("seen_squares") else None,
        noise=grid.maybe_floats("noise", empty=np.nan),
        chances=chances,
        notes=(*log.notes, *chances.notes),
    )


def shown_rows(log: InteractionLog) -> pl.LazyFrame:
    """Return the rows of items that were shown: those with a place, where the log has places."""
    return log.frame if log.position is None else log.frame.filter(pl.col(log.position).is_not_null())


def _items(log: InteractionLog, cells: pl.DataFrame) -> pl.Series:
    """Return the catalogue in its order; without one, what was shown or expected, sorted."""
    if log.catalog is not None:
        return log.catalog
    seen = cells[ITEM].unique()
    if log.expected_exposure is not None:
        seen = pl.concat([seen, log.expected_exposure[ITEM]]).unique()
    return seen.sort()


def _check_size(n_periods: int, n_items: int) -> None:
    if n_periods * n_items > MOST_CELLS:
        raise BadOption(
            f"{n_periods:,} periods of {n_items:,} items are {n_periods * n_items:,} cells, more than fit: give every= "
            "a longer length, such as '4w', or name a column of fewer items"
        )


def _sums(log: InteractionLog, top: int) -> Iterator[pl.Expr]:
    """Yield the sums of a cell; counts are widened first, since Polars counts in 32 bits and wraps without a word."""
    yield pl.len().cast(pl.Int64).alias("shown")
    clicked = None if log.clicked is None else pl.col(log.clicked).fill_null(value=False)
    if clicked is not None:
        yield _count(clicked).alias("clicked")
    if log.in_training is not None:
        kept_out = ~pl.col(log.in_training).fill_null(value=True)
        yield _count(kept_out).alias("withheld")
        if clicked is not None:
            yield _count(clicked & kept_out).alias("withheld_clicked")
            yield _count(clicked & ~kept_out).alias("used")
    elif clicked is not None:
        yield _count(clicked).alias("used")
    if log.holdout is not None:
        held_out = pl.col(log.holdout).fill_null(value=False)
        yield _count(held_out).alias("held_out")
        if clicked is not None:
            yield _count(clicked & held_out).alias("held_out_clicked")
    if log.position is not None:
        yield from _place_sums(log.position, top)
    if log.noise is not None:
        yield pl.col(log.noise).mean().fill_null(math.nan).alias("noise")
    yield from chance_sums(log)


def _count(flag: pl.Expr) -> pl.Expr:
    return flag.sum().cast(pl.Int64)


def _place_sums(position: str, top: int) -> Iterator[pl.Expr]:
    place = pl.col(position).cast(pl.Float64)
    attention = math.log(2) / (1 + pl.max_horizontal(place, pl.lit(1.0))).log()
    yield _count(place <= top).alias("at_top")
    yield attention.sum().alias("seen")
    yield attention.pow(2).sum().alias("seen_squares")
