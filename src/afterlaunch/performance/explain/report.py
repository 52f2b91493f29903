"""The explanation: a payload, with the log it came from where that is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from afterlaunch.errors import RowsUnavailable
from afterlaunch.performance.explain import words
from afterlaunch.performance.explain.conditions import expression_of
from afterlaunch.performance.explain.payload import ExplanationPayload
from afterlaunch.performance.explain.table import column_table, part_table, slice_table
from afterlaunch.phrases import iso, number
from afterlaunch.reports import PayloadReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from afterlaunch.logs import PredictionLog
    from afterlaunch.performance.explain.payload import Part
    from afterlaunch.results import AnyChart


@dataclass(kw_only=True, eq=False, repr=False)
class ExplanationReport(PayloadReport[ExplanationPayload]):
    """Why a mean loss changed, in two accountings whose parts add up; `explain_performance` makes it.

    `table` has one row a part of either accounting, `by_column` one a column and `by_slice` one a slice of the
    covariate part.
    """

    kind: ClassVar[str] = "explanation"
    payload_class: ClassVar[type[Any]] = ExplanationPayload
    log: PredictionLog | None = None

    @property
    def table(self) -> pl.DataFrame:
        """One row a part of either accounting, the total after each."""
        return self._table

    @cached_property
    def _table(self) -> pl.DataFrame:
        return part_table(self.data)

    @cached_property
    def by_column(self) -> pl.DataFrame:
        """The covariate part by column, the largest share first; a null column is what is not placed."""
        return column_table(self.data)

    @cached_property
    def by_slice(self) -> pl.DataFrame:
        """The covariate part by slice, the largest share first, with each slice's filter as Polars code."""
        return slice_table(self.data)

    @property
    def favoured(self) -> str:
        """The accounting that the evidence favours: `features_first`, `label_first` or `cannot_tell`."""
        return self.data.favoured

    @property
    def verdict(self) -> str:
        """`dropped` if the loss rose by more than it does between quiet stretches, `improved` if it fell so."""
        return self.data.verdict

    @property
    def alarm_rate(self) -> float:
        """The chance of any part that falsely helps or hurts, held."""
        return self.data.alarm_rate

    @property
    def alarms(self) -> Mapping[str, tuple[str, ...]]:
        """The loss, by the verdict `dropped`."""
        return {"dropped": (self.data.loss_words,) if self.verdict == "dropped" else ()}

    def summary(self) -> str:
        """Return the sentence, how sure it is, both accountings, and what the covariate part is made of."""
        lines = [self.sentence, self.evidence]
        for one in self.data.accountings:
            lines += ["", f"{one.title}: {one.words}", HEAD, *map(_line, (*one.parts, self.data.total))]
            lines += [f"  {part.title} rests on: {part.assumption}" for part in one.parts if part.within is None]
        said = words.columns_sentence(self.data.accountings[0].parts[0], self.data.columns, self.data.slices)
        return "\n".join([*lines, *(["", said] if said else []), *self.data.notes])

    def draw_chart(self) -> AnyChart:
        """Return the parts with their intervals and placebos as a new Altair chart."""
        from afterlaunch.performance.explain.chart import draw_parts  # noqa: PLC0415 - Altair takes half a second

        return draw_parts(self.data)

    def selected_rows(self) -> pl.DataFrame:
        """Return the current rows of the selected slice, all without a selection."""
        if self.log is None:
            raise RowsUnavailable(
                "this report was read from a file: explain performance on the log itself to have rows"
            )
        current, picked = self.data.current, self.selection
        log = self.log
        if current.start_ms is not None and current.end_ms is not None:
            log = log.between(iso(current.start_ms, self.data.zone), iso(current.end_ms, self.data.zone))
        rows = log.collect()
        if picked is None or picked.slice is None:
            return rows
        if picked.slice >= len(self.data.slices):
            raise RowsUnavailable(f"the report has {len(self.data.slices)} slices, none numbered {picked.slice}")
        return rows.filter(expression_of(self.data.slices[picked.slice].conditions))


HEAD = f"  {'part':<16} {'change':>8}  {'95 % interval':<20} {'placebo':<9} verdict"


def _line(part: Part) -> str:
    """Return a part as one line of a table."""
    title = f"{'  ' if part.within else ''}{part.title}"
    if part.change is None:
        return f"  {title:<16} cannot tell; it needs {part.needs}"
    known = part.low is not None and part.high is not None
    reach = f"{words.signed(part.low or 0.0)} to {words.signed(part.high or 0.0)}" if known else ""
    placebo = "" if part.placebo_high is None else f"±{number(part.placebo_high)}"
    needs = f"; it needs {part.needs}" if part.mark == "cannot_tell" else ""
    return (
        f"  {title:<16} {words.signed(part.change):>8}  {reach:<20} {placebo:<9} {part.mark.replace('_', ' ')}{needs}"
    )
