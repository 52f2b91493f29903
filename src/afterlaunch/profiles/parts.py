"""The parts of a log that are counted one by one, each where its rows are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.logs import PredictionLog
    from afterlaunch.profiles.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """Rows that are counted in one go: a frame in memory, or a scan of one file."""

    name: str
    frame: pl.LazyFrame
    time: str | None
    by_column: bool  # whether a few columns can be read without reading all


def split(log: PredictionLog, plan: Plan) -> list[Part]:
    """Return a part for each file that the log was scanned from, or one for a frame in memory."""
    rows_run_on = plan.time is None and plan.every is not None
    if not log.paths or rows_run_on:
        return [Part(name="rows", frame=log.frame, time=log.time, by_column=not log.paths)]
    return [
        Part(name=str(path), frame=log.part(path), time=log.time, by_column=path.suffix in {".parquet", ".pq"})
        for path in log.paths
    ]
