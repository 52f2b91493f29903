"""Find the rows behind a profile's cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect
from afterlaunch.profiles.plan import SPECIALS, ColumnPlan, Plan
from afterlaunch.profiles.values import category_of, number_of

if TYPE_CHECKING:
    from datetime import datetime

    from afterlaunch.logs import PredictionLog


def rows_in(
    log: PredictionLog,
    plan: Plan,
    column: str,
    bins: tuple[int, int] | None,
    window: tuple[datetime, datetime] | None,
) -> pl.DataFrame:
    """Return exactly the rows that the profile counted in the decision cells `bins` of `column`, in the window.

    `bins` is a half-open range over `n_decision` bins and then null, NaN, infinite and unseen; None takes all. Without
    time, or with None as the window, all rows are looked at.

    >>> from afterlaunch.logs import as_log
    >>> from afterlaunch.profiles import learn_plan
    >>> log = as_log(pl.DataFrame({"word": ["a", "b", "b"]}))
    >>> rows_in(log, learn_plan(log), "word", (0, 1), None)["word"].to_list()
    ['b', 'b']
    """
    source = log if window is None or log.time is None else log.between(*window)
    frame = source.frame
    if bins is not None:
        one = plan[column]
        frame = frame.filter(_condition(one, bins, frame.collect_schema()[column]))
    return collect(frame)


def _condition(column: ColumnPlan, bins: tuple[int, int], dtype: pl.DataType) -> pl.Expr:
    value = number_of(column, dtype) if column.ordered else category_of(column, dtype)
    within = _in_range if column.ordered else _in_categories
    first, last = bins
    chosen = SPECIALS[max(first - column.n_decision, 0) : max(last - column.n_decision, 0)]
    conditions = [_special(column, name, value) for name in chosen]
    if first < column.n_decision and first < last:
        conditions.append(within(column, first, min(last, column.n_decision), value))
    return pl.any_horizontal(pl.lit(value=False), *(one.fill_null(value=False) for one in conditions))


def _in_range(column: ColumnPlan, first: int, last: int, value: pl.Expr) -> pl.Expr:
    edges = column.decision_edges()
    conditions = [value.is_finite()]
    if first > 0:
        conditions.append(value >= edges[first - 1])
    if last <= edges.size:
        conditions.append(value < edges[last - 1])
    return pl.all_horizontal(conditions)


def _in_categories(column: ColumnPlan, first: int, last: int, value: pl.Expr) -> pl.Expr:
    fine = np.flatnonzero((column.decision >= first) & (column.decision < last))
    names = [column.categories[i] for i in fine if i < len(column.categories)]
    if fine.size and fine[-1] == len(column.categories):
        names.extend(column.rare)
    return value.is_in(names)


def _special(column: ColumnPlan, name: str, value: pl.Expr) -> pl.Expr:
    if name == "null":
        return value.is_null()
    if column.ordered:
        return {"nan": value.is_nan(), "infinite": value.is_infinite()}.get(name, pl.lit(value=False))
    known = [*column.categories, *column.rare]
    return ~value.is_in(known) if name == "unseen" else pl.lit(value=False)
