"""What each bucket adds to the metrics: counts and sums from which the value of any window can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.encode import encode_counts
from afterlaunch.performance.payload import Sums
from afterlaunch.stats.losses import absolute_rows, brier_rows, log_loss_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.performance.bucketed import Bucketed
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray, IntArray

CELLS = 32  # of scores, equally many rows in each
MOST_CLASSES = 12  # whose confusion is counted
MOST_SCORED = 5  # whose scores are counted
DIGITS = 6


def make_sums(rows: Bucketed, segment: str | None) -> Sums:
    """Return what each bucket of one segment adds up to."""
    scored = rows.rows
    confusion = _confusion(rows)
    cells: list[tuple[float, ...]] = []
    counts = [confusion] if confusion is not None else []
    for one in _scored_classes(scored):
        means, found = _score_cells(rows, one)
        cells.append(means)
        counts.append(found)
    totals = {name: rows.sums(of, slice(None)) for name, of in _totals(scored)}
    return Sums(
        segment=segment,
        n_confusion=0 if confusion is None else scored.n_classes,
        n_scored=len(cells),
        cells=tuple(cells),
        counts=encode_counts([np.hstack(counts)]) if counts else "",
        totals=tuple(totals),
        by_bucket=tuple(tuple(_rounded(of)) for of in totals.values()),
    )


def _confusion(rows: Bucketed) -> IntArray | None:
    scored, k = rows.rows, rows.rows.n_classes
    if scored.prediction is None or not 0 < k <= MOST_CLASSES:
        return None
    cell = (rows.bucket * k + scored.target.astype(np.int64)) * k + scored.prediction.astype(np.int64)
    return np.bincount(cell, minlength=rows.n_buckets * k * k).reshape(rows.n_buckets, k * k)


def _scored_classes(scored: Scored) -> list[Scored]:
    if scored.score is None or scored.n == 0:
        return []
    if scored.n_classes == 2:
        return [scored]
    return [scored.against_rest(place) for place in range(scored.n_classes)] if scored.n_classes <= MOST_SCORED else []


def _score_cells(rows: Bucketed, one: Scored) -> tuple[tuple[float, ...], IntArray]:
    """Return the mean score of each cell, and of each bucket the rows of the class and the others in each cell."""
    score = one.score if one.score is not None else np.zeros(one.n)
    edges = np.unique(np.quantile(score, np.arange(1, CELLS) / CELLS))
    place = np.searchsorted(edges, score, side="right")
    n = len(edges) + 1
    size = np.bincount(place, minlength=n)
    means = np.bincount(place, score, n) / np.maximum(size, 1)
    means = np.where(size > 0, means, np.append(edges, 1.0))
    cell = (rows.bucket * 2 + (one.target != 1)) * n + place
    counts = np.bincount(cell, minlength=rows.n_buckets * 2 * n).reshape(rows.n_buckets, 2 * n)
    return tuple(_rounded(means)), counts


def _totals(scored: Scored) -> Iterator[tuple[str, FloatArray]]:
    if scored.task != "regression":
        if scored.score is not None:
            yield "log_loss", log_loss_rows(scored.target, scored.score)
            yield "brier", brier_rows(scored.target, scored.score)
        return
    prediction = scored.prediction if scored.prediction is not None else scored.target
    error = absolute_rows(scored.target, prediction)
    yield "error", prediction - scored.target
    yield "absolute", error
    yield "squared", error**2
    yield "target", scored.target
    yield "target_squared", scored.target**2
    if (scored.target != 0).all():
        yield "percentage", error / np.abs(scored.target)


def _rounded(numbers: FloatArray) -> list[float]:
    return [float(f"{one:.{DIGITS}g}") for one in numbers.tolist()]
