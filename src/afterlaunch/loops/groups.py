"""Impressions by group of users, so that what is said of a period can say how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect
from afterlaunch.loops.grid import ITEM, PERIOD, places
from afterlaunch.loops.impressions import shown_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.logs import InteractionLog
    from afterlaunch.loops.impressions import Impressions
    from afterlaunch.stats.arrays import IntArray

GROUPS = 20


def read_groups(log: InteractionLog, impressions: Impressions) -> Iterator[IntArray]:
    """Yield each period's impressions (G, n) by group of users, in the order of the periods.

    A user is in one group by a hash of the name, whatever file or machine the rows are on, so that groups add up.
    Without users rows are grouped by where they stand, which takes each impression as independent.
    """
    periods, items = impressions.periods, impressions.items
    rows = shown_rows(log)
    if log.user is None:
        rows = rows.with_row_index("row")
        group = pl.col("row") % GROUPS
    else:
        group = pl.col(log.user).hash(seed=0) % GROUPS
    keys = (periods.of(pl.col(str(log.time))), pl.col(log.item).alias(ITEM), group.cast(pl.UInt8).alias("group"))
    cells = collect(rows.select(keys).group_by(pl.all()).agg(pl.len().cast(pl.Int64).alias("shown")), paths=log.paths)
    at, group_of, shown = places(cells, items), cells["group"].to_numpy(), cells["shown"].to_numpy()
    period = cells[PERIOD].to_numpy()
    order = np.argsort(period, kind="stable")
    first = np.searchsorted(period[order], np.arange(periods.n + 1))
    n = len(items)
    for t in range(periods.n):
        here = order[first[t] : first[t + 1]]
        counts = np.zeros(GROUPS * n, dtype=np.int64)
        counts[group_of[here].astype(np.int64) * n + at[here] - t * n] = shown[here]
        yield counts.reshape(GROUPS, n)
