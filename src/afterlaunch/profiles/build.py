"""Build profiles: run one plan on a frame, or on each of many files, and add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadColumn, MissingColumn
from afterlaunch.logs import as_log
from afterlaunch.profiles.adding import add_up
from afterlaunch.profiles.buckets import make_grid
from afterlaunch.profiles.count import Counted, count_categories, count_numbers
from afterlaunch.profiles.learn import learn_plan
from afterlaunch.profiles.parts import Part, split
from afterlaunch.profiles.profile import Profile
from afterlaunch.profiles.runners.local import Local
from afterlaunch.profiles.values import category_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afterlaunch.logs import PredictionLog
    from afterlaunch.profiles.plan import ColumnPlan, IntArray, Plan
    from afterlaunch.profiles.runners.runner import Runner

BATCH = 8_000_000  # values read at a time from what can be read by the column


@dataclass(frozen=True, slots=True)
class Count:
    """The plan as a function of a part; it travels to wherever the part is."""

    plan: Plan

    def __call__(self, part: Part) -> Profile:
        """Return the part's profile."""
        return count_part(self.plan, part)


def profile(
    log: PredictionLog,
    *,
    every: str | int | None = "1d",
    like: Profile | Plan | None = None,
    runner: Runner | None = None,
) -> Profile:
    """Return counts of the log's rows per time bucket, column and bin.

    `every` is a Polars duration, a number of rows, or None for one bucket; without a time column only a number of rows
    cuts. `like`, a profile or a plan, gives its frozen edges and buckets; without it they are learned from all rows.
    `runner` counts the files that the log was scanned from; `Local()`, the default, one after the other.
    Interrupting keeps the files already counted: the same call goes on from there.
    """
    log = as_log(log)
    plan = like.plan if isinstance(like, Profile) else like or learn_plan(log, every=every, reference=None)
    _check_fit(plan, log)
    return add_up(runner or Local(), Count(plan), split(log, plan))


def _check_fit(plan: Plan, log: PredictionLog) -> None:
    kinds = {column.name: column.kind for column in log.columns}
    for column in plan.columns:
        if column.name not in kinds:
            raise MissingColumn(
                f"the profile's plan has a column {column.name!r}, the log has none; it has {', '.join(kinds)}"
            )
        if kinds[column.name] != column.kind:
            raise BadColumn(
                f"column {column.name!r} is {kinds[column.name]} here and {column.kind} in the profile's plan; "
                "give both the same type"
            )
    if (plan.time is None) != (log.time is None):
        raise BadColumn(
            f"the profile's plan has time {plan.time!r}, the log {log.time!r}; name a time column in both or in neither"
        )


def count_part(plan: Plan, part: Part) -> Profile:
    """Return the profile of a part's rows."""
    starts, buckets, n_rows = _cut(plan, part)
    schema = part.frame.collect_schema()
    counts: dict[str, IntArray] = {}
    sums: dict[str, IntArray] = {}
    size = max(BATCH // max(buckets.size, 1), 1) if part.by_column else len(plan.columns)
    for batch in _batches(plan.columns, size):
        values = part.frame.select(_value(column, schema[column.name]) for column in batch).collect()
        for column in batch:
            counted = _count(column, values[column.name], buckets, starts.size)
            counts[column.name] = counted.counts
            if counted.sums is not None:
                sums[column.name] = counted.sums
    return Profile(plan=plan, starts=starts, n_rows=n_rows, counts=counts, sums=sums)


def _cut(plan: Plan, part: Part) -> tuple[IntArray, IntArray, IntArray]:
    """Return the starts of the buckets that have rows, each row's bucket among them, and their numbers of rows."""
    times = _times(plan, part)
    if times.size == 0:
        return times, times, times
    grid = make_grid(plan, int(times.min()), int(times.max()))
    places = grid.locate(times)
    n_rows = np.bincount(places)
    filled = np.flatnonzero(n_rows)
    renumbered = np.cumsum(n_rows > 0) - 1
    return grid.starts[filled], renumbered[places], n_rows[filled]


def _times(plan: Plan, part: Part) -> IntArray:
    if part.time is not None:
        return part.frame.select(pl.col(part.time).dt.epoch("us")).collect().to_series().to_numpy()
    n_rows = part.frame.select(pl.len()).collect().item()
    return np.zeros(n_rows, np.int64) if plan.every is None else np.arange(n_rows)


def _value(column: ColumnPlan, dtype: pl.DataType) -> pl.Expr:
    value = number_of(column, dtype) if column.ordered else category_of(column)
    return value.alias(column.name)


def _count(column: ColumnPlan, values: pl.Series, buckets: IntArray, n_buckets: int) -> Counted:
    count = count_numbers if column.ordered else count_categories
    return count(values, buckets, n_buckets, column)


def _batches(columns: Sequence[ColumnPlan], size: int) -> Iterator[Sequence[ColumnPlan]]:
    return (columns[start : start + size] for start in range(0, len(columns), size))
