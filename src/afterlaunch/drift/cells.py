"""A payload's counts as arrays again: what the browser judges, for Python to judge as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.drift.comparison import own_bins
from afterlaunch.encode import decode_counts
from afterlaunch.stats import Cells, Windows
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    from afterlaunch.drift.payload import Buckets, Column, DriftPayload
    from afterlaunch.stats.arrays import IntArray


def cells_of(payload: DriftPayload) -> list[Cells]:
    """Return every column's cells, at the bins that are judged."""
    n_buckets = len(payload.buckets.starts_ms)
    sizes = [n_buckets * (n_bins(column) + SPECIALS) for column in payload.columns]
    flat = decode_counts(payload.counts, sizes)
    return [_cells(column, counts.reshape(n_buckets, -1)) for column, counts in zip(payload.columns, flat, strict=True)]


def _cells(column: Column, shown: IntArray) -> Cells:
    if not column.ordered:
        return Cells(counts=shown, ordered=False, pooled=column.pooled)
    counts, edges = own_bins(shown, np.array(column.edges), column.beyond)
    return Cells(counts=counts, ordered=True, widths=None if column.scale is None else np.diff(edges) / column.scale)


def windows_of(buckets: Buckets, reference: tuple[int, int], current: tuple[int, int]) -> Windows:
    """Return two half-open bucket ranges as the statistics take them."""
    return Windows(
        reference=np.arange(*reference),
        current=np.arange(*current),
        position=np.array(buckets.position),
        season=np.array(buckets.season),
        timeless=buckets.every is None and len(buckets.starts_ms) == 2,
    )


def n_bins(column: Column) -> int:
    """Return the number of a column's bins, without the four special cells."""
    return len(column.edges) - 1 if column.ordered else len(column.labels)
