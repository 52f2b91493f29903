"""The season that outcomes show: of weekdays or hours, in how often classes come true and in how large losses are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats import Cells, find_season
from afterlaunch.stats.cells import SPECIALS
from afterlaunch.stats.losses import default_loss
from afterlaunch.stats.phase import straddles

if TYPE_CHECKING:
    from afterlaunch.performance.bucketed import Bucketed
    from afterlaunch.profiles.axis import Axis
    from afterlaunch.stats.arrays import FloatArray

HIDDEN = "buckets of {} know no weekday or hour: a window of other hours may differ for that alone"
BINS = 8
MOST_CLASSES = 8


def with_season(axis: Axis, rows: Bucketed) -> tuple[Axis, tuple[str, ...]]:
    """Return the axis with the season that outcomes show, if they show one; a note where its buckets hide it."""
    if axis.every is None or axis.windows.timeless or rows.rows.n == 0:
        return axis, ()
    cells = [_cells(rows, of) for of in (rows.rows.target, _losses(rows))]
    labels, name = find_season(cells, axis.position, axis.starts, axis.ends, zone=axis.zone)
    notes = (HIDDEN.format(axis.every),) if name is None and straddles(axis.starts, axis.ends) else ()
    return replace(axis, season=labels, season_name=name), notes


def _losses(rows: Bucketed) -> FloatArray:
    scored = rows.rows
    loss = default_loss(scored.task, scored=scored.score is not None)
    answer = scored.score if loss.reads == "score" else scored.prediction
    return np.zeros(scored.n) if answer is None else loss.rows(scored.target, answer)


def _cells(rows: Bucketed, of: FloatArray) -> Cells:
    """Return how many rows of each bucket lie in each of a few bins of one number a row."""
    edges = np.unique(np.quantile(of, np.arange(1, BINS) / BINS))
    values = np.unique(of[: 10 * MOST_CLASSES]) if rows.rows.n_classes else np.empty(0)
    place = np.searchsorted(values[1:] if 1 < len(values) <= MOST_CLASSES else edges, of, side="right")
    width = int(place.max()) + 1
    counts = np.bincount(rows.bucket * width + place, minlength=rows.n_buckets * width).reshape(-1, width)
    return Cells(counts=np.hstack([counts, np.zeros((rows.n_buckets, SPECIALS), dtype=np.int64)]), ordered=True)
