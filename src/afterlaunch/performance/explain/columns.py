"""The covariate part, shared among columns: what each adds when rows turn from the one kind into the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from afterlaunch.performance.explain.payload import ColumnPart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afterlaunch.performance.explain.ground import Ground
    from afterlaunch.performance.explain.parts import Split
    from afterlaunch.stats.arrays import FloatArray, IntArray

MOST_PAIRS = 1_500
CELLS = 60_000  # pairs times columns, at most
LEVEL = 0.95
MIN_BLOCKS = 4
WORDS = (
    "By column: Shapley values. Rows are paired at random and turned into each other column by column, in drawn "
    "orders; each column gets the mean change of the expected loss. Columns that go together share what they do."
)


def share_among_columns(ground: Ground, split: Split, *, rng: np.random.Generator) -> tuple[ColumnPart, ...]:
    """Return what each column adds to the covariate part, the largest first, and what the models do not place.

    Pairs of a reference row and a shared one count at the reference's expected loss, pairs of a shared and a current
    row at the current one. A pair's columns are turned one after the other, in a drawn order and in its reverse:
    Shapley values by sampling (Štrumbelj & Kononenko 2014, *Explaining prediction models and individual predictions
    with feature contributions*). With the rest they add up to the part exactly.
    """
    if split.thin:
        return ()
    n_columns = ground.x.shape[1]
    n_pairs = max(min(MOST_PAIRS, CELLS // n_columns), 100)
    reference, current = np.flatnonzero(~ground.is_current), np.flatnonzero(ground.is_current)
    gone = (rng.choice(reference, n_pairs), _shared(split, reference, current, n_pairs, rng))
    new = (_shared(split, reference, current, n_pairs, rng), rng.choice(current, n_pairs))
    steps = [
        _turn(ground.coarse, *gone, split.expected.expect_before, rng),
        _turn(ground.coarse, *new, split.expected.expect_after, rng),
    ]
    change: FloatArray = sum((one.mean(axis=(0, 1)) for one in steps), start=np.zeros(n_columns))
    blocks = ground.clock.bucket
    noises = [
        noise
        for one, pair in zip(steps, (gone, new), strict=True)
        for noise in (_of_rows(one.mean(axis=0), [blocks[rows] for rows in pair]), _of_models(one.mean(axis=1)))
    ]
    reach = _reach(noises)
    found = [
        ColumnPart(column=name, change=float(value), low=float(value - far), high=float(value + far))
        for name, value, far in zip(ground.names, change, reach, strict=True)
    ]
    rest = split.features.covariate.value - float(np.sum(change))
    ordered = sorted(found, key=lambda one: -abs(one.change))
    return (*ordered, ColumnPart(column=None, change=rest, low=None, high=None))


def _shared(split: Split, reference: IntArray, current: IntArray, n: int, rng: np.random.Generator) -> IntArray:
    """Return rows that both windows have: half from the reference, half current ones, by their weights."""
    before, after = split.chance[reference], 1 - split.chance[current]
    return np.concatenate(
        [
            rng.choice(reference, n // 2, p=before / before.sum()),
            rng.choice(current, n - n // 2, p=after / after.sum()),
        ]
    )


def _turn(
    x: FloatArray, start: IntArray, end: IntArray, expect: Callable[[FloatArray], FloatArray], rng: np.random.Generator
) -> FloatArray:
    """Return what each column (k, m, p) changes as rows `start` (m,) turn into rows `end` (m,), by each of k models."""
    m, p = len(start), x.shape[1]
    orders = np.argsort(rng.random((m, p)), axis=1)
    first = expect(x[start])
    steps = np.zeros((len(first), m, p))
    for order in (orders, orders[:, ::-1]):
        rows, level = x[start].copy(), first
        for step in range(p):
            column = order[:, step]
            rows[np.arange(m), column] = x[end, column]
            after = expect(rows)
            steps[:, np.arange(m), column] += (after - level) / 2
            level = after
    return steps


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noise:
    """A variance (p,) and how many degrees of freedom it was told from."""

    variance: FloatArray
    free: int


def _reach(noises: Sequence[_Noise]) -> FloatArray:
    """Return how far (p,) a 95 % interval reaches, by Satterthwaite's degrees of freedom."""
    total: FloatArray = sum((one.variance for one in noises), start=np.zeros(len(noises[0].variance)))
    spread = sum((one.variance**2 / one.free for one in noises), start=np.zeros(len(total)))
    free = np.divide(total**2, spread, out=np.full(len(total), 3.0), where=spread > 0)
    return np.sqrt(total) * np.asarray(stdtrit(np.maximum(free, 3.0), (1 + LEVEL) / 2), np.float64)


def _of_models(value: FloatArray) -> _Noise:
    """Return what the models (k, p) add: each lacks another stretch of time, a jackknife by groups."""
    k = len(value)
    spread = ((value - value.mean(axis=0)) ** 2).sum(axis=0)
    return _Noise(variance=spread * (k - 1) / k, free=max(k - 1, 1))


def _of_rows(steps: FloatArray, blocks: list[IntArray]) -> _Noise:
    """Return what the pairs' rows (m, p) add: rows of one stretch of time are alike, on either side of a pair."""
    total = np.zeros(steps.shape[1])
    free = len(steps) - 1
    for block in blocks:
        place = np.unique(block, return_inverse=True)[1]
        n = int(place.max()) + 1
        if n < MIN_BLOCKS:  # too few to compare: rows count as independent
            total += steps.var(axis=0, ddof=1) / len(steps)
            continue
        centred = steps - steps.mean(axis=0)
        sums = np.stack([np.bincount(place, column, n) for column in centred.T], axis=1)
        total += (sums**2).sum(axis=0) * n / (n - 1) / len(steps) ** 2
        free = min(free, n - 1)
    return _Noise(variance=total, free=free)
