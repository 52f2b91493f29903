"""Logs to profile: one of every type, at random, and what a slow and plain count of it gives."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from hypothesis import strategies as st

from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import SPECIALS

if TYPE_CHECKING:
    from afterlaunch.profiles import Plan

FLOATS = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -999999.0, 1e6, math.nan, math.inf, -math.inf, 5e-324, 1.7e308, -1.7e308]),
    st.floats(width=64),
)
TIMES = st.datetimes(dt.datetime(2024, 3, 25), dt.datetime(2024, 4, 5))  # noqa: DTZ001 - naive on purpose
COLUMNS = {
    "float": (st.none() | FLOATS, pl.Float64),
    "single": (st.none() | st.floats(width=32), pl.Float32),
    "whole": (st.none() | st.integers(-(2**63), 2**63 - 1), pl.Int64),
    "small": (st.none() | st.integers(0, 3), pl.UInt8),
    "word": (st.none() | st.sampled_from(["a", "b", "", "ä", "<i>"]), pl.String),
    "flag": (st.none() | st.booleans(), pl.Boolean),
    "day": (st.none() | st.dates(), pl.Date),
    "moment": (st.none() | TIMES, pl.Datetime("ns")),
    "nothing": (st.none(), pl.Null),
}


@st.composite
def frames(draw, *, min_rows: int = 1, max_rows: int = 40) -> pl.DataFrame:
    """Return a frame with a time column and one column of every type."""
    rows = draw(st.integers(min_rows, max_rows))

    def column(values):
        return draw(st.lists(values, min_size=rows, max_size=rows))

    times = pl.Series("at", column(TIMES), pl.Datetime("us"))
    return pl.DataFrame([times, *(pl.Series(name, column(values), dtype) for name, (values, dtype) in COLUMNS.items())])


def random_frame(rows: int = 5_000, *, seed: int = 0, days: int = 20) -> pl.DataFrame:
    """Return numbers, categories, text and flags over some days, in order of time, with holes."""
    rng = np.random.default_rng(seed)
    start = dt.datetime(2024, 3, 20)  # noqa: DTZ001 - naive on purpose
    at = np.sort(rng.integers(0, days * 86_400_000_000, rows))
    number = rng.normal(size=rows)
    number[::97], number[1::97], number[2::97] = np.nan, np.inf, -999_999
    return pl.DataFrame(
        {
            "at": pl.Series(at).cast(pl.Duration("us")) + start,
            "number": number,
            "skewed": rng.lognormal(0, 2, rows).astype(np.float32),
            "count": rng.poisson(3, rows),
            "word": rng.choice(["red", "green", "blue"], rows, p=[0.6, 0.3, 0.1]),
            "flag": rng.random(rows) < 0.2,
            "note": [f"note {'x' * length} {i}" for i, length in enumerate(rng.integers(0, 30, rows))],
            "day": pl.Series(rng.integers(0, 1000, rows)).cast(pl.Date),
        }
    ).with_columns(pl.when(pl.int_range(pl.len()) % 31 > 0).then(pl.col("number", "word")))


def log_of(frame: pl.DataFrame) -> PredictionLog:
    """Return a log of the frame, with its time column."""
    return PredictionLog(frame, time="at")


def count_slowly(frame: pl.DataFrame, plan: Plan, name: str) -> dict[str, int]:
    """Return how many rows fall into each cell of a column that is not empty, found value by value."""
    column = plan[name]
    found: dict[str, int] = {}
    for value in frame[name].to_list():
        cell = _cell(value, column)
        found[cell] = found.get(cell, 0) + 1
    return found


def _cell(value, column) -> str:
    if value is None:
        return "null"
    if not column.ordered:
        word = str(value).lower() if isinstance(value, bool) else value
        return str(column.categories.index(word)) if word in column.categories else "unseen"
    number = len(value) if column.kind == "text" else _number(value)
    if math.isnan(number) or math.isinf(number):
        return "nan" if math.isnan(number) else "infinite"
    return str(bisect_right(column.edges, number))


def _number(value) -> float:
    if isinstance(value, dt.datetime):
        return (value - dt.datetime(1970, 1, 1)) // dt.timedelta(microseconds=1) * 1e-6  # noqa: DTZ001
    if isinstance(value, dt.date):
        return (value - dt.date(1970, 1, 1)).days * 86_400.0
    return float(value)


def decision_counts(counted, column: str) -> np.ndarray:
    """Return a column's counts at its decision bins and specials, shape (D, n_decision + 4)."""
    plan = counted.plan[column]
    target = np.concatenate([plan.decision, plan.n_decision + np.arange(len(SPECIALS))])
    return np.add.reduceat(counted.counts[column], np.flatnonzero(np.diff(target, prepend=-1)), axis=1)
