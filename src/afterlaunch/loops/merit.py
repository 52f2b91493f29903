"""What items earn by their clicks, and what they are shown: from a log of impressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect
from afterlaunch.loops.grid import ITEM, PERIOD, places
from afterlaunch.loops.impressions import shown_rows
from afterlaunch.stats.merit import measure_merit, measure_ratios, measure_tenths, misplaced, place_attention

if TYPE_CHECKING:
    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.merit import Merit, Ratio, Tenths

PLACES = 50  # of a list that have an attention of their own; those after share the last one's
POINTS = 51  # of a Lorenz curve: 0, 2, …, 100 % of the items
NAMED = 10  # items shown above, and below, their merit
MOVED = 0.1  # of the impressions of items must lie in places other than their usual one for places to be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritFindings:
    """Merit of all items, exposure against it by period (None: nothing shown), and items far from it in the last one.

    `views` (T, n) are impressions by the attention of their places. `attention` (k,) is None where the log has no
    places, or shows items in the same ones, so that a place cannot be told from what stands there.
    """

    merit: Merit
    live: BoolArray
    views: FloatArray
    attention: FloatArray | None
    tenths: tuple[Tenths | None, ...]
    ratio: Ratio
    over: IntArray
    under: IntArray
    last: int
    notes: tuple[str, ...]


def measure_exposure(log: InteractionLog, found: Impressions) -> MeritFindings | None:
    """Return exposure against merit of a log with clicks; None without clicks, which are what merit is read from."""
    clicked = found.clicked
    if clicked is None or not clicked.any():
        return None
    attention, note = _attention(log, found)
    views = found.shown.astype(np.float64) if attention is None else _views(log, found, attention)
    live = _live(found)
    merit = measure_merit(clicked.sum(axis=0).astype(np.float64), views.sum(axis=0), np.logical_or.reduce(live, axis=0))
    at = np.linspace(0, 1, POINTS)
    expected = found.chances.expected
    tenths = tuple(
        measure_tenths(
            found.shown[t] if expected is None or not np.isfinite(expected[t]).all() else expected[t],
            found.shown[t].astype(np.float64),
            clicked[t].astype(np.float64),
            views[t],
            merit=merit,
            live=live[t],
            at=at,
        )
        for t in range(found.periods.n)
    )
    last = int(np.flatnonzero(found.total > 0)[-1])
    over, under = misplaced(found.shown[last].astype(np.float64), merit, live[last], most=NAMED)
    return MeritFindings(
        merit=merit,
        live=live,
        views=views,
        attention=attention,
        tenths=tenths,
        ratio=measure_ratios(found.shown[last].astype(np.float64), merit, live[last]),
        over=over,
        under=under,
        last=last,
        notes=(note,),
    )


def _live(found: Impressions) -> BoolArray:
    """Return which items could be shown, by period: from the first to the last one they were seen in; or never seen."""
    record = found.record()
    there = found.shown > 0 if record is None else record.there()
    return there | ~there.any(axis=0)


def _attention(log: InteractionLog, found: Impressions) -> tuple[FloatArray | None, str]:
    """Return the attention of each place (k,), and what was assumed."""
    merit = "Merit: clicks per impression over the whole log, drawn towards the mean where few"
    if log.position is None:
        return None, f"{merit}; the log has no places in a list, so none are corrected for"
    shown, clicked = _by_place(log, found)
    total = shown.sum()
    usual = shown.max(axis=1).sum()
    if total == 0 or 1 - usual / total < MOVED:
        return None, f"{merit}; items keep their places, so that these cannot be corrected for"
    attention = place_attention(shown, clicked)
    return attention, f"{merit}, corrected for place by items that were shown in several"


def _place(log: InteractionLog) -> pl.Expr:
    return pl.col(str(log.position)).cast(pl.Float64).clip(0, PLACES).cast(pl.Int64).alias("place")


def _by_place(log: InteractionLog, found: Impressions) -> tuple[FloatArray, FloatArray]:
    """Return impressions and clicks by item and place (n, k)."""
    clicked = pl.col(str(log.clicked)).fill_null(value=False).sum().cast(pl.Int64).alias("clicked")
    grouped = shown_rows(log).group_by(pl.col(log.item).alias(ITEM), _place(log))
    cells = collect(grouped.agg(pl.len().cast(pl.Int64).alias("shown"), clicked), paths=log.paths)
    first = int(cells["place"].to_numpy().min())
    k = int(cells["place"].to_numpy().max()) - first + 1
    item = places(cells.with_columns(pl.lit(0).alias(PERIOD)), found.items)
    at = item * k + cells["place"].to_numpy() - first
    shape = (len(found.items), k)
    return tuple(
        np.bincount(at, weights=cells[name].to_numpy(), minlength=shape[0] * k).reshape(shape)
        for name in ("shown", "clicked")
    )  # pyright: ignore[reportReturnType] - two of them


def _views(log: InteractionLog, found: Impressions, attention: FloatArray) -> FloatArray:
    """Return impressions by period and item (T, n), each by the attention of its place."""
    rows = shown_rows(log)
    first = collect(rows.select(_place(log).min()), paths=log.paths).item()
    worth = pl.lit(pl.Series(attention)).gather(_place(log) - first)
    grouped = rows.with_columns(worth=worth).group_by(
        found.periods.of(pl.col(str(log.time))), pl.col(log.item).alias(ITEM)
    )
    cells = collect(grouped.agg(pl.col("worth").sum()), paths=log.paths)
    laid = np.zeros(found.shown.size)
    laid[places(cells, found.items)] = cells["worth"].to_numpy()
    return laid.reshape(found.shown.shape)
