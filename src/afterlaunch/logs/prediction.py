"""The log of a model's predictions: a table whose columns have roles, checked once."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import polars as pl

from afterlaunch.errors import BadInput, BadOption, BadTime, EmptyWindow
from afterlaunch.logs.check import Steps, check_table
from afterlaunch.logs.columns import IDENTIFIERS
from afterlaunch.logs.names import missing_column, said
from afterlaunch.logs.read import read_table
from afterlaunch.logs.roles import Roles, as_names, as_sentences
from afterlaunch.logs.run import collect, first_line, read_schema
from afterlaunch.logs.summary import describe
from afterlaunch.logs.windows import is_duration, microseconds_at, parse_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from os import PathLike

    from afterlaunch.logs.columns import Kind, LogColumn
    from afterlaunch.logs.read import Table
    from afterlaunch.logs.roles import Task


class PredictionLog(Roles):
    """What a model was asked and what it answered: a table whose columns have roles.

    `data` is a Polars frame or lazy frame, a pandas, PyArrow or DuckDB table, anything with `__arrow_c_stream__`, or a
    path, list, glob or folder of Parquet, CSV, NDJSON or Arrow files, which are scanned lazily. `time` holds datetimes,
    dates, ISO 8601 strings or numbers since 1970; without a zone they are taken as UTC. Without `time` all rows are one
    bucket. `features=None` takes every column without another role; `segments` may be features too. `score` is a column
    of probabilities, or a mapping class -> column. `target` may be null where the label is not known yet. `noun` is
    what a row is, in the plural; `notes` are sentences for the footer of every report.

    Raises `MissingColumn`, `BadTime`, `BadColumn` or `BadInput`, each of which names the column, what was found and
    what to do.

    >>> log = PredictionLog(pl.DataFrame({"age": [31, 54], "score": [0.2, 0.9]}), score="score")
    >>> [(column.name, column.role, column.kind) for column in log.columns]
    [('age', 'feature', 'numeric'), ('score', 'score', 'numeric')]
    """

    frame: pl.LazyFrame
    columns: tuple[LogColumn, ...]
    zone: str
    paths: tuple[Path, ...]
    notes: tuple[str, ...]
    _table: Table
    _steps: Steps
    _span: tuple[datetime, datetime] | None

    def __init__(  # noqa: PLR0913 - one option a role
        self,
        data: object,
        *,
        time: str | None = None,
        features: Iterable[str] | None = None,
        prediction: str | None = None,
        score: str | Mapping[object, str] | None = None,
        target: str | None = None,
        target_time: str | None = None,
        segments: Iterable[str] = (),
        version: str | None = None,
        id: str | None = None,  # noqa: A002 - the word that users have for it
        accepted: str | None = None,
        propensity: str | None = None,
        noise: str | None = None,
        positive: object = 1,
        task: Task | None = None,
        noun: str = "rows",
        notes: str | Iterable[str] = (),
    ) -> None:
        """Read and check `data`."""
        roles = Roles(
            time=time,
            features=as_names(features, "features"),
            prediction=prediction,
            score=score,
            target=target,
            target_time=target_time,
            segments=as_names(segments, "segments"),
            version=version,
            id=id,
            accepted=accepted,
            propensity=propensity,
            noise=noise,
            positive=positive,
            task=task,
            noun=noun,
        )
        table = read_table(data)
        checked = check_table(table, roles)
        self.__dict__.update(vars(checked.roles))
        self.__dict__.update(
            columns=checked.columns, zone=checked.zone, paths=table.paths, notes=(*as_sentences(notes), *checked.notes)
        )
        self.__dict__.update(
            _table=table, _steps=checked.steps, _span=checked.span, frame=checked.steps.run(table.frame)
        )

    def between(self, start: object, end: object) -> PredictionLog:
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

    def last(self, duration: str) -> PredictionLog:
        """Return the rows of the last `duration`, such as "28d", counted back from the latest row."""
        if not is_duration(duration):
            raise BadTime(f"last({duration!r}) names no duration: write one such as '28d' or '6h'")
        clock = self._clock()
        start = collect(self.frame.select(clock.max().dt.offset_by(f"-{duration}").to_physical())).item()
        return self if start is None else self._filtered(clock.to_physical() > start)

    def where(self, *conditions: pl.Expr) -> PredictionLog:
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

    def loaded(self) -> PredictionLog:
        """Return the log with the rows of its time and profiled columns in memory, for who reads them several times."""
        names = dict.fromkeys((self.time, *(column.name for column in self.columns)))
        rows = collect(self.frame.select([name for name in names if name is not None]), paths=self.paths)
        new = copy(self)
        table = replace(self._table, frame=rows.lazy(), files=None, loaded=rows)
        new.__dict__.update(_table=table, _steps=Steps(treated=(pl.all(),), times=()), frame=rows.lazy(), paths=())
        return new

    def with_kinds(self, kinds: Mapping[str, Kind]) -> PredictionLog:
        """Return the log with some columns of another kind, as one of nulls alone may be of any."""
        new = copy(self)
        columns = tuple(replace(one, kind=kinds[one.name]) if one.name in kinds else one for one in self.columns)
        new.__dict__.update(columns=columns)
        return new

    def with_categories(self, names: Iterable[str]) -> PredictionLog:
        """Return the log with those of its identifiers that are named counted as categories."""
        wanted = set(names)
        columns = tuple(
            replace(one, kind="categorical", identifier=False) if one.identifier and one.name in wanted else one
            for one in self.columns
        )
        if columns == self.columns:
            return self
        rest = [one.name for one in columns if one.identifier]
        notes = [note for note in self.notes if not note.startswith(IDENTIFIERS)]
        new = copy(self)
        new.__dict__.update(columns=columns, notes=(*notes, *([f"{IDENTIFIERS}{said(rest)}."] if rest else [])))
        return new

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
        return f"<PredictionLog: {len(self.columns)} columns ({said([column.name for column in self.columns])})>"

    def _repr_html_(self) -> str:
        return describe(self).html()

    def _clock(self) -> pl.Expr:
        if self.time is None:
            raise BadTime("this log has no time column: name one with PredictionLog(..., time=...)")
        return pl.col(self.time)

    def _at(self, moment: datetime) -> pl.Expr:
        return pl.lit(microseconds_at(moment)).cast(pl.Datetime("us", self.zone))

    def _filtered(self, *conditions: pl.Expr) -> PredictionLog:
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


def as_log(data: object) -> PredictionLog:
    """Return a log as it is, and any other table or path as a log without named roles."""
    return data if isinstance(data, PredictionLog) else PredictionLog(data)
