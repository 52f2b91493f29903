"""The rows that an explanation rests on: both windows' labelled rows as arrays, and where they stand in time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadColumn, BadInput, BadOption, NotEnoughRows
from afterlaunch.learners.encode import learn_encoder
from afterlaunch.learners.overlap import MOST_CATEGORIES, coarsen
from afterlaunch.logs.run import FAILURES, collect, first_line
from afterlaunch.stats.losses import LOSSES
from afterlaunch.stats.part_law import Clock

if TYPE_CHECKING:
    from afterlaunch.learners.encode import Encoder
    from afterlaunch.logs.columns import LogColumn
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.performance.source import Source
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.losses import Loss

MIN_ROWS = 200  # labelled, of either window
LABEL_CELLS = 10  # of the target of a regression
LARGEST = 1e100  # a loss whose square is still a number
MOST_CLASSES = 3  # of which answers are compared, the most frequent ones
DESCRIBING = ("numeric", "categorical", "boolean")
SCORED = "score of the model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The n labelled rows of the two windows, those of the reference and the current ones in the log's order.

    `x` (n, p) are the columns that describe a row, as numbers, `coarse` (n, p) the same in few cells, for trees, and
    `frame` as the log holds them; without features the model's answer describes it. `label` (n,) are codes from 0 on,
    of a regression cells of the target; `answer` (n, k) is the score or the prediction, of several classes those of
    the most frequent ones, and `residual` (n, k) how far the truth lies above it. `n_rows` counts both windows' rows
    with or without a label.
    """

    x: FloatArray
    coarse: FloatArray
    encoder: Encoder | None
    columns: tuple[LogColumn, ...]
    frame: pl.DataFrame
    loss: FloatArray
    measure: Loss
    is_current: BoolArray
    label: IntArray
    labels: tuple[str, ...]
    label_is_ordered: bool
    answer: FloatArray
    residual: FloatArray
    clock: Clock
    n_rows: tuple[int, int]
    notes: tuple[str, ...]

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.loss)

    @property
    def is_category(self) -> BoolArray:
        """Which columns (p,) hold codes."""
        if self.encoder is None:
            return np.array([False])  # the answer alone
        return self.encoder.is_category

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns (p,) are called."""
        return (SCORED,) if self.encoder is None else self.encoder.names


def lay_ground(source: Source, loss: str | None) -> Ground:
    """Return the rows to explain; raise where a window has too few with a label."""
    outcomes, timeline = source.outcomes, source.timeline
    measure = choose_loss(outcomes, loss)
    answer = outcomes.score if measure.reads == "score" else outcomes.prediction
    if answer is None:  # `choose_loss` has seen to it
        raise BadInput(f"loss={measure.name!r} reads the {measure.reads}, which this log does not name")
    bucket, axis = timeline.of_row, timeline.axis
    current = (bucket >= axis.current[0]) & (bucket < axis.current[1])
    reference = (bucket >= axis.reference[0]) & (bucket < axis.reference[1]) & ~current
    usable = outcomes.labelled & outcomes.answered & (current | reference)
    rows = np.flatnonzero(usable)
    _check_enough(int((usable & reference).sum()), int((usable & current).sum()), source.noun)
    target, given = outcomes.target[rows], answer[rows]
    columns, frame = _described(source, rows)
    encoder = learn_encoder(frame.filter(pl.Series(~current[rows])), columns) if columns else None
    label, labels = _labels(outcomes, target, current[rows])
    said, true = _answers(outcomes, rows)
    x = _number(given)[:, None] if encoder is None else _numbers(encoder, frame)
    is_category = np.array([False]) if encoder is None else encoder.is_category
    lost = measure.rows(target, given)
    if not np.abs(lost).max() < LARGEST:
        raise BadColumn(f"loss={measure.name!r} goes up to {np.abs(lost).max():.3g}: scale the target and the answers")
    return Ground(
        x=x,
        coarse=coarsen(x, is_category),
        encoder=encoder,
        columns=columns,
        frame=frame,
        loss=lost,
        measure=measure,
        is_current=current[rows],
        label=label,
        labels=labels,
        label_is_ordered=outcomes.task != "multiclass",
        answer=said,
        residual=true - said,
        clock=Clock(
            bucket=bucket[rows],
            position=axis.position,
            timeless=axis.every is None and len(axis.starts) == 2,
        ),
        n_rows=(int(reference.sum()), int(current.sum())),
        notes=_notes(source, usable, reference, current),
    )


def choose_loss(outcomes: Outcomes, name: str | None) -> Loss:
    """Return the loss that was asked for, or the usual one of the task; raise `BadOption` where it has no meaning."""
    usable = {
        one.name: one
        for one in LOSSES.values()
        if outcomes.task in one.tasks and (outcomes.score if one.reads == "score" else outcomes.prediction) is not None
    }
    if not usable:
        raise BadInput("the log names neither a score nor a prediction, so that nothing can be wrong: name one")
    if name is None:
        return next(iter(usable.values()))
    if name not in usable:
        raise BadOption(f"loss={name!r} is none that this {outcomes.task} log can have: {', '.join(usable)}")
    return usable[name]


def _check_enough(n_reference: int, n_current: int, noun: str) -> None:
    for name, n in (("reference", n_reference), ("current", n_current)):
        if n < MIN_ROWS:
            raise NotEnoughRows(
                f"the {name} window has {n} {noun} with a label: an explanation needs {MIN_ROWS} in each; take a "
                "longer window, or one whose labels have arrived"
            )


def _described(source: Source, rows: IntArray) -> tuple[tuple[LogColumn, ...], pl.DataFrame]:
    """Return the feature columns that both windows have, and the rows' values."""
    logs = tuple(dict.fromkeys(source.logs))
    held = [set(log.frame.collect_schema().names()) for log in logs]
    columns = tuple(
        column
        for column in logs[-1].columns
        if column.role == "feature"
        and column.kind in DESCRIBING
        and not column.identifier
        and all(column.name in names for names in held)
    )
    names = [column.name for column in columns]
    try:
        frames = [collect(log.frame.select(names)) for log in logs] if names else []
        frame = pl.concat(frames, how="vertical_relaxed") if frames else pl.DataFrame()
    except FAILURES as failure:
        raise BadColumn(
            f"the two logs hold other types in the same column: {first_line(failure)}; cast them to one type"
        ) from failure
    return columns, frame[rows.tolist()] if names else frame


def _labels(outcomes: Outcomes, target: FloatArray, is_current: BoolArray) -> tuple[IntArray, tuple[str, ...]]:
    """Return each row's label code, and the labels in words; of a regression, tenths of the reference's targets."""
    if outcomes.task != "regression":
        return target.astype(np.int64), tuple(map(str, outcomes.classes))
    edges = np.unique(np.quantile(target[~is_current], np.arange(1, LABEL_CELLS) / LABEL_CELLS))
    ends = ["-∞", *(f"{edge:.3g}" for edge in edges), "∞"]
    words = tuple(f"{low} to {high}" for low, high in pairwise(ends))
    return np.searchsorted(edges, target, side="right").astype(np.int64), words


def _numbers(encoder: Encoder, frame: pl.DataFrame) -> FloatArray:
    """Return the rows as numbers, rare categories of a column together."""
    x = encoder.numbers(frame)
    return np.where(encoder.is_category, np.minimum(x, MOST_CATEGORIES - 1), x)


def _answers(outcomes: Outcomes, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the rows' scores, or without any their predictions, and what came true, both (n, k)."""
    known = outcomes.score if outcomes.score is not None else outcomes.prediction
    if known is None:  # the log names one, as `choose_loss` has seen
        raise BadInput("the log names neither a score nor a prediction: name one")
    said, target = known[rows], outcomes.target[rows]
    if outcomes.task != "multiclass":
        return said[:, None], target[:, None]
    frequent = np.argsort(-np.bincount(target.astype(np.int64), minlength=len(outcomes.classes)), kind="stable")
    kept = frequent[:MOST_CLASSES]
    chosen = said[:, kept] if said.ndim > 1 else (said[:, None] == kept).astype(np.float64)
    return chosen, (target[:, None] == kept).astype(np.float64)


def _number(answer: FloatArray) -> FloatArray:
    """Return one number a row: a score, or how sure the model is of the class it finds most likely."""
    return answer if answer.ndim == 1 else answer.max(axis=1)


def _notes(source: Source, usable: BoolArray, reference: BoolArray, current: BoolArray) -> tuple[str, ...]:
    said = list(source.notes)
    for name, window in (("reference", reference), ("current", current)):
        without = int((window & ~usable).sum())
        if without:
            said.append(f"{without:,} {source.noun} of the {name} window have no label or no answer and are left out.")
    return tuple(said)
