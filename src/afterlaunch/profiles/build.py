"""Build profiles: run one plan on a frame, or on each of many files, and add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadColumn, MissingColumn
from afterlaunch.logs import as_log
from afterlaunch.logs.run import collect
from afterlaunch.profiles.adding import add_up
from afterlaunch.profiles.buckets import Buckets, cut
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
    )


def _needed(plan: Plan, part: Part) -> list[str]:
    names = dict.fromkeys(column.name for column in plan.columns)
    return list(names if part.time is None else {part.time: None, **names})


def _times(plan: Plan, part: Part, source: pl.LazyFrame) -> IntArray:
    if part.time is not None:
        return collect(source.select(pl.col(part.time).dt.epoch("us"))).to_series().to_numpy()
    n_rows = collect(part.frame.select(pl.len())).item()
    return np.zeros(n_rows, np.int64) if plan.every is None else np.arange(n_rows)


def _batches(plan: Plan, buckets: Buckets) -> Iterator[Sequence[ColumnPlan]]:
    size = max(BATCH // max(buckets.of_row.size, 1), 1)
    return (plan.columns[start : start + size] for start in range(0, len(plan.columns), size))


def _value(column: ColumnPlan, dtype: pl.DataType) -> pl.Expr:
    value = number_of(column, dtype) if column.ordered else category_of(column)
    return value.alias(column.name)


def _count(column: ColumnPlan, values: pl.Series, buckets: Buckets) -> Counted:
    return (count_numbers if column.ordered else count_categories)(values, buckets, column)
