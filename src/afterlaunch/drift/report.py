"""The drift report: a payload and a table, with the rows they came from where those are at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from afterlaunch.drift import words
from afterlaunch.drift.by_bucket import by_bucket
from afterlaunch.drift.payload import DriftPayload
from afterlaunch.drift.plain import plain_rows, rows_of_plain
from afterlaunch.errors import BadFile, RowsUnavailable
from afterlaunch.logs import moment_at
from afterlaunch.plain import read_payload
from afterlaunch.reports import PayloadReport
from afterlaunch.results import Plain, Selection, Window, WindowName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlaunch.drift.payload import RowFound
    from afterlaunch.drift.rows import Rows
    from afterlaunch.results import AnyChart

SUMMARY_ROWS = 12
SUMMARY_SEGMENTS = 5


def _row_line(found: RowFound) -> str:
    carried = ", ".join(f"{words.short(one.column)} {words.share(one.share)}" for one in found.carried)
    return f"{found.method}: {found.said}{f'; by {carried}' if carried else ''}"


@dataclass(kw_only=True, eq=False, repr=False)
class DriftReport(PayloadReport[DriftPayload]):
    """What changed between two windows, column by column; `measure_drift` makes it.

    `table` has one row a column, `windows` one a column and bucket; `segments` holds one report a segment where `by`
    was given; `multivariate` what a domain classifier found.
    """

    kind: ClassVar[str] = "drift"
    payload_class: ClassVar[type[Any]] = DriftPayload
    numbers: pl.DataFrame
    rows: Rows | None = None
    segments: Mapping[str, DriftReport] = field(default_factory=dict[str, "DriftReport"])
    multivariate: Mapping[str, Plain] = field(default_factory=dict[str, "Plain"])

    @property
    def table(self) -> pl.DataFrame:
        """One row a column, what matters most first."""
        return self.numbers

    @property
    def verdict(self) -> str:
        """`drifted` if a column did, also in a segment; `cannot_tell` if no column could be judged; else `stable`."""
        found = {column.judgement.verdict for column in self.data.columns}
        if self.data.segments and any(one.drifted for one in self.data.segments.each):
            return "drifted"
        return "drifted" if "drifted" in found else "stable" if "stable" in found else "cannot_tell"

    @property
    def alarm_rate(self) -> float:
        """The chance of any false `drifted` in this report, its segments included, held."""
        return self.data.segments.alarm_rate if self.data.segments else self.data.alarm_rate

    @property
    def alarms(self) -> Mapping[str, tuple[str, ...]]:
        """Verdict word to the columns that have it, `drifted` first; in segments, as `segment: column`."""
        named = [(column.name, column.judgement.verdict) for column in self.data.columns]
        for segment, report in self.segments.items():
            named += [(f"{segment}: {column.name}", column.judgement.verdict) for column in report.data.columns]
        return {"drifted": tuple(name for name, verdict in named if verdict == "drifted")}

    @cached_property
    def windows(self) -> pl.DataFrame:
        """The measures of every bucket against the reference, at the decision bins: one row a column and bucket."""
        return by_bucket(self.data)

    @property
    def by_segment(self) -> pl.DataFrame:
        """The tables of all segments, one under the other, with the segment first."""
        tables = [
            report.table.select(pl.lit(segment).alias("segment"), pl.all()) for segment, report in self.segments.items()
        ]
        return pl.concat(tables) if tables else self.table.select(pl.lit("").alias("segment"), pl.all()).clear()

    def payload(self, *, rows: bool = False) -> DriftPayload:
        """Return what the panel is drawn from: aggregates alone.

        A drift panel draws no rows, so `rows` adds none; small categories and buckets are let in when the report is
        made, by `measure_drift(rows=True)`.
        """
        del rows
        return self.data

    def summary(self) -> str:
        """Return the verdict, how sure it is, and the columns that matter most."""
        lines = [self.sentence, self.evidence, ""]
        usual = self._large_but_usual()
        width = min(max((len(words.short(name)) for name in self.table["column"]), default=6), words.LONGEST_NAME)
        for row in self.table.head(SUMMARY_ROWS).iter_rows(named=True):
            effect = "unknown" if row["effect"] is None else words.share(row["effect"])
            remark = row["cause"] or row["needs"] or ("large but usual" if row["column"] in usual else "")
            lines.append(f"{words.short(row['column']):<{width}}  {row['verdict']:<11}  {effect:>7}  {remark}".rstrip())
        if self.table.height > SUMMARY_ROWS:
            lines.append(f"… and {self.table.height - SUMMARY_ROWS} more; see .table")
        lines += [*self._segment_lines(), *map(_row_line, self.data.by_rows)]
        lines += [note for note in self.data.notes if words.says_left_out(note)][:3]
        return "\n".join(map(words.printable, lines))

    def _large_but_usual(self) -> set[str]:
        size, measure = self.data.min_effect, self.data.measure
        judged = {one.name: one.judgement for one in self.data.columns}
        return {name for name, one in judged.items() if words.large_but_usual(one, min_effect=size, measure=measure)}

    def _segment_lines(self) -> list[str]:
        """Return one line a segment, those with most drifted columns first."""
        if self.data.segments is None:
            return []
        each = self.data.segments.each
        shown = [f"  {words.short(one.name)}: {one.sentence}" for one in each[:SUMMARY_SEGMENTS]]
        rest = [f"  … and {len(each) - len(shown)} more; see .segments"] * (len(each) > len(shown))
        return [f"by {words.short(self.data.segments.by)}:", *shown, *rest]

    def draw_chart(self) -> AnyChart:
        """Return the effects with their intervals and thresholds as a new Altair chart."""
        from afterlaunch.drift.chart import draw_effects  # noqa: PLC0415 - Altair takes half a second to import

        return draw_effects(self.table)

    def code(self) -> str:
        """Return the call that reproduces the current view."""
        from afterlaunch.drift.code import call  # noqa: PLC0415

        return call(self.data, self.view.state)

    def selected_rows(self) -> pl.DataFrame:
        """Return the rows of the selected column, bins and window; all of the current window without a selection."""
        if self.rows is None:
            raise RowsUnavailable(
                "this report was made from profiles or a file, which hold counts alone: "
                "measure drift on the log itself to select rows"
            )
        picked = self.selection or Selection()
        column = self.data.columns[0].name if picked.column is None else picked.column
        if column not in {one.name for one in self.data.columns}:
            raise RowsUnavailable(f"the report has no column {column!r}")
        return self.rows.of(column, picked.bins, picked.window, self._span(picked.window))

    def to_dict(self) -> dict[str, Plain]:
        """Return the report as plain values; `DriftReport.from_dict` reads them back."""
        more: dict[str, Any] = {
            "table": plain_rows(self.table),
            "multivariate": dict(self.multivariate),
            "segments": {name: report.to_dict() for name, report in self.segments.items()},
        }
        return super().to_dict() | more

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> DriftReport:
        """Return the report that `to_dict` wrote; it has no rows. Raises `BadFile` where it is damaged."""
        data = read_payload(plain, cls.payload_class, kind=cls.kind, written=cls.format)
        try:
            return cls(
                data=data,
                numbers=rows_of_plain(plain["table"]),
                multivariate=plain["multivariate"],
                segments={name: cls.from_dict(segment) for name, segment in plain["segments"].items()},
            )
        except (AttributeError, KeyError, TypeError, ValueError, pl.exceptions.PolarsError) as error:
            raise BadFile(f"a damaged report on drift ({type(error).__name__}: {error}): make it again") from error

    def _span(self, window: WindowName) -> tuple[datetime, datetime] | None:
        """Return the window's first and last moment as the panel shows it; None without time."""
        if self.rows is None or self.rows.plan.time is None:
            return None
        brushed: Window | None = getattr(self.view.state, window)
        if brushed is not None:
            return datetime.fromisoformat(brushed[0]), datetime.fromisoformat(brushed[1])
        first, last = self.data.reference if window == "reference" else self.data.current
        buckets = self.data.buckets
        return moment_at(1000 * buckets.starts_ms[first]), moment_at(1000 * buckets.ends_ms[last - 1])
