"""The columns that performance is measured from, of one log or of several, under one name each; and the task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadColumn, BadInput
from afterlaunch.logs.run import collect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.logs.prediction import PredictionLog
    from afterlaunch.logs.roles import Task

TARGET, PREDICTION, TIME, LABEL_TIME, SCORE = "target", "prediction", "time", "label_time", "score"
FEW_CLASSES = 20  # whole numbers with more values than this are numbers, not classes


def score_name(place: int) -> str:
    """Return the name that the score column `place` has here."""
    return f"{SCORE} {place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Rows under the names above, and what is to be known of them.

    `score_classes` has the class of each score column; (None,) for a single one, () without any. `names` are the
    user's own names of the columns, for errors.
    """

    frame: pl.DataFrame
    task: Task
    positive: object
    score_classes: tuple[object, ...]
    names: Mapping[str, str]
    noun: str
    notes: tuple[str, ...]


def read_answers(logs: Sequence[PredictionLog]) -> Answers:
    """Return the rows of `logs`, one after another; raise where they cannot be measured."""
    first = logs[-1]
    _check_named(first)
    for log in logs:
        _check_ids(log)
        if _classes(log) != _classes(first):
            raise BadColumn("the two logs name other scores: name the same score= for both")
    frame = _stacked([collect(_selected(log, logs)) for log in logs])
    names = {role: name for role, name in (("target", first.target), ("prediction", first.prediction)) if name}
    task, note = (first.task, None) if first.task else _tell_task(frame, first, names)
    _check_task(task, first)
    return Answers(
        frame=frame,
        task=task,
        positive=first.positive,
        score_classes=_classes(first),
        names=names,
        noun=first.noun,
        notes=(note,) if note else (),
    )


def _stacked(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return the rows of several logs, one after another; raise `BadColumn` where they hold other types."""
    for role in (TARGET, PREDICTION):
        types = [frame.schema[role] for frame in frames if role in frame.columns]
        kinds = {_kind(dtype) for dtype in types if dtype != pl.Null}
        if "time" in kinds or len(kinds) > 1:
            raise BadColumn(
                f"the {role} is {' and '.join(dict.fromkeys(map(str, types)))}: it holds classes or numbers, of one "
                "type in both logs; cast it"
            )
    return pl.concat(frames, how="vertical_relaxed")


def _kind(dtype: pl.DataType) -> str:
    if dtype.is_temporal():
        return "time"
    return "text" if dtype == pl.String else "number"


def _check_named(log: PredictionLog) -> None:
    if log.target is None and log.score is None:
        raise BadInput(
            "this log names neither target nor score: performance is measured from the target, or estimated from the "
            "score: PredictionLog(data, target='late', score='score')"
        )
    if log.score is None and log.prediction is None:
        raise BadInput(
            "this log names neither score nor prediction: say what the model answered: "
            "PredictionLog(data, target='late', score='score')"
        )


def _check_ids(log: PredictionLog) -> None:
    if log.id is None:
        return
    ids = pl.col(log.id).drop_nulls()
    n, distinct = collect(log.frame.select(n=ids.len(), distinct=ids.n_unique())).row(0)
    if n > distinct:
        raise BadColumn(
            f"column {log.id!r} repeats ids in {n - distinct:,} {log.noun}, so that they would count twice: keep one "
            f"of each, such as data.unique({log.id!r}, keep='last')"
        )


def _classes(log: PredictionLog) -> tuple[object, ...]:
    if log.score is None:
        return ()
    return tuple(log.score) if isinstance(log.score, Mapping) else (None,)


def _selected(log: PredictionLog, logs: Sequence[PredictionLog]) -> pl.LazyFrame:
    return log.frame.select(_columns(log, logs))


def _columns(log: PredictionLog, logs: Sequence[PredictionLog]) -> Iterator[pl.Expr]:
    for role in (TARGET, PREDICTION):
        if any(getattr(one, role) for one in logs):
            name = getattr(log, role)
            yield (pl.lit(None) if name is None else _known(log, name)).alias(role)
    for place, name in enumerate(log.scores):
        yield _known(log, name).cast(pl.Float64).alias(score_name(place))
    for role, name in ((TIME, log.time), (LABEL_TIME, log.target_time)):
        if all(getattr(one, "time" if role == TIME else "target_time") for one in logs):
            yield pl.col(str(name)).dt.epoch("us").alias(role)


def _known(log: PredictionLog, name: str) -> pl.Expr:
    """Return a column with NaN as null: either way there is no value."""
    is_float = next(column.dtype for column in log.columns if column.name == name).is_float()
    return pl.col(name).fill_nan(None) if is_float else pl.col(name)


def _tell_task(frame: pl.DataFrame, log: PredictionLog, names: Mapping[str, str]) -> tuple[Task, str | None]:
    """Return the task that the columns show, and how it was told; the score says most, then the target's type."""
    if isinstance(log.score, Mapping):
        return ("multiclass", None) if len(log.score) > 2 else ("binary", None)
    if log.score is not None:
        return "binary", None
    target, name = frame[TARGET], names["target"]
    if not target.dtype.is_numeric():
        n = target.drop_nulls().n_unique()
        task: Task = "binary" if n <= 2 else "multiclass"
        return task, f"Taken as {task}: {name!r} holds {n} classes."
    values = target.drop_nulls().unique()
    if set(values.head(3).to_list()) <= {0, 1}:
        return "binary", f"Taken as binary: {name!r} holds 0 and 1."
    if _are_classes(frame, values):
        return "multiclass", (
            f"Taken as multiclass: {name!r} and the predictions share {len(values)} whole numbers; "
            "task='regression' takes them as numbers."
        )
    return "regression", f"Taken as regression: {name!r} holds numbers."


def _are_classes(frame: pl.DataFrame, values: pl.Series) -> bool:
    predicted = frame[PREDICTION].drop_nulls().unique()
    whole = values.dtype.is_integer() and predicted.dtype.is_integer()
    return whole and len(values) <= FEW_CLASSES and bool(predicted.is_in(values.implode()).all())


def _check_task(task: Task, log: PredictionLog) -> None:
    if task == "regression" and log.prediction is None:
        raise BadInput("a regression is measured from its predictions: PredictionLog(data, prediction='estimate')")
    if task == "multiclass" and isinstance(log.score, str):
        raise BadColumn(
            f"task='multiclass', but {log.score!r} is one score: pass one a class, score={{'cat': 'p_cat', …}}"
        )
