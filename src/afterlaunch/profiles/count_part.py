"""Count one part of a log, where its rows are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect
from afterlaunch.profiles.buckets import Buckets, cut
from afterlaunch.profiles.count import Counted, count_categories, count_numbers
from afterlaunch.profiles.distinct import sketch
from afterlaunch.profiles.profile import Profile
from afterlaunch.profiles.values import category_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afterlaunch.profiles.distinct import Registers
    from afterlaunch.profiles.parts import Part
    from afterlaunch.profiles.plan import ColumnPlan, IntArray, Plan

BATCH = 8_000_000  # values read at a time from what can be read by the column


@dataclass(frozen=True, slots=True)
class Count:
    """The plan as a function of a part; it travels to wherever the part is."""

    plan: Plan

    def __call__(self, part: Part) -> Profile:
        """Return the part's profile."""
        return count_part(self.plan, part)


def count_part(plan: Plan, part: Part) -> Profile:
    """Return the profile of a part's rows."""
    source = part.frame if part.by_column else collect(part.frame.select(_needed(plan, part))).lazy()
    buckets = cut(plan, _times(plan, part, source))
    schema = source.collect_schema()
    counted: dict[str, Counted] = {}
    for batch in _batches(plan, buckets):
        values = collect(source.select(_value(column, schema[column.name]) for column in batch))
        counted |= {column.name: _count(column, values[column.name], buckets) for column in batch}
    return Profile(
        plan=plan,
        starts=buckets.starts,
        n_rows=buckets.n_rows,
        counts={name: one.counts for name, one in counted.items()},
        sums={name: one.sums for name, one in counted.items() if one.sums is not None},
        sketches={column.name: _sketch(column, source, buckets) for column in plan.columns if column.kind == "text"},
    )


def _sketch(column: ColumnPlan, source: pl.LazyFrame, buckets: Buckets) -> Registers:
    return sketch(collect(source.select(pl.col(column.name).cast(pl.String))).to_series(), buckets)


def _needed(plan: Plan, part: Part) -> list[str]:
    names = dict.fromkeys(column.name for column in plan.columns)
    return list(names if part.time is None else {part.time: None, **names})


def _times(plan: Plan, part: Part, source: pl.LazyFrame) -> IntArray:
    if part.time is not None:
        return collect(source.select(pl.col(part.time).dt.epoch("us"))).to_series().to_numpy()
    n_rows: int = collect(part.frame.select(pl.len())).item()
    return np.zeros(n_rows, np.int64) if plan.every is None else np.arange(n_rows)


def _batches(plan: Plan, buckets: Buckets) -> Iterator[Sequence[ColumnPlan]]:
    size = max(BATCH // max(buckets.of_row.size, 1), 1)
    return (plan.columns[start : start + size] for start in range(0, len(plan.columns), size))


def _value(column: ColumnPlan, dtype: pl.DataType) -> pl.Expr:
    value = number_of(column, dtype) if column.ordered else category_of(column, dtype)
    return value.alias(column.name)


def _count(column: ColumnPlan, values: pl.Series, buckets: Buckets) -> Counted:
    return (count_numbers if column.ordered else count_categories)(values, buckets, column)
