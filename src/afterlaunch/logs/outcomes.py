"""What a log says about outcomes, as arrays: targets, scores, predictions and when each was known."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from afterlaunch.errors import BadColumn, BadTime
from afterlaunch.logs import classes as coding
from afterlaunch.logs.answers import LABEL_TIME, PREDICTION, TARGET, TIME, read_answers, score_name

if TYPE_CHECKING:
    from afterlaunch.logs.answers import Answers
    from afterlaunch.logs.prediction import PredictionLog
    from afterlaunch.logs.roles import Task

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

NEVER = np.iinfo(np.int64).min  # the label time of a row without one
EARLY = 0.01  # of the labels may come before their prediction: a clock that is a little off
DECIDES = 0.5  # the score from which a row counts as positive where no prediction is logged
SUMS = 0.02  # a row's scores may sum to 1 within this, as rounded ones do


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The n rows of a log as numbers.

    `classes` are the labels as the data hold them; of a binary task the negative, then the positive one; none for a
    regression. `target` and `prediction` hold the place of a class among them, or numbers; NaN where there is none, as
    in `score`: (n,) the probability of the positive class, or (n, k). `labelled` marks rows with a target. Times are
    epoch microseconds; `label_time_us` is `NEVER` where no label arrived. `notes` say what was assumed.
    """

    task: Task
    classes: tuple[object, ...]
    target: FloatArray
    labelled: BoolArray
    score: FloatArray | None
    prediction: FloatArray | None
    time_us: IntArray | None
    label_time_us: IntArray | None
    notes: tuple[str, ...]

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.target)

    @property
    def answered(self) -> BoolArray:
        """Which rows have all that the model is to answer: its score, where the log has any, and its prediction."""
        known = np.ones(self.n, dtype=bool)
        for answer in (self.score, self.prediction):
            if answer is not None:
                known &= np.isfinite(answer if answer.ndim == 1 else answer[:, 0])
        return known

    def take(self, which: BoolArray | IntArray | slice) -> Outcomes:
        """Return some of the rows, by a mask, by their places or by a slice."""
        arrays = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(self, **{name: one[which] for name, one in arrays.items() if isinstance(one, np.ndarray)})


def read_outcomes(*logs: PredictionLog) -> Outcomes:
    """Return the outcomes of one log, or of several one after another, at the same classes.

    The task is the log's own, or told by its columns. Without a prediction, a score of at least .5 (of several classes
    the largest) predicts the class. Raises `BadInput` where neither target nor score is named, `BadColumn` where a
    column does not fit its role or ids repeat, `BadTime` where labels come before what they are the labels of.

    >>> from afterlaunch.logs import PredictionLog
    >>> frame = pl.DataFrame({"late": [True, None, False], "p": [0.7, 0.2, 0.6]})
    >>> found = read_outcomes(PredictionLog(frame, target="late", score="p"))
    >>> found.task, found.classes, found.target.tolist(), found.prediction.tolist()
    ('binary', (False, True), [1.0, nan, 0.0], [1.0, 0.0, 1.0])
    """
    answers = read_answers(logs)
    notes = [*answers.notes]
    if answers.task == "regression":
        classes: tuple[object, ...] = ()
        target, prediction = (coding.numbers(answers, role) for role in (TARGET, PREDICTION))
        score = None
    else:
        found = coding.read_classes(answers)
        classes = found.classes
        target, prediction = (found.codes(answers, role) for role in (TARGET, PREDICTION))
        score = _scores(answers, found, notes)
    if prediction is None and score is not None:
        prediction = _predicted(score)
        notes.append(
            f"No prediction is logged: a score of at least {DECIDES} counts as positive."
            if score.ndim == 1
            else "No prediction is logged: the class of the largest score counts as predicted."
        )
    labelled = np.isfinite(target) if target is not None else np.zeros(answers.frame.height, dtype=bool)
    made = Outcomes(
        task=answers.task,
        classes=classes,
        target=target if target is not None else np.full(len(labelled), np.nan),
        labelled=labelled,
        score=score,
        prediction=prediction,
        time_us=_moments(answers.frame, TIME),
        label_time_us=_label_times(answers.frame, labelled, notes),
        notes=(),
    )
    silent = made.n - int(made.answered.sum())
    if silent:
        notes.append(f"{answers.noun.capitalize()} without a score or prediction cannot be measured: {silent:,}.")
    return replace(made, notes=tuple(notes))


def _predicted(score: FloatArray) -> FloatArray:
    """Return the predicted class; NaN where there is no score."""
    if score.ndim == 1:
        return np.where(np.isnan(score), np.nan, (score >= DECIDES).astype(np.float64))
    known = np.isfinite(score[:, 0])
    best = np.argmax(np.where(known[:, None], score, 0.0), axis=1)
    return np.where(known, best.astype(np.float64), np.nan)


def _scores(answers: Answers, found: coding.Classes, notes: list[str]) -> FloatArray | None:
    if not answers.score_classes:
        return None
    columns = [_floats(answers.frame[score_name(place)]) for place in range(len(answers.score_classes))]
    if answers.score_classes == (None,):
        return columns[0]
    places = [found.place(label) for label in answers.score_classes]
    together = np.zeros((answers.frame.height, len(found.classes)))
    together[:, places] = np.stack(columns, axis=1)
    together[np.isnan(together).any(axis=1)] = np.nan
    unscored = [repr(label) for place, label in enumerate(found.classes) if place not in places]
    if unscored:
        notes.append(f"No score is logged for {', '.join(unscored)}: it counts as 0.")
    together = _summed_to_one(together, notes)
    return together if answers.task == "multiclass" else together[:, 1]


def _summed_to_one(scores: FloatArray, notes: list[str]) -> FloatArray:
    total = scores.sum(axis=1)
    off = np.abs(total - 1)
    worst = float(np.nanmax(off, initial=0.0))
    if worst > SUMS:
        row = int(np.nanargmax(off))
        raise BadColumn(
            f"the scores of row {row} sum to {total[row]:.4g}: those of several classes are probabilities that sum to "
            "1; divide them by their sum, or log a prediction instead"
        )
    if worst > 1e-6:
        notes.append("Scores that do not sum to 1 exactly were divided by their sum.")
        return scores / total[:, None]
    return scores


def _floats(column: pl.Series) -> FloatArray:
    return column.cast(pl.Float64).to_numpy().astype(np.float64)


def _moments(frame: pl.DataFrame, name: str) -> IntArray | None:
    return frame[name].fill_null(NEVER).to_numpy().astype(np.int64) if name in frame.columns else None


def _label_times(frame: pl.DataFrame, labelled: BoolArray, notes: list[str]) -> IntArray | None:
    """Return when each label arrived; without a time of arrival it counts as known at once, and so it is said."""
    at, served = _moments(frame, LABEL_TIME), _moments(frame, TIME)
    if at is None or served is None:
        return None
    unknown = labelled & (at == NEVER)
    if unknown.any():
        notes.append(f"Labels without a time of arrival count as known at once: {int(unknown.sum()):,}.")
    early = labelled & ~unknown & (at < served)
    if early.any():
        _check_early(early, labelled, hours=float((served - at)[early].max()) / 3.6e9)
        notes.append(f"Labels that arrive before their prediction count as known at once: {int(early.sum()):,}.")
    return np.where(labelled, np.where(unknown | early, served, at), NEVER)


def _check_early(early: BoolArray, labelled: BoolArray, *, hours: float) -> None:
    if early.sum() > EARLY * labelled.sum():
        raise BadTime(
            f"{int(early.sum()):,} of {int(labelled.sum()):,} labels arrive before their prediction, by up to "
            f"{hours:,.3g} hours: target_time is to be when a label became known; mend it, or leave target_time out"
        )
