"""Learn the edges of ordered columns, from a sample of the reference and of what lies beyond it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.logs import parse_window
from afterlaunch.logs.run import collect
from afterlaunch.profiles.beyond import extend_edges
from afterlaunch.profiles.edges import FINE_BINS, learn_edges
from afterlaunch.profiles.plan import blank
from afterlaunch.profiles.tally import Tally, count_values, tally
from afterlaunch.profiles.values import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from afterlaunch.logs import LogColumn, PredictionLog
    from afterlaunch.profiles.edges import Edges
    from afterlaunch.profiles.plan import ColumnPlan

OTHERS = 20_000  # other rows, about, for the edges beyond the reference's range


def learn_ordered(columns: Sequence[LogColumn], frame: pl.LazyFrame, step: int) -> dict[str, ColumnPlan]:
    """Return the plans of ordered columns, by name, their edges learned from every `step`-th row of `frame`."""
    blanks = {column.name: blank(column, ordered=True) for column in columns}
    numbers = {one.name: number_of(blanks[one.name], one.dtype) for one in columns}
    sample = _every(step, frame.select(**numbers))

    def edges(name: str) -> Edges:
        sampled = tally(sample[name])
        few = step > 1 and sampled.values.size <= FINE_BINS
        return learn_edges(_tally_all(numbers[name], frame) if few else sampled)

    return {name: replace(blanks[name], **asdict(edges(name))) for name in numbers}


def _every(step: int, frame: pl.LazyFrame) -> pl.DataFrame:
    """Return every `step`-th row."""
    index, numbered = _numbered(frame)
    return collect(numbered.filter(pl.col(index) % step == 0).drop(index))


def _numbered(frame: pl.LazyFrame) -> tuple[str, pl.LazyFrame]:
    """Return a frame with its rows numbered: a filter on it streams in bounded memory, `gather_every` does not."""
    index = "row " + max(frame.collect_schema(), key=len, default="")  # longer than any name, so not among them
    return index, frame.with_row_index(index)


def extend(
    plans: dict[str, ColumnPlan], log: PredictionLog, reference: tuple[datetime, datetime] | None
) -> dict[str, ColumnPlan]:
    """Return the plans with cells beyond the range of the reference, where other rows of `log` lie."""
    kinds = {column.name: column for column in log.columns}
    alike = {name: one for name, one in plans.items() if name in kinds and kinds[name].kind == one.kind}
    values = {name: number_of(one, kinds[name].dtype) for name, one in alike.items()}
    n_rows: int = collect(log.frame.select(pl.len())).item()
    index, numbered = _numbered(log.frame)
    chosen = pl.col(index) % sampling_step(n_rows, least=OTHERS) == 0
    if reference is not None and log.time is not None:
        start, end = (pl.lit(moment).cast(pl.Datetime("us", log.zone)) for moment in parse_window(reference, log.zone))
        chosen &= ~pl.col(log.time).is_between(start, end, closed="left")
    sample = collect(numbered.filter(chosen).select(**values))
    return {**plans, **{name: extend_edges(one, sample[name]) for name, one in alike.items()}}


def _tally_all(values: pl.Expr, frame: pl.LazyFrame) -> Tally:
    counted = count_values(values, frame).filter(pl.col("value").is_finite()).sort("value")
    return Tally(values=counted["value"].to_numpy(), counts=counted["n"].to_numpy())


def sampling_step(n_rows: int, *, least: int) -> int:
    """Return the largest prime step that still samples `least` rows: no period of the data shares a factor with it."""
    most = max(n_rows // least, 1)
    primes = (k for k in range(most, 1, -1) if all(k % d for d in range(2, int(k**0.5) + 1)))
    return next(primes, 1)
