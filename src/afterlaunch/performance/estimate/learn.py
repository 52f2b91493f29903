"""The estimator that fits a task: of what scores promise, or of what rows like these have cost before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.learners.encode import learn_encoder
from afterlaunch.logs.run import collect
from afterlaunch.performance.estimate.losses import Columns, learn_foreseen
from afterlaunch.performance.estimate.scores import learn_promised

if TYPE_CHECKING:
    from afterlaunch.logs import LogColumn, PredictionLog
    from afterlaunch.performance.estimate.estimated import Estimator
    from afterlaunch.performance.source import Source
    from afterlaunch.stats.arrays import BoolArray

SEED = 0  # folds and resamples are drawn alike in every run
KINDS = ("numeric", "boolean", "categorical")


def learn_estimator(source: Source, is_reference: BoolArray) -> Estimator | None:
    """Return the estimator learnt on the labelled ones of the rows `is_reference` (n,); None where there is none."""
    outcomes, bucket = source.outcomes, source.timeline.of_row
    known = is_reference & outcomes.labelled & outcomes.answered
    rng = np.random.default_rng(SEED)
    if outcomes.task != "regression":
        return learn_promised(outcomes, known=known, bucket=bucket, rng=rng)
    return learn_foreseen(outcomes, _columns(source, known), known=known, bucket=bucket, rng=rng)


def _columns(source: Source, known: BoolArray) -> Columns:
    """Return the features that all logs of a source have, as numbers; categories are those of the reference."""
    logs = source.logs if source.logs[0] is not source.logs[1] else source.logs[:1]
    shared = [column for column in logs[-1].columns if all(_is_feature(column.name, log) for log in logs)]
    names = [column.name for column in shared]
    if not names:
        return Columns(x=np.zeros((source.outcomes.n, 0)), is_category=np.zeros(0, dtype=bool))
    rows = pl.concat([collect(log.frame.select(names)) for log in logs], how="vertical_relaxed")
    encoder = learn_encoder(rows.filter(pl.Series(known)), shared)
    return Columns(x=encoder.numbers(rows), is_category=encoder.is_category)


def _is_feature(name: str, log: PredictionLog) -> bool:
    return any(_fits(column) for column in log.columns if column.name == name)


def _fits(column: LogColumn) -> bool:
    return column.role == "feature" and column.kind in KINDS and not column.identifier
