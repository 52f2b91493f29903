"""A column's effect over time, beside the band that natural variation alone stays in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.contrasts import step_contrast
from afterlaunch.stats.evidence import growth
from afterlaunch.stats.learnt import Learnt, effect_at, learn
from afterlaunch.stats.noise import Noise, norm
from afterlaunch.stats.placebo import Spread, null, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.cells import Cells, Windows
    from afterlaunch.stats.evidence import PartName


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """The effect of each of S steps (S,), and `natural` (S,): the chance that any undrifted step leaves it is held.

    Both are NaN where a step has no value or is the whole reference, and where the column lacks the part.
    """

    effects: FloatArray
    natural: FloatArray


def bands(
    columns: Sequence[Cells],
    windows: Windows,
    steps: Sequence[IntArray],
    *,
    alarm_rate: float = 0.05,
    part: PartName = "values",
) -> tuple[Bands, ...]:
    """Return each column's effect over `steps` (groups of buckets) against the reference, like for like.

    `natural` is drawn for the maximum over the steps by Bonferroni's inequality: in a quiet column *any* step leaves it
    with chance at most `alarm_rate`. What varies is learnt from `windows`, as in `judge`.

    >>> from afterlaunch.stats import Cells, Windows
    >>> counts = np.random.default_rng(1).multinomial(500, [0.5, 0.5, 0, 0, 0, 0], size=30)
    >>> time = np.arange(30)
    >>> windows = Windows(reference=time[:20], current=time[20:], position=time, season=time * 0)
    >>> found = bands([Cells(counts=counts, ordered=True)], windows, list(time[20:, None]))[0]
    >>> bool((found.effects < found.natural).all())
    True
    """
    nothing = np.full(len(steps), np.nan)
    found = [Bands(effects=nothing, natural=nothing)] * len(columns)
    learnt = learn(columns, windows, part)
    if learnt is None:
        return tuple(found)
    for i, place in enumerate(learnt.evidence.column):
        cells = columns[int(place)]
        values = part == "values"
        column = _Column(cells.values if values else cells.presence, values and cells.ordered, learnt, i)
        found[int(place)] = _bands(column, windows, steps, alarm_rate)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Column:
    counts: FloatArray
    ordered: bool
    learnt: Learnt
    index: int


def _bands(column: _Column, windows: Windows, steps: Sequence[IntArray], alarm_rate: float) -> Bands:
    n = column.counts.sum(axis=1)
    kept = _in_time(windows.position, n)
    contrasts = np.stack([step_contrast(n, _against(windows, step)) for step in steps])[:, kept]
    known = np.abs(contrasts).max(axis=1) > 1e-12
    effects, natural = np.full(len(steps), np.nan), np.full(len(steps), np.nan)
    if known.any():
        moved = contrasts[known] @ (column.counts[kept] / n[kept, None])
        effects[known] = norm(moved, ordered=np.array(column.ordered))
        place = windows.position[kept].astype(np.float64)
        vary = spread(contrasts[known], n[kept], place, column.learnt.evidence.volume[column.index])
        grown = vary.grown(_growth(column, [step for step, one in zip(steps, known, strict=True) if one], moved))
        natural[known] = _natural(column, grown, alarm_rate / len(steps))
    return Bands(effects=effects, natural=natural)


def _in_time(position: IntArray, n: FloatArray) -> IntArray:
    order = np.argsort(position, kind="stable")
    return order[n[order] > 0]


def _growth(column: _Column, steps: Sequence[IntArray], moved: FloatArray) -> FloatArray:
    """Return how much more (S,) buckets may vary at each step's shares, which `moved` (S, k) from the reference."""
    rows = np.stack([column.counts[step].sum(axis=0) for step in steps])
    after = rows / rows.sum(axis=1, keepdims=True)
    return growth(np.maximum(after - moved, 0), after, np.full(len(steps), column.ordered))


def _natural(column: _Column, vary: Spread, chance: float) -> FloatArray:
    """Return the effect that natural variation exceeds with `chance` at each contrast whose spread is in `vary` (S)."""
    evidence, rows = column.learnt.evidence, np.full(len(vary.sampling), column.index)
    constants = Noise(mean=evidence.noise.mean[rows], shape=evidence.noise.shape[rows], rate=evidence.noise.rate[rows])
    law = null(column.learnt.weights[rows], vary, constants)
    return effect_at(law, chance * column.learnt.raising[rows], evidence.unit[rows])


def _against(windows: Windows, step: IntArray) -> Windows:
    return replace(windows, current=step)
