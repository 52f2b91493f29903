"""Selective labels: what a scorer's log says of the rows that it did not accept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.errors import BadInput, NotEnoughRows
from afterlaunch.logs.outcomes import read_outcomes
from afterlaunch.logs.run import collect
from afterlaunch.stats.selective import Decisions, measure_selective

if TYPE_CHECKING:
    from afterlaunch.logs import PredictionLog
    from afterlaunch.stats.arrays import BoolArray, FloatArray
    from afterlaunch.stats.selective import Selective

LEAST_ROWS = 100
LEAST_LABELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFindings:
    """Rates by bins of scores, and what the log has: rows, labelled rows, and how its propensities are.

    `propensities` is "none", "certain" (all 0 or 1: nothing was left to chance) or "random".
    """

    rates: Selective
    n: int
    n_accepted: int
    n_labelled: int
    propensities: str
    unknown: int  # accepted rows without a propensity, left out
    positive: str


def measure_labels(log: PredictionLog) -> LabelFindings:
    """Return the rates of accepted and of all rows of a log whose labels depend on what the model accepted.

    Raises `BadInput` where the log names neither `accepted=` nor a binary `target=`.
    """
    if log.accepted is None or log.target is None:
        lacks = "accepted=" if log.accepted is None else "target="
        raise BadInput(
            f"this log names no {lacks}: selective labels need which rows were accepted and what became of them, as in "
            "PredictionLog(data, score='score', target='repaid', accepted='granted', propensity='chance')"
        )
    outcomes = read_outcomes(log)
    if outcomes.task != "binary":
        raise BadInput(
            f"the target is that of a {outcomes.task} task: selective labels are measured as rates of one class; "
            "make the target a boolean, such as pl.col('loss') > 0"
        )
    accepted, chance = _decided(log, outcomes.n)
    labelled = accepted & outcomes.labelled
    if outcomes.n < LEAST_ROWS or labelled.sum() < LEAST_LABELS:
        raise NotEnoughRows(
            f"{outcomes.n:,} {log.noun}, {int(labelled.sum()):,} accepted and labelled: selective labels need "
            f"{LEAST_ROWS} and {LEAST_LABELS} at least"
        )
    score = outcomes.score if outcomes.score is None or outcomes.score.ndim == 1 else None
    kept = np.ones(outcomes.n, dtype=bool) if score is None else np.isfinite(score)
    unknown = 0
    if chance is not None:
        lost = np.isnan(chance) & labelled
        unknown = int(lost.sum())
        kept &= ~lost
        chance = np.where(np.isnan(chance), 1.0, chance)  # of rows without a label: it weighs nothing
    rows = Decisions(
        score=None if score is None else score[kept],
        labelled=labelled[kept],
        outcome=np.nan_to_num(outcomes.target[kept]),
        chance=None if chance is None else chance[kept],
    )
    return LabelFindings(
        rates=measure_selective(rows),
        n=int(kept.sum()),
        n_accepted=int(accepted[kept].sum()),
        n_labelled=int(labelled[kept].sum()),
        propensities=_propensities(rows.chance),
        unknown=unknown,
        positive=str(outcomes.classes[1]),
    )


def _decided(log: PredictionLog, n: int) -> tuple[BoolArray, FloatArray | None]:
    """Return which rows were accepted, and with which probability they were to be."""
    wanted = [pl.col(str(log.accepted)).cast(pl.Float64).fill_null(0.0).alias("accepted")]
    if log.propensity is not None:
        wanted.append(pl.col(log.propensity).cast(pl.Float64).fill_null(float("nan")).alias("chance"))
    rows = collect(log.frame.select(wanted), paths=log.paths)
    if rows.height != n:
        raise BadInput(f"the log changed while it was read: {rows.height:,} rows, before {n:,}; read it again")
    accepted = rows["accepted"].to_numpy() == 1
    return accepted, rows["chance"].to_numpy() if log.propensity is not None else None


def _propensities(chance: FloatArray | None) -> str:
    if chance is None:
        return "none"
    return "certain" if bool(((chance == 0) | (chance == 1)).all()) else "random"
