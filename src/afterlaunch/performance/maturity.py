"""Late labels: how they come in with age, which buckets have nearly all of theirs, and whether early ones differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.early import early_against_late
from afterlaunch.stats.losses import default_loss
from afterlaunch.stats.survival import arrivals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.early import EarlyLate
    from afterlaunch.stats.survival import Arrivals

SHARE = 0.95  # of the labels that are to come: with these in, a bucket is mature
WATCHED = 0.05  # of the rows must have been watched for as long as the curve is believed
RISING = 0.02  # of the labels came in the last fifth of the time watched: more are still to come
LEVEL = 0.05  # chance of saying that early labels differ where they do not
MATTERS = 0.05  # of the mean of a loss, or of the spread of a target: the difference that is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between labels that come first and those that come later: a class, the target or the loss."""

    of: str
    found: EarlyLate


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """How labels come in.

    `curve` counts ages in microseconds. `final` is the share of rows that ever has a label, as far as has been watched;
    `still_rising`: more may come after that. `age_us` is the age by which 95 % of these are in. `expected` (D,) is the
    share of its labels that each bucket has by now, and `mature` (D,) says where that is at least 95 %.
    """

    curve: Arrivals
    final: float
    still_rising: bool
    age_us: float
    expected: FloatArray
    mature: BoolArray
    differences: tuple[Difference, ...]


def learn_maturity(outcomes: Outcomes, bucket: IntArray, n_buckets: int, *, is_old: BoolArray) -> Maturity | None:
    """Return how labels come in, None where the log does not say when.

    `bucket` (n,) is each row's, `is_old` (n,) marks rows of another log, which ended when its last event did: rows
    without a label have been watched up to the end of their log.
    """
    if outcomes.label_time_us is None or outcomes.time_us is None or not outcomes.labelled.any():
        return None
    watched = _ends(outcomes, is_old) - outcomes.time_us
    age = np.where(outcomes.labelled, outcomes.label_time_us - outcomes.time_us, watched).astype(np.float64)
    curve = arrivals(age, outcomes.labelled)
    longest = float(np.quantile(watched, 1 - WATCHED))
    before, final = curve.by(np.array([0.8 * longest, longest])).tolist()
    expected = np.minimum(curve.by(watched.astype(np.float64)) / final, 1.0) if final > 0 else np.zeros(outcomes.n)
    n = np.bincount(bucket, minlength=n_buckets)
    share = np.bincount(bucket, expected, n_buckets) / np.maximum(n, 1)
    share = np.where(n > 0, share, 1.0)
    mature = share >= SHARE
    return Maturity(
        curve=curve,
        final=final,
        still_rising=final - before > RISING,
        age_us=curve.age_of(SHARE * final) or 0.0,
        expected=share,
        mature=mature,
        differences=tuple(_differences(outcomes, bucket, mature)),
    )


def _ends(outcomes: Outcomes, is_old: BoolArray) -> IntArray:
    """Return the last moment of each row's log (n,): of a row or of a label."""
    times = outcomes.time_us if outcomes.time_us is not None else np.zeros(outcomes.n, dtype=np.int64)
    labels = outcomes.label_time_us if outcomes.label_time_us is not None else times
    last = np.maximum(times, labels)
    ends = np.zeros(outcomes.n, dtype=np.int64)
    for side in (is_old, ~is_old):
        if side.any():
            ends[side] = last[side].max()
    return ends


def _differences(outcomes: Outcomes, bucket: IntArray, mature: BoolArray) -> Iterator[Difference]:
    """Yield what differs significantly and materially between the halves of mature buckets' labels to arrive."""
    rows = outcomes.labelled & outcomes.answered & mature[bucket]
    if not rows.any() or outcomes.label_time_us is None:
        return
    arrived = outcomes.label_time_us[rows]
    values = list(_values(outcomes, rows))
    for of, value, matters in values:
        found = early_against_late(value, arrived, bucket[rows])
        if found is not None and found.pvalue <= LEVEL / len(values) and abs(found.difference) >= matters:
            yield Difference(of=of, found=found)


def _values(outcomes: Outcomes, rows: BoolArray) -> Iterator[tuple[str, FloatArray, float]]:
    """Yield what is compared: the target, or whether it is a class; and the usual loss."""
    target = outcomes.target[rows]
    if outcomes.task == "binary":
        yield str(outcomes.classes[1]), target, MATTERS * float(target.std())
    elif outcomes.task == "regression":
        yield "target", target, MATTERS * float(target.std())
    loss = default_loss(outcomes.task, scored=outcomes.score is not None)
    answer = outcomes.score if loss.reads == "score" else outcomes.prediction
    if answer is not None:
        found = loss.rows(target, answer[rows])
        yield "loss", found, MATTERS * float(found.mean())
