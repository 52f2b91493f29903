"""One report a segment besides the whole, at one alarm rate for all of them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.drift import payload
from afterlaunch.drift.privacy import MIN_ROWS
from afterlaunch.errors import BadOption, EmptyWindow, MissingColumn, NotEnoughRows, RowsUnavailable
from afterlaunch.logs.run import collect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented:
    """The reports on the segments that could be compared, by their value."""

    segments: Segments
    reports: Mapping[str, DriftReport]

    @property
    def note(self) -> str:
        """What was done, in words."""
        small, failed = self.segments.left_out, len(self.segments.values) - len(self.reports)
        rest = f", {small} smaller ones left out" if small else ""
        rest += f", {failed} that cannot be compared" if failed else ""
        n = len(self.reports)
        return (
            f"{n} segment{'s' * (n != 1)} by {self.segments.by}{rest}; "
            "the alarm rate is shared by the whole and all segments"
        )

    def plain(self, alarm_rate: float) -> payload.Segments:
        """Return the verdicts as a payload holds them."""
        each = [_plain(name, report) for name, report in self.reports.items()]
        each.sort(key=lambda one: -len(one.drifted))
        return payload.Segments(by=self.segments.by, each=tuple(each), alarm_rate=alarm_rate)


def _plain(name: str, report: DriftReport) -> payload.Segment:
    table = report.table
    drifted = table.filter(table["verdict"] == "drifted")["column"].to_list()
    return payload.Segment(
        name=name,
        verdict="drifted" if drifted else "stable" if report.verdict == "stable" else "cannot_tell",
        drifted=tuple(drifted),
        sentence=report.sentence,
    )


def find_segments(source: Source, by: str) -> Segments:
    """Return the segments of a source; raise where it has no rows, or no such column."""
    if source.logs is None:
        raise RowsUnavailable("by= needs rows: pass the logs themselves, not their profiles")
    counts = [_counts(log, by) for log in dict.fromkeys(source.logs)]
    both = counts[0] if len(counts) == 1 else _fewer(*counts)
    enough = both.filter(pl.col("n") >= MIN_ROWS).sort("n", "value", descending=[True, False])
    values = tuple(enough["value"].head(MOST).to_list())
    if not values:
        raise BadOption(
            f"by={by!r} has no value with {MIN_ROWS} rows in both windows: name a column of few values, as a region"
        )
    return Segments(by=by, values=values, left_out=both.height - len(values))


def measure_segments(
    segments: Segments, read: Callable[[pl.Expr], Source], report_on: Callable[[Source], DriftReport]
) -> Segmented:
    """Return a report for each segment.

    One that cannot be compared (no rows in a window, no other column) is left out.
    """
    reports: dict[str, DriftReport] = {}
    for value in segments.values:
        try:
            source = read(pl.col(segments.by).cast(pl.String) == value)
            plans = tuple(plan for plan in source.counted.plans if plan.name != segments.by)
            if plans:
                reports[value] = report_on(replace(source, counted=replace(source.counted, plans=plans)))
        except (EmptyWindow, MissingColumn, NotEnoughRows):
            continue
    return Segmented(segments=segments, reports=reports)


def _fewer(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return the smaller count of each value that both have."""
    return one.join(other, on="value").select("value", n=pl.min_horizontal("n", "n_right"))


def _counts(log: PredictionLog, by: str) -> pl.DataFrame:
    names = log.frame.collect_schema().names()
    if by not in names:
        raise MissingColumn(f"by= names {by!r}, which the log has not; have {', '.join(names)}")
    value = pl.col(by).cast(pl.String).alias("value")
    return collect(log.frame.select(value).drop_nulls().group_by("value").agg(n=pl.len().cast(pl.Int64)))
