"""A sample of the rows of two windows, as numbers, for methods that read rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect
from afterlaunch.profiles.values import category_of, number_of

if TYPE_CHECKING:
    from afterlaunch.drift.comparison import Comparison
    from afterlaunch.drift.source import Logs
    from afterlaunch.logs import PredictionLog
    from afterlaunch.profiles import ColumnPlan
    from afterlaunch.profiles.axis import Range
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

BUCKET = "\0bucket"  # no table's column is called so


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWindows:
    """Rows `x` (n, p) of both windows: numbers, categories as their rank in the reference, missing values as NaN."""

    columns: tuple[str, ...]
    x: FloatArray
    is_current: BoolArray
    bucket: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """Reads rows of a comparison's windows, evenly spaced over each."""

    comparison: Comparison
    logs: Logs

    def sample(self, n_rows: int) -> RowWindows:
        """Return at most about `n_rows` rows of each window."""
        axis = self.comparison.axis
        sides = [
            self._side(log, window, n_rows)
            for log, window in zip(self.logs, (axis.reference, axis.current), strict=True)
        ]
        names = tuple(one.plan.name for one in self.comparison.columns)
        return RowWindows(
            columns=names,
            x=np.concatenate([side.select(names).to_numpy() for side in sides]),
            is_current=np.repeat([False, True], [side.height for side in sides]),
            bucket=np.concatenate([side[BUCKET].to_numpy() for side in sides]),
        )

    def _side(self, log: PredictionLog, window: Range, n_rows: int) -> pl.DataFrame:
        axis = self.comparison.axis
        frame, at = log.frame, pl.lit(0)
        if log.time is not None:
            at = pl.col(log.time).dt.epoch("us")
            span = int(axis.starts[window[0]]), int(axis.ends[window[1] - 1])
            frame = frame.filter(at.is_between(*span, closed="left"))
        step = max(int(axis.n_rows[slice(*window)].sum()) // n_rows, 1)
        schema = frame.collect_schema()
        values = [_number(one.plan, schema[one.plan.name]) for one in self.comparison.columns]
        sample = collect(frame.gather_every(step).select(*values, at.alias(BUCKET)))
        bucket = window[0] + np.searchsorted(
            axis.starts[window[0] + 1 : window[1]], sample[BUCKET].to_numpy(), side="right"
        )
        return sample.with_columns(pl.Series(BUCKET, bucket))


def _number(column: ColumnPlan, dtype: pl.DataType) -> pl.Expr:
    if column.ordered:
        return number_of(column, dtype).alias(column.name)
    known = [*column.categories, *column.rare]
    rank = category_of(column).replace_strict(
        known, list(range(len(known))), default=len(known), return_dtype=pl.Float64
    )
    return pl.when(pl.col(column.name).is_null()).then(None).otherwise(rank).alias(column.name)
