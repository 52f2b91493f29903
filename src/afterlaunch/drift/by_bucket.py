"""Every bucket against the reference, from the payload alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.drift.cells import cells_of, windows_of
from afterlaunch.drift.table import DISTANCES
from afterlaunch.stats import measure

if TYPE_CHECKING:
    from afterlaunch.drift.payload import DriftPayload

MEASURED = (
    "effect",
    *DISTANCES,
    "null_share_reference",
    "null_share_current",
    "unseen_share",
    "n_reference",
    "n_current",
)


def by_bucket(payload: DriftPayload) -> pl.DataFrame:
    """Return one row a column and bucket: the bucket as current window, against the reference.

    Where each side is one bucket, there are no times.
    """
    buckets, cells = payload.buckets, cells_of(payload)
    names = [column.name for column in payload.columns]
    reference = np.arange(*payload.reference)
    timed = buckets.every is not None
    frames: list[pl.DataFrame] = []
    for index, start in enumerate(buckets.starts_ms):
        measured = measure(cells, windows_of(buckets, payload.reference, (index, index + 1)))
        numbers = {name: [getattr(one, name) for one in measured] for name in MEASURED}
        frame = pl.DataFrame({"column": names, **numbers}, schema_overrides=dict.fromkeys(MEASURED[:-2], pl.Float64))
        frames.append(
            frame.select(
                "column",
                _moment(start if timed else None).alias("window_start"),
                _moment(buckets.ends_ms[index] if timed else None).alias("window_end"),
                pl.lit(bool(index in reference)).alias("in_reference"),
                pl.exclude("column"),
            )
        )
    return pl.concat(frames)


def _moment(at_ms: int | None) -> pl.Expr:
    return pl.from_epoch(pl.lit(at_ms, dtype=pl.Int64), time_unit="ms").dt.replace_time_zone("UTC")
