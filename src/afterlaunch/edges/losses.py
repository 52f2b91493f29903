"""Each row's loss, and the one to be expected: what the calibrated score promised, or what rows like it had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.errors import BadInput, BadOption
from afterlaunch.learners.calibration import calibrate
from afterlaunch.learners.expected_loss import MIN_ROWS, expected_loss
from afterlaunch.stats.losses import LOSSES

if TYPE_CHECKING:
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.losses import Loss

WORDS = {
    "log_loss": "log loss",
    "brier": "Brier score",
    "zero_one": "share of errors",
    "absolute": "absolute error",
    "squared": "squared error",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Losses of n rows: `realized` is NaN without a label, `promised` where nothing is to be expected.

    Scores promise a loss once they are calibrated (`by_score`); without a score, rows of the reference that are like a
    row in columns and prediction had one. `promised` is None where there are too few of these.
    """

    name: str
    realized: FloatArray
    promised: FloatArray | None
    recalibrated: bool
    by_score: bool

    @property
    def words(self) -> str:
        """The loss in words."""
        return WORDS[self.name]

    @property
    def surprise(self) -> FloatArray | None:
        """The loss above what was promised, (n,)."""
        return None if self.promised is None else self.realized - self.promised


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What expectations are learnt from: the rows `known` (n,), the labelled ones of the reference, by `block` (n,).

    `x` (n, p) are all rows, encoded; `is_category` (p,) says which columns are codes.
    """

    known: BoolArray
    block: IntArray | None
    x: FloatArray
    is_category: BoolArray


def measure_losses(outcomes: Outcomes, name: str | None, basis: Basis, *, rng: np.random.Generator) -> Losses:
    """Return the loss `name` (the task's usual one unless given) of every row of `outcomes`, and what was promised.

    Rows that expectations are learnt from get theirs from models that have not seen them.
    """
    loss = choose_loss(outcomes, name)
    answer = outcomes.score if loss.reads == "score" else outcomes.prediction
    if answer is None:  # `choose_loss` has seen to it
        raise BadInput(f"loss={loss.name!r} reads the {loss.reads}, which this log does not name")
    realized = np.full(outcomes.n, np.nan)
    there = outcomes.labelled & outcomes.answered
    realized[there] = loss.rows(outcomes.target[there], answer[there])
    fit = basis.known & there
    block = None if basis.block is None else basis.block[fit]
    if outcomes.score is None:
        promised = _like_others(realized, fit, answer, basis, rng)
        return Losses(name=loss.name, realized=realized, promised=promised, recalibrated=False, by_score=False)
    calibrator = calibrate(outcomes.score[fit], outcomes.target[fit], block=block, rng=rng)
    chance = np.array(calibrator.transform(outcomes.score))
    chance[fit] = calibrator.fitted
    promised = np.full(outcomes.n, np.nan)
    scored = outcomes.answered
    promised[scored] = expected(loss, chance[scored], answer[scored])
    return Losses(
        name=loss.name, realized=realized, promised=promised, recalibrated=calibrator.is_needed, by_score=True
    )


def _like_others(
    realized: FloatArray, fit: BoolArray, answer: FloatArray, basis: Basis, rng: np.random.Generator
) -> FloatArray | None:
    """Return the loss (n,) that reference rows like each row had; None where there are too few."""
    if fit.sum() < MIN_ROWS:
        return None
    x = np.concatenate([basis.x, answer[:, None]], axis=1)
    model = expected_loss(
        x[fit],
        realized[fit],
        is_category=np.append(basis.is_category, values=False),
        block=None if basis.block is None else basis.block[fit],
        rng=rng,
    )
    promised = model.each(x).mean(axis=0)
    promised[fit] = model.fitted
    return np.where(np.isfinite(answer), promised, np.nan)


def choose_loss(outcomes: Outcomes, name: str | None) -> Loss:
    """Return the loss that was asked for, or the usual one of the task; raise `BadOption` where it has no meaning."""
    usable = [
        loss
        for loss in LOSSES.values()
        if outcomes.task in loss.tasks
        and (outcomes.score if loss.reads == "score" else outcomes.prediction) is not None
    ]
    names = [loss.name for loss in usable]
    if name is None:
        return usable[0]
    if name not in names:
        raise BadOption(f"loss={name!r} is none that this {outcomes.task} log can have: {', '.join(names)}")
    return LOSSES[name]


def expected(loss: Loss, chance: FloatArray, answer: FloatArray) -> FloatArray:
    """Return the mean loss (n,) of answers if each class came true with its `chance`, (n,) or (n, k)."""
    n = len(chance)
    if chance.ndim == 1:
        return (1 - chance) * loss.rows(np.zeros(n), answer) + chance * loss.rows(np.ones(n), answer)
    total = np.zeros(n)
    for place in range(chance.shape[1]):
        total += chance[:, place] * loss.rows(np.full(n, float(place)), answer)
    return total
