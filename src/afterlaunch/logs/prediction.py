"""The log of a model's predictions: a table whose columns have roles, checked once."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.logs.check import check_table
from afterlaunch.logs.columns import IDENTIFIERS
from afterlaunch.logs.log import Log
from afterlaunch.logs.names import said
from afterlaunch.logs.read import read_table
from afterlaunch.logs.roles import Roles, as_names, as_sentences
from afterlaunch.logs.run import collect
from afterlaunch.logs.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from afterlaunch.logs.columns import Kind
    from afterlaunch.logs.roles import Task


class PredictionLog(Log, Roles):
    """What a model was asked and what it answered: a table whose columns have roles.

    `data` is a Polars frame or lazy frame, a pandas, PyArrow or DuckDB table, anything with `__arrow_c_stream__`, or a
    path, list, glob or folder of Parquet, CSV, NDJSON or Arrow files, which are scanned lazily. `time` holds datetimes,
    dates, ISO 8601 strings or numbers since 1970; without a zone they are taken as UTC. Without `time` all rows are one
    bucket. `features=None` takes every column without another role; `segments` may be features too. `score` is a column
    of probabilities, or a mapping class -> column. `target` may be null where the label is not known yet.
    `accepted` says whether the model's answer was acted upon, so that a label could come (a loan was given);
    `propensity` with which probability it was to be; `noise` what was added to the score on purpose. `noun` is what a
    row is, in the plural; `notes` are sentences for the footer of every report.

    Raises `MissingColumn`, `BadTime`, `BadColumn` or `BadInput`, each of which names the column, what was found and
    what to do.

    >>> log = PredictionLog(pl.DataFrame({"age": [31, 54], "score": [0.2, 0.9]}), score="score")
    >>> [(column.name, column.role, column.kind) for column in log.columns]
    [('age', 'feature', 'numeric'), ('score', 'score', 'numeric')]
    """

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

    def __repr__(self) -> str:
        """Return the columns by role, without reading rows."""
        return f"<PredictionLog: {len(self.columns)} columns ({said([column.name for column in self.columns])})>"


def as_log(data: object) -> PredictionLog:
    """Return a log as it is, and any other table or path as a log without named roles."""
    return data if isinstance(data, PredictionLog) else PredictionLog(data)
