"""Learn a plan: freeze each column's cells on the reference rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import EmptyWindow
from afterlaunch.logs import as_log, check_every
from afterlaunch.logs.run import collect
from afterlaunch.profiles.learn_ordered import extend, learn_ordered, sampling_step
from afterlaunch.profiles.learn_unordered import learn_unordered
from afterlaunch.profiles.plan import Plan

if TYPE_CHECKING:
    from datetime import datetime

    from afterlaunch.logs import LogColumn, PredictionLog

SAMPLE = 50_000  # reference rows for the edges of continuous columns, at least, where there are as many
MILLISECOND = 1_000  # of microseconds: what a panel's axis can tell apart


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
    n_rows = _count_rows(source, reference)
    step = sampling_step(n_rows, least=SAMPLE)
    columns = [column for column in log.columns if not column.identifier]
    ordered = learn_ordered([one for one in columns if _is_ordered(one)], source.frame, step)
    if compared is not None or reference is not None:
        ordered = extend(ordered, compared or log, None if compared else reference)
    plans = {**ordered, **learn_unordered([one for one in columns if not _is_ordered(one)], source)}
    every = every if log.time is not None or isinstance(every, int) else None
    return Plan(
        columns=tuple(plans[column.name] for column in columns),
        time=log.time,
        zone=log.zone,
        every=check_every(every) if isinstance(every, str) else every,
        cuts=learn_cuts(log, every),
        n_sampled=-(-n_rows // step),
    )


def _count_rows(source: PredictionLog, reference: tuple[datetime, datetime] | None) -> int:
    n_rows: int = collect(source.frame.select(pl.len())).item()
    if n_rows == 0:
        where = "" if reference is None else " from " + " to ".join(end.isoformat() for end in reference)
        raise EmptyWindow(f"no rows to learn edges from in the reference{where}; choose one that has some")
    return n_rows


def _is_ordered(column: LogColumn) -> bool:
    return column.kind in {"numeric", "time", "text"}


def learn_cuts(log: PredictionLog, every: str | int | None) -> tuple[int, ...]:
    """Return the bucket starts that only the data can say, in whole milliseconds, and the end of the last."""
    if log.time is None or isinstance(every, str):
        return ()
    time = pl.col(log.time).dt.epoch("us") // MILLISECOND * MILLISECOND
    if every is None:
        return collect(log.frame.select(first=time.min(), end=time.max() + MILLISECOND)).row(0)
    times = collect(log.frame.select(time.sort())).to_series()
    return (*times.gather_every(every).unique(maintain_order=True), times[-1] + MILLISECOND)
