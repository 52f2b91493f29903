"""The parts of a log that are counted one by one, each where its rows are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.logs import PredictionLog
    from afterlaunch.profiles.plan import Plan


PARQUET = {".parquet", ".pq"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """Rows that are counted in one go: a frame, or a scan of one file."""

    name: str
    frame: pl.LazyFrame
    time: str | None
    by_column: bool  # whether a few columns can be read again and again, in the same order and without reading all


def split(log: PredictionLog, plan: Plan) -> list[Part]:
    """Return a part for each file that the log was scanned from, or one for a frame."""
    numbered = plan.time is None and plan.every is not None  # row numbers run on from file to file
    if not log.paths or numbered:
        parquet = bool(log.paths) and all(path.suffix in PARQUET for path in log.paths)
        return [Part(name="rows", frame=log.frame, time=log.time, by_column=parquet)]
    return [
        Part(name=str(path), frame=log.part(path), time=log.time, by_column=path.suffix in PARQUET)
        for path in log.paths
    ]
