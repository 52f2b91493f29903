"""Counts by bucket of time, from which the page makes the groups and the effects of any window.

They add up: the cells of a window are those of its buckets. `js/src/panels/edge_cases/counts.ts` reads what is written
here, and the functions that make a window of it exist in both, held equal by golden vectors.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.edges.groups import FEW, pool_few
from afterlaunch.edges.payload import Cells
from afterlaunch.encode import decode_counts, encode_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.edges.groups import Axes
    from afterlaunch.edges.payload import Density, EdgeCasePayload, Series
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

STEPS = 100  # of summed losses in one step of the density's loss axis
CLASSES = (0.9, 0.99)  # outlier shares between which cells of one loss share their mean loss
MOST_LETTERS = 280_000  # of a payload, the counts of all rows and of the slices included


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """All n rows: the bucket and the cell of each, its loss (NaN where unknown), and whether it has a place at all."""

    bucket: IntArray
    cell: IntArray
    loss: FloatArray
    known: BoolArray
    n_buckets: int

    def count(self, which: BoolArray, axes: Axes) -> str:
        """Return the counts of some rows as text.

        By bucket the number of its cells that have rows; of each cell how far it lies from the one before in its
        bucket, its rows, and those of them without a label. Then the summed losses by bucket, class of oddness and
        loss cell, where there are labelled rows, in steps of a hundredth of a loss cell; those of fewer than 20 rows
        are pooled, so that the loss of a single row cannot be read off.
        """
        rows = np.flatnonzero(which & self.known)
        size = axes.odd_edges.size * axes.loss_edges.size
        place, of_row = np.unique(self.bucket[rows] * size + self.cell[rows], return_inverse=True)
        labelled = np.isfinite(self.loss[rows])
        n = np.bincount(of_row, minlength=len(place))
        n_labelled = np.bincount(of_row[labelled], minlength=len(place))
        bucket, cell = place // size, place % size
        first = np.append(True, bucket[1:] != bucket[:-1])[: len(place)]
        gap = np.where(first, cell, cell - np.append(0, cell[:-1])[: len(place)])
        block = _blocks(bucket, cell, axes.odd_edges, axes.loss_edges)
        block_n = np.bincount(block, weights=n_labelled).astype(np.int64)
        total = np.bincount(block[of_row[labelled]], weights=self.loss[rows][labelled], minlength=len(block_n))
        there, width = block_n > 0, (len(CLASSES) + 1) * axes.loss_edges.size
        pooled = _pooled(total[there].astype(np.float64), block_n[there], np.flatnonzero(there) // width)
        per_bucket = np.bincount(bucket, minlength=self.n_buckets)
        steps = np.rint(pooled * STEPS / axes.loss_edges[1]).astype(np.int64)
        return encode_counts([np.array([len(place)]), per_bucket, gap, n, n - n_labelled, steps])


def _pooled(total: FloatArray, n: IntArray, bucket: IntArray) -> FloatArray:
    """Return sums (b,) with those of few rows pooled within their bucket; buckets with too few in all share theirs."""
    few = n < FEW
    rows = np.bincount(bucket[few], weights=n[few], minlength=int(bucket.max(initial=0)) + 1)
    alone = rows >= FEW
    home = np.where(alone[bucket], bucket, -1)
    if rows[~alone].sum() < FEW and alone.any():
        home[home < 0] = np.flatnonzero(alone)[-1]
    shared = total.copy()
    for one in np.unique(home[few]).tolist():
        members = few & (home == one)
        shared[members] = pool_few(total[members], n[members])
    return shared


def cells_between(counts: str, density: Density, n_buckets: int, window: tuple[int, int]) -> Cells:
    """Return the cells of a half-open range of buckets."""
    odd_edges, loss_edges = np.array(density.odd_edges), np.array(density.loss_edges)
    size = len(odd_edges) * len(loss_edges)
    (flat,) = decode_counts(counts, [0])
    n_places = int(flat[0])
    ends = np.cumsum([1, n_buckets, n_places, n_places, n_places])
    per_bucket, gap, n, unlabelled, steps = np.split(flat[1:], ends[1:] - 1)
    bucket = np.repeat(np.arange(n_buckets), per_bucket)
    along = np.cumsum(gap)
    before = np.repeat(np.append(0, along)[np.cumsum(per_bucket) - per_bucket], per_bucket)
    cell, n_labelled = along - before, n - unlabelled
    block = _blocks(bucket, cell, odd_edges, loss_edges)
    block_n = np.bincount(block, weights=n_labelled)
    total = np.zeros(len(block_n))
    total[block_n > 0] = steps * (loss_edges[1] / STEPS)
    mean = np.divide(total, block_n, out=np.zeros(len(total)), where=block_n > 0)
    inside = (bucket >= window[0]) & (bucket < window[1])
    sums = [
        np.bincount(cell[inside], weights=one[inside], minlength=size)
        for one in (n, n_labelled, mean[block] * n_labelled)
    ]
    found = np.flatnonzero(sums[0])
    return Cells(
        cell=tuple(found.tolist()),
        n=tuple(sums[0][found].astype(np.int64).tolist()),
        n_labelled=tuple(sums[1][found].astype(np.int64).tolist()),
        loss=tuple(sums[2][found].tolist()),
    )


def _blocks(bucket: IntArray, cell: IntArray, odd_edges: FloatArray, loss_edges: FloatArray) -> IntArray:
    """Return the block of each cell of a bucket: cells of one class of oddness and one loss share a mean loss."""
    kind = np.searchsorted(np.array(CLASSES) - 1e-9, odd_edges, side="right")
    width = len(loss_edges)
    return (bucket * (len(CLASSES) + 1) + kind[cell // width]) * width + cell % width


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A slice against all other rows of a window: its rows with a loss, both means, and their difference."""

    n: int
    mean: float | None
    elsewhere: float | None
    effect: float | None


def contrast_between(whole: Series, part: Series, window: tuple[int, int]) -> Contrast:
    """Return how much worse a slice does than the other rows of a half-open range of buckets."""
    all_n, all_sum = _sums(whole, window)
    n, total = _sums(part, window)
    mean = total / n if n else None
    elsewhere = (all_sum - total) / (all_n - n) if all_n > n else None
    effect = None if mean is None or elsewhere is None else mean - elsewhere
    return Contrast(n=n, mean=mean, elsewhere=elsewhere, effect=effect)


def _sums(series: Series, window: tuple[int, int]) -> tuple[int, float]:
    inside = slice(*window)
    return sum(series.compared_n[inside]), sum(series.compared[inside])


def with_counts(payload: EdgeCasePayload, texts: Sequence[str]) -> EdgeCasePayload:
    """Return the payload with the counts of all rows and of its slices, the first ones that there is room for."""
    room = MOST_LETTERS - len(json.dumps(asdict(payload), ensure_ascii=False, separators=(",", ":")))
    kept: list[str | None] = []
    for text in texts:
        room -= len(text)
        kept.append(text if room >= 0 else None)
    slices = tuple(replace(one, counts=text) for one, text in zip(payload.slices, kept[1:], strict=True))
    return replace(payload, density=replace(payload.density, counts=kept[0]), slices=slices)
