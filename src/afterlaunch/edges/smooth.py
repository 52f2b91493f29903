"""A row's loss smoothed over the rows that are most like it: a single row's loss is mostly luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from afterlaunch.learners.encode import learn_space
from afterlaunch.stats.alike import Alike, mean_of_alike, most_alike

if TYPE_CHECKING:
    from afterlaunch.edges.odd import Odd
    from afterlaunch.edges.source import Source
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

SIMILAR = 50
SCORE_WEIGHT = 2.0  # robust standard deviations: rows with other scores promise other losses


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothed:
    """Mean losses (n,) of the rows most alike, each row itself left out; NaN where none is known.

    `alike` are the neighbours of the rows `places`, as places among these.
    """

    loss: FloatArray
    n_similar: int
    places: IntArray
    alike: Alike


def smooth_loss(source: Source, odd: Odd, loss: FloatArray, *, rng: np.random.Generator) -> Smoothed:
    """Return losses smoothed over the 50 most similar rows with a known loss, within each window."""
    space = learn_space(odd.known, odd.encoder, rng=rng)
    points = np.concatenate([space.place(odd.x), _scores(source)], axis=1)
    smoothed = np.full(len(loss), np.nan)
    known = np.isfinite(loss)
    places, alike = np.zeros(0, dtype=np.int64), Alike(rows=np.zeros((0, 0), np.int64), distance=np.zeros((0, 0)))
    for window in (source.is_reference & ~source.is_current, source.is_current):
        places = np.flatnonzero(window & known)
        if not len(places):
            continue
        alike = most_alike(points[places], SIMILAR, rng=rng)
        smoothed[places] = mean_of_alike(alike, loss[places])
    _fill(smoothed, points, source.is_current & ~known, source.is_current & known, loss)
    _smooth_between(smoothed, points, source.is_between, loss, size=len(places), rng=rng)
    return Smoothed(loss=smoothed, n_similar=min(SIMILAR, max(len(places) - 1, 0)), places=places, alike=alike)


def _smooth_between(  # noqa: PLR0913 - what one way of smoothing needs
    smoothed: FloatArray,
    points: FloatArray,
    between: BoolArray,
    loss: FloatArray,
    *,
    size: int,
    rng: np.random.Generator,
) -> None:
    """Smooth the losses of the rows of neither window among those of a stretch with about `size` labelled rows.

    The more rows there are, the more alike are the nearest: in one piece with all others of a year they would be
    smoothed less than those of a month.
    """
    known = between & np.isfinite(loss)
    places = np.flatnonzero(known)
    if not len(places):
        return
    for part in np.array_split(places, max(1, round(len(places) / max(size, SIMILAR)))):
        smoothed[part] = mean_of_alike(most_alike(points[part], SIMILAR, rng=rng), loss[part])
    _fill(smoothed, points, between & ~known, known, loss)


def _scores(source: Source) -> FloatArray:
    """Return the scores as coordinates, (n, 1) or (n, k); none where there are no scores."""
    score = source.outcomes.score
    answer = source.outcomes.prediction if score is None and source.outcomes.task == "regression" else score
    if answer is None:
        return np.zeros((source.outcomes.n, 0))
    columns = answer[:, None] if answer.ndim == 1 else answer
    spread = np.nanstd(columns, axis=0)
    return SCORE_WEIGHT * np.nan_to_num((columns - np.nanmean(columns, axis=0)) / np.where(spread > 0, spread, 1.0))


def _fill(smoothed: FloatArray, points: FloatArray, asked: BoolArray, known: BoolArray, loss: FloatArray) -> None:
    """Give rows without a label the mean of the labelled rows most alike, where there are enough of these."""
    if not asked.any() or known.sum() < 2 * SIMILAR:
        return
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415 - scikit-learn takes a second to import

    rows = np.flatnonzero(known)
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), 10_000)).astype(np.int64)]
    index: Any = NearestNeighbors(n_neighbors=SIMILAR, algorithm="brute")
    index.fit(points[rows])
    found = np.asarray(index.kneighbors(points[asked], return_distance=False), np.int64)
    smoothed[asked] = loss[rows][found].mean(axis=1)
