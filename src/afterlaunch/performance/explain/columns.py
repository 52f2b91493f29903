"""The covariate part, shared among columns: what each adds when rows turn from the one kind into the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from afterlaunch.performance.explain.payload import ColumnPart

if TYPE_CHECKING:
    from collections.abc import Callable

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
        _turn(ground.x, *gone, split.expected.expect_before, rng),
        _turn(ground.x, *new, split.expected.expect_after, rng),
    ]
    change: FloatArray = steps[0].mean(axis=0) + steps[1].mean(axis=0)
    blocks = ground.clock.bucket
    variance = sum(
        (_variance(step, [blocks[rows] for rows in pair]) for step, pair in zip(steps, (gone, new), strict=True)),
        start=np.zeros(n_columns),
    )
    reach: FloatArray = np.sqrt(variance) * float(stdtrit(max(len(np.unique(blocks)) - 2, 3), (1 + LEVEL) / 2))
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
    """Return what each column (m, p) changes as rows `start` (m,) turn into rows `end` (m,)."""
    m, p = len(start), x.shape[1]
    orders = np.argsort(rng.random((m, p)), axis=1)
    steps = np.zeros((m, p))
    for order in (orders, orders[:, ::-1]):
        rows = x[start].copy()
        level = expect(rows)
        for step in range(p):
            column = order[:, step]
            rows[np.arange(m), column] = x[end, column]
            after = expect(rows)
            steps[np.arange(m), column] += (after - level) / 2
            level = after
    return steps


def _variance(steps: FloatArray, blocks: list[IntArray]) -> FloatArray:
    """Return the variance (p,) of the mean steps: rows of one stretch of time are alike, on either side of a pair."""
    total = np.zeros(steps.shape[1])
    for block in blocks:
        place = np.unique(block, return_inverse=True)[1]
        n = int(place.max()) + 1
        if n < MIN_BLOCKS:  # too few to compare: rows count as independent
            total += steps.var(axis=0, ddof=1) / len(steps)
            continue
        centred = steps - steps.mean(axis=0)
        sums = np.stack([np.bincount(place, column, n) for column in centred.T], axis=1)
        total += (sums**2).sum(axis=0) * n / (n - 1) / len(steps) ** 2
    return total
