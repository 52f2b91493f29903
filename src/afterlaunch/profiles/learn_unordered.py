"""Learn the categories of unordered columns, and how often new ones are to be expected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs.run import collect
from afterlaunch.profiles.plan import blank, frozen
from afterlaunch.profiles.tally import count_values
from afterlaunch.profiles.values import category_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs import LogColumn, PredictionLog
    from afterlaunch.profiles.plan import ColumnPlan

MAX_CATEGORIES = 256  # counted one by one
LEAST_LATER = 100  # rows, to tell how often categories are new
MAX_KNOWN = 10_000  # the most frequent categories that a plan remembers; rarer ones count as unseen on both sides


def learn_unordered(columns: Sequence[LogColumn], source: PredictionLog) -> dict[str, ColumnPlan]:
    """Return the plans of unordered columns, by name: their categories are those of all rows of `source`."""
    blanks = {column.name: blank(column, ordered=False) for column in columns}
    later = _later_rows(source) if blanks else None
    return {
        name: _with_categories(one, count_values(category_of(one), source.frame, later)) for name, one in blanks.items()
    }


def _later_rows(source: PredictionLog) -> pl.Expr | None:
    """Return which rows lie in the last fifth of the log's time; None without time."""
    if source.time is None:
        return None
    first, last = collect(
        source.frame.select(pl.col(source.time).to_physical().min(), last=pl.col(source.time).to_physical().max())
    ).row(0)
    return pl.col(source.time).to_physical() > last - (last - first) // 5


def _with_categories(column: ColumnPlan, counted: pl.DataFrame) -> ColumnPlan:
    known = counted.drop_nulls("value")
    ranked = known.sort("n", "value", descending=[True, False])["value"].head(MAX_KNOWN).to_list()
    names = ("false", "true") if column.kind == "boolean" else tuple(ranked[:MAX_CATEGORIES])
    rare = () if column.kind == "boolean" else tuple(ranked[MAX_CATEGORIES:])
    n_bins = len(names) + bool(rare)
    return replace(column, categories=names, rare=rare, renewal=_renewal(known), decision=frozen(np.arange(n_bins)))


def _renewal(known: pl.DataFrame) -> float:
    """Return how often a row of the last fifth has a category that the rows before lack.

    Without time, how often the next row would have a new one: the share of rows that are alone in their category
    (Good 1953, *The population frequencies of species*, Biometrika 40).
    """
    if "n_later" not in known.columns:
        n, new = int(known["n"].sum()), known.filter(pl.col("n") == 1).height
    else:
        n, new = int(known["n_later"].sum()), int(known.filter(pl.col("n_later") == pl.col("n"))["n"].sum())
    return new / n if n >= LEAST_LATER else 1.0
