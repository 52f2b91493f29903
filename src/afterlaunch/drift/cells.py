"""A payload's counts as arrays again: what the browser judges, for Python to judge as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.drift.encode import decode_counts
from afterlaunch.stats import Cells, Windows
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    from afterlaunch.drift.payload import Buckets, Column, DriftPayload


def cells_of(payload: DriftPayload) -> list[Cells]:
    """Return every column's cells."""
    n_buckets = len(payload.buckets.starts_ms)
    sizes = [n_buckets * (n_bins(column) + SPECIALS) for column in payload.columns]
    flat = decode_counts(payload.counts, sizes)
    return [
        Cells(
            counts=counts.reshape(n_buckets, -1), ordered=column.ordered, widths=_widths(column), pooled=column.pooled
        )
        for column, counts in zip(payload.columns, flat, strict=True)
    ]


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


def _widths(column: Column) -> np.ndarray | None:
    if not column.ordered or column.scale is None:
        return None
    return np.diff(np.array(column.edges)) / column.scale
