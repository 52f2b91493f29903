"""What every log can do, whatever its roles: windows, conditions, rows, files and a description of itself."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self, cast

import polars as pl

from afterlaunch.errors import BadInput, BadOption, BadTime, EmptyWindow
from afterlaunch.logs.names import missing_column, said
from afterlaunch.logs.roles import NamedColumns
from afterlaunch.logs.run import collect, first_line, read_schema
from afterlaunch.logs.summary import describe
from afterlaunch.logs.windows import is_duration, microseconds_at, parse_window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from os import PathLike

    from afterlaunch.logs.columns import LogColumn
    from afterlaunch.logs.read import Table
    from afterlaunch.logs.steps import Steps


class Log(NamedColumns):
    """A table whose columns have roles, checked once at the door.

    `frame` holds the rows as they are counted, lazily; `columns` those that are profiled.
    """

    KINDS: ClassVar[Mapping[str, str]] = {}  # what the column of a role holds, where it is not profiled

    frame: pl.LazyFrame
    columns: tuple[LogColumn, ...]
    zone: str
    paths: tuple[Path, ...]
    notes: tuple[str, ...]
    _table: Table
    _steps: Steps
    _span: tuple[datetime, datetime] | None

    def between(self, start: object, end: object) -> Self:
        """Return the rows from `start` up to, not including, `end`: datetimes, dates or ISO strings, in the log's zone.

        Raises `EmptyWindow` where the window lies outside the log's time span.
        """
        clock = self._clock()
        low, high = parse_window((start, end), self.zone)
        if self._span is not None and (low > self._span[1] or high <= self._span[0]):
            raise EmptyWindow(
                f"no {self.noun} between {low.isoformat()} and {high.isoformat()}: {self.time!r} runs from "
                f"{self._span[0].isoformat()} to {self._span[1].isoformat()}"
            )
        return self._filtered(clock >= self._at(low), clock < self._at(high))

    def last(self, duration: str) -> Self:
        """Return the rows of the last `duration`, such as "28d", counted back from the latest row."""
        if not is_duration(duration):
            raise BadTime(f"last({duration!r}) names no duration: write one such as '28d' or '6h'")
        clock = self._clock()
        start = collect(self.frame.select(clock.max().dt.offset_by(f"-{duration}").to_physical())).item()
        return self if start is None else self._filtered(clock.to_physical() > start)

    def where(self, *conditions: pl.Expr) -> Self:
        """Return the rows for which all Polars `conditions` hold, such as `pl.col("country") == "FR"`.

        Raises `MissingColumn` where one names a column that the log has not, `BadOption` where one is no condition.
        """
        _check_conditions(conditions, read_schema(self.frame))
        return self._filtered(*conditions)

    def collect(self) -> pl.DataFrame:
        """Return the rows as a Polars frame, with times and types as they are counted."""
        return collect(self.frame)

    @property
    def in_memory(self) -> bool:
        """Whether the rows are in memory, rather than in files or behind a query."""
        return self._table.loaded is not None

    def part(self, path: str | PathLike[str]) -> pl.LazyFrame:
        """Return the same checked rows of one of `paths`, for a runner that goes file by file."""
        if Path(path) not in self.paths:
            raise BadInput(f"{str(path)!r} is not a file of this log: have {said([str(one) for one in self.paths])}")
        return self._steps.run(self._table.part(Path(path)))

    def summary(self) -> str:
        """Return roles, types, nulls and time span as text; reads the profiled columns once."""
        return describe(self).text()

    def __repr__(self) -> str:
        """Return the columns by role, without reading rows."""
        names = [name for _, name in self.named()]
        return f"<{type(self).__name__}: {len(names)} columns ({said(names)})>"

    def _repr_html_(self) -> str:
        return describe(self).html()

    def _clock(self) -> pl.Expr:
        if self.time is None:
            raise BadTime(f"this log has no time column: name one with {type(self).__name__}(..., time=...)")
        return pl.col(self.time)

    def _at(self, moment: datetime) -> pl.Expr:
        return pl.lit(microseconds_at(moment)).cast(pl.Datetime("us", self.zone))

    def _filtered(self, *conditions: pl.Expr) -> Self:
        new = copy(self)
        steps = replace(self._steps, filters=(*self._steps.filters, *conditions))
        new.__dict__.update(_steps=steps, frame=steps.run(self._table.frame))
        return new


def _check_conditions(conditions: tuple[pl.Expr, ...], schema: Mapping[str, pl.DataType]) -> None:
    for one in conditions:
        if not isinstance(cast("object", one), pl.Expr):
            raise BadOption(f"{one!r:.80} is no condition: write one such as pl.col('country') == 'FR'")
    try:
        pl.LazyFrame(schema=schema).filter(*conditions).collect_schema()
    except pl.exceptions.PolarsError as failure:
        for name in (name for one in conditions for name in one.meta.root_names() if name not in schema):
            raise missing_column(name, "a condition", list(schema)) from failure
        why = first_line(failure)
        raise BadOption(f"no condition: {why}. Write one such as pl.col('country') == 'FR'") from failure
