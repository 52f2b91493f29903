"""Learn a plan: freeze each column's cells on the reference rows."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import EmptyWindow
from afterlaunch.logs import as_log, check_every, parse_window
from afterlaunch.logs.run import collect
from afterlaunch.profiles.beyond import extend_edges
from afterlaunch.profiles.edges import FINE_BINS, learn_edges
from afterlaunch.profiles.plan import ColumnPlan, Plan, frozen
from afterlaunch.profiles.values import category_of, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from afterlaunch.logs import LogColumn, PredictionLog
    from afterlaunch.profiles.plan import FloatArray, IntArray

OTHERS = 20_000  # other rows, about, for the edges beyond the reference's range
SAMPLE = 50_000  # reference rows for the edges of continuous columns, at least, where there are as many
MILLISECOND = 1_000  # of microseconds: what a panel's axis can tell apart
MAX_CATEGORIES = 256  # counted one by one
LEAST_LATER = 100  # rows, to tell how often categories are new
MAX_KNOWN = 10_000  # the most frequent categories that a plan remembers; rarer ones count as unseen on both sides


def learn_plan(
    log: PredictionLog,
    *,
    every: str | int | None = "1d",
    reference: tuple[datetime, datetime] | None = None,
    compared: PredictionLog | None = None,
) -> Plan:
    """Return the plan that counts `log`'s columns at cells frozen on its rows in the `reference` window (None: all).

    Beyond the range of these rows, cells are cut where those lie with which they are to be compared: the rest of the
    log, or another log `compared`.

    Categories and columns of few distinct values are learned from all reference rows. The quantiles of the others come
    from every k-th row, k being prime, at least 50,000 rows or all: their noise moves a bin's share, not its counts.
    Raises `EmptyWindow` when the reference has no rows.

    >>> plan = learn_plan(as_log(pl.DataFrame({"word": ["a", "b", "b"]})))
    >>> plan["word"].categories
    ('b', 'a')
    """
    log = as_log(log)
    source = log if reference is None else log.between(*reference)
    n_rows = collect(source.frame.select(pl.len())).item()
    if n_rows == 0:
        where = "" if reference is None else " from " + " to ".join(end.isoformat() for end in reference)
        raise EmptyWindow(f"no rows to learn edges from in the reference{where}; choose one that has some")
    columns = [column for column in log.columns if not column.identifier]
    step = _sampling_step(n_rows, least=SAMPLE)
    ordered = _learn_ordered([one for one in columns if _is_ordered(one)], source.frame, step)
    if compared is not None or reference is not None:
        ordered = _extend(ordered, compared or log, None if compared else reference)
    plans = {
        **ordered,
        **_learn_unordered([one for one in columns if not _is_ordered(one)], source),
    }
    every = every if log.time is not None or isinstance(every, int) else None
    return Plan(
        columns=tuple(plans[column.name] for column in columns),
        time=log.time,
        zone=log.zone,
        every=check_every(every) if isinstance(every, str) else every,
        cuts=learn_cuts(log, every),
        n_sampled=-(-n_rows // step),
    )


def _is_ordered(column: LogColumn) -> bool:
    return column.kind in {"numeric", "time", "text"}


def _sampling_step(n_rows: int, *, least: int) -> int:
    """Return the largest prime step that still samples `least` rows: no period of the data shares a factor with it."""
    most = max(n_rows // least, 1)
    primes = (k for k in range(most, 1, -1) if all(k % d for d in range(2, int(k**0.5) + 1)))
    return next(primes, 1)


def _learn_ordered(columns: Sequence[LogColumn], frame: pl.LazyFrame, step: int) -> dict[str, ColumnPlan]:
    blanks = {column.name: _blank(column, ordered=True) for column in columns}
    numbers = {one.name: number_of(blanks[one.name], one.dtype) for one in columns}
    sample = _every(step, frame.select(**numbers))
    distinct = {name: _count_distinct(sample[name].to_numpy()) for name in numbers}
    if step > 1:
        few = [name for name, (values, _) in distinct.items() if values.size <= FINE_BINS]
        distinct |= _count_all({name: numbers[name] for name in few}, frame)
    return {name: replace(blanks[name], **asdict(learn_edges(*distinct[name]))) for name in numbers}


def _every(step: int, frame: pl.LazyFrame) -> pl.DataFrame:
    """Return every `step`-th row."""
    index, numbered = _numbered(frame)
    return collect(numbered.filter(pl.col(index) % step == 0).drop(index))


def _numbered(frame: pl.LazyFrame) -> tuple[str, pl.LazyFrame]:
    """Return a frame with its rows numbered: a filter on it streams in bounded memory, `gather_every` does not."""
    index = "row " + max(frame.collect_schema(), key=len, default="")  # longer than any name, so not among them
    return index, frame.with_row_index(index)


def _extend(
    plans: dict[str, ColumnPlan], log: PredictionLog, reference: tuple[datetime, datetime] | None
) -> dict[str, ColumnPlan]:
    """Return the plans with cells beyond the range of the reference, where other rows of `log` lie."""
    kinds = {column.name: column for column in log.columns}
    alike = {name: one for name, one in plans.items() if name in kinds and kinds[name].kind == one.kind}
    values = {name: number_of(one, kinds[name].dtype) for name, one in alike.items()}
    n_rows: int = collect(log.frame.select(pl.len())).item()
    index, numbered = _numbered(log.frame)
    chosen = pl.col(index) % _sampling_step(n_rows, least=OTHERS) == 0
    if reference is not None and log.time is not None:
        start, end = (pl.lit(moment).cast(pl.Datetime("us", log.zone)) for moment in parse_window(reference, log.zone))
        chosen &= ~pl.col(log.time).is_between(start, end, closed="left")
    sample = collect(numbered.filter(chosen).select(**values))
    counted = {name: _count_distinct(sample[name].to_numpy()) for name in alike}
    return {**plans, **{name: extend_edges(one, *counted[name]) for name, one in alike.items()}}


def _count_distinct(values: FloatArray) -> tuple[FloatArray, IntArray]:
    return np.unique(values[np.isfinite(values)], return_counts=True)


def _count_all(values: dict[str, pl.Expr], frame: pl.LazyFrame) -> dict[str, tuple[FloatArray, IntArray]]:
    counted = _value_counts(values, frame)
    finite = {name: one.filter(pl.col("value").is_finite()).sort("value") for name, one in counted.items()}
    return {name: (one["value"].to_numpy(), one["n"].to_numpy()) for name, one in finite.items()}


def _learn_unordered(columns: Sequence[LogColumn], source: PredictionLog) -> dict[str, ColumnPlan]:
    blanks = {column.name: _blank(column, ordered=False) for column in columns}
    later = _later_rows(source) if blanks else None
    counted = _value_counts({name: category_of(blank) for name, blank in blanks.items()}, source.frame, later)
    return {name: _with_categories(blanks[name], counted[name]) for name in blanks}


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


def _value_counts(
    values: dict[str, pl.Expr], frame: pl.LazyFrame, later: pl.Expr | None = None
) -> dict[str, pl.DataFrame]:
    """Return a frame of `value` and `n`, and `n_later` of the `later` rows, for each column, one by one.

    Together they would keep a whole scan.
    """
    n = {"n": pl.len().cast(pl.Int64)} | ({} if later is None else {"n_later": pl.col("later").sum().cast(pl.Int64)})
    kept = {} if later is None else {"later": later}
    return {
        name: collect(frame.select(value=value, **kept).group_by("value").agg(**n)) for name, value in values.items()
    }


def learn_cuts(log: PredictionLog, every: str | int | None) -> tuple[int, ...]:
    """Return the bucket starts that only the data can say, in whole milliseconds, and the end of the last."""
    if log.time is None or isinstance(every, str):
        return ()
    time = pl.col(log.time).dt.epoch("us") // MILLISECOND * MILLISECOND
    if every is None:
        return collect(log.frame.select(first=time.min(), end=time.max() + MILLISECOND)).row(0)
    times = collect(log.frame.select(time.sort())).to_series()
    return (*times.gather_every(every).unique(maintain_order=True), times[-1] + MILLISECOND)


def _blank(column: LogColumn, *, ordered: bool) -> ColumnPlan:
    return ColumnPlan(
        name=column.name,
        role=column.role,
        kind=column.kind,
        ordered=ordered,
        edges=frozen(np.array([], np.float64)),
        categories=(),
        decision=frozen(np.array([], np.int64)),
        low=0.0,
        high=0.0,
        scale=0.0,
    )
