"""The performance report: a payload, with the rows it came from where those are at hand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from afterlaunch.errors import RowsUnavailable
from afterlaunch.performance import words
from afterlaunch.performance.payload import PerformancePayload
from afterlaunch.performance.table import make_table, over_time
from afterlaunch.performance.values import value
from afterlaunch.phrases import LONGEST_NAME, iso, short
from afterlaunch.reports import PayloadReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlaunch.logs import PredictionLog
    from afterlaunch.results import AnyChart, Window

SUMMARY_ROWS = 14


@dataclass(kw_only=True, eq=False, repr=False)
class PerformanceReport(PayloadReport[PerformancePayload]):
    """How good the model's answers were, over time and between two windows; `measure_performance` makes it.

    `table` has two rows a metric and segment, `windows` one a metric, segment and bucket, `calibration` one a point of
    the calibration curves.
    """

    kind: ClassVar[str] = "performance"
    payload_class: ClassVar[type[Any]] = PerformancePayload
    log: PredictionLog | None = None

    @property
    def table(self) -> pl.DataFrame:
        """Two rows a metric and segment: the reference, and the current window with its verdict."""
        return self._table

    @cached_property
    def _table(self) -> pl.DataFrame:
        return make_table(self.data)

    @cached_property
    def windows(self) -> pl.DataFrame:
        """One row a metric, segment and bucket."""
        return over_time(self.data)

    @property
    def calibration(self) -> pl.DataFrame:
        """The calibration curves: window, class, mean score and the share that came true, with its interval."""
        rows = [
            {"window": curve.window, "label": curve.label, **asdict(point)}
            for curve in self.data.curves
            for point in curve.points
        ]
        floats = dict.fromkeys(("score", "share", "low", "high"), pl.Float64())
        return pl.DataFrame(rows, schema={"window": pl.String(), "label": pl.String(), **floats, "n": pl.Int64()})

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in the order of confusion and cost matrices; of two the negative first."""
        return self.data.classes

    @property
    def verdict(self) -> str:
        """`dropped` if a metric did; else `improved` if one did; else `stable` unless none could be judged."""
        return words.overall(self.data.series)

    @property
    def findings(self) -> tuple[str, ...]:
        """What late labels and estimates have shown, as sentences."""
        return self.data.findings

    @property
    def maturation(self) -> pl.DataFrame:
        """How labels come in: the share of rows that has one by each age, with its interval; no rows if not known."""
        found = self.data.maturation
        columns = (
            {} if found is None else {"age": found.age_ms, "share": found.share, "low": found.low, "high": found.high}
        )
        floats = dict.fromkeys(("share", "low", "high"), pl.Float64())
        return pl.DataFrame(columns, schema={"age": pl.Int64(), **floats}).with_columns(
            pl.col("age").cast(pl.Duration("ms"))
        )

    @property
    def alarm_rate(self) -> float:
        """The chance of any false `dropped` or `improved` where nothing has changed, segments included, held."""
        return self.data.alarm_rate

    @property
    def alarms(self) -> Mapping[str, tuple[str, ...]]:
        """Verdict word to the metrics that have it; in segments, as `segment: metric`."""
        return {"dropped": tuple(words.named(one) for one in self.data.series if one.judgement.verdict == "dropped")}

    def summary(self) -> str:
        """Return the verdict, how sure it is, and the metrics."""
        shown = self.data.series[:SUMMARY_ROWS]
        names = [short(words.named(one)) for one in shown]
        width = min(max(map(len, names), default=6), LONGEST_NAME)
        metrics = {metric.name: metric for metric in self.data.metrics}
        lines = [self.sentence, self.evidence, ""]
        for name, one in zip(names, shown, strict=True):
            judged = one.judgement
            before, after = (value(metrics[one.metric], at) for at in (judged.like_for_like, judged.current.value))
            lines.append(
                f"{name:<{width}}  {judged.verdict:<11}  {before:>7} → {after:<7}  {judged.needs or ''}".rstrip()
            )
        if self.data.findings:
            lines += ["", *self.data.findings]
        if len(self.data.series) > SUMMARY_ROWS:
            lines.append(f"… and {len(self.data.series) - SUMMARY_ROWS} more; see .table")
        return "\n".join(lines)

    def draw_chart(self) -> AnyChart:
        """Return the metrics over time with their intervals as a new Altair chart."""
        from afterlaunch.performance.chart import draw_over_time  # noqa: PLC0415 - Altair takes half a second to import

        return draw_over_time(self.data)

    def code(self) -> str:
        """Return the call that reproduces the current view."""
        state, data = self.view.state, self.data
        current, reference = (
            state.current or self._window(data.current),
            state.reference or self._window(data.reference),
        )
        # Once each, and before any option: a column may well be called "{reference}".
        placed = data.code.replace("{current}", f'("{current[0]}", "{current[1]}")', 1)
        return placed.replace("{reference}", f'("{reference[0]}", "{reference[1]}")', 1)

    def selected_rows(self) -> pl.DataFrame:
        """Return the rows of the current window, as the panel shows it."""
        if self.log is None:
            raise RowsUnavailable(
                "this report was read from a file: measure performance on the log itself to have rows"
            )
        if self.data.buckets.every is None:
            return self.log.collect()
        return self.log.between(*(self.view.state.current or self._window(self.data.current))).collect()

    def _window(self, window: tuple[int, int]) -> Window:
        buckets = self.data.buckets
        return iso(buckets.starts_ms[window[0]], buckets.zone), iso(buckets.ends_ms[window[1] - 1], buckets.zone)
