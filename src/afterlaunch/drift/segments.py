"""One report a segment besides the whole, at one alarm rate for all of them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.drift.privacy import MIN_ROWS
from afterlaunch.errors import AfterlaunchError, MissingColumn, RowsUnavailable
from afterlaunch.logs.run import collect

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.drift.report import DriftReport
    from afterlaunch.drift.source import Source
    from afterlaunch.logs import PredictionLog

MOST = 20  # segments, the most frequent ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The values of the column `by` that both windows have rows of."""

    by: str
    values: tuple[str, ...]
    left_out: int

    @property
    def share(self) -> float:
        """The share of the alarm rate that each report gets, the whole's included."""
        return 1 / (1 + len(self.values))

    @property
    def note(self) -> str:
        """What was done, in words."""
        rest = f", {self.left_out} smaller ones left out" if self.left_out else ""
        return f"{len(self.values)} segments by {self.by}{rest}; the alarm rate is shared by the whole and all segments"


def find_segments(source: Source, by: str) -> Segments:
    """Return the segments of a source; raise where it has no rows, or no such column."""
    if source.logs is None:
        raise RowsUnavailable("by= needs rows: pass the logs themselves, not their profiles")
    counts = [_counts(log, by) for log in dict.fromkeys(source.logs)]
    both = counts[0] if len(counts) == 1 else _fewer(*counts)
    enough = both.filter(pl.col("n") >= MIN_ROWS).sort("n", "value", descending=[True, False])
    values = tuple(enough["value"].head(MOST).to_list())
    return Segments(by=by, values=values, left_out=both.height - len(values))


def measure_segments(
    segments: Segments, read: Callable[[pl.Expr], Source], report_on: Callable[[Source], DriftReport]
) -> dict[str, DriftReport]:
    """Return a report for each segment, by its value.

    One that cannot be compared (no rows in a window, no other column) is left out.
    """
    reports: dict[str, DriftReport] = {}
    for value in segments.values:
        try:
            source = read(pl.col(segments.by).cast(pl.String) == value)
        except AfterlaunchError:
            continue
        plans = tuple(plan for plan in source.counted.plans if plan.name != segments.by)
        if plans:
            reports[value] = report_on(replace(source, counted=replace(source.counted, plans=plans)))
    return reports


def _fewer(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return the smaller count of each value that both have."""
    return one.join(other, on="value").select("value", n=pl.min_horizontal("n", "n_right"))


def _counts(log: PredictionLog, by: str) -> pl.DataFrame:
    names = log.frame.collect_schema().names()
    if by not in names:
        raise MissingColumn(f"by= names {by!r}, which the log has not; have {', '.join(names)}")
    value = pl.col(by).cast(pl.String).alias("value")
    return collect(log.frame.select(value).drop_nulls().group_by("value").agg(n=pl.len().cast(pl.Int64)))
