"""How sure a group's effect is when the days it was measured on wander: restless days widen its interval.

The group's excess by block of time is a series. Its cosines orthogonal to the windows' means hold no lasting effect;
they tell how blocks vary beyond the sampling noise of their rows, and for how long (`contrasts`, `placebo`). The same
model gives the variance of the series' mean over the judged blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.cells import Windows
from afterlaunch.stats.contrasts import design
from afterlaunch.stats.noise import Noise
from afterlaunch.stats.placebo import GRID_RHO, Null, Spread, log_likelihood, null, pooled_posterior, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

LONGEST = 0.95  # correlation of one block with the next: what lasts longer is the window's own level, not chance
PASSING = 0.7  # the same of a single window's level: blocks so alike pass within weeks, and slower ones are its level
RULED_OUT = -1e300  # a log likelihood
LEAST = 1e-6  # of the mean square of a series, its blocks' sampling variance at least
MIN_PLACEBOS = 6  # fewer cannot tell restless days from quiet ones
FULL_STRENGTH = 14  # from here on the level need not be guarded
CAUTION = 0.6  # p-values are divided by this


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A group's excess over elsewhere by block (d,), its sampling variance, and the weight of each block judged.

    `weight` (d,) sums to 1 over the judged blocks. `window` (d,) numbers the windows,
    whose means may differ; `position` (d,) is the place of each block on the grid of time. Blocks that `teaches` (d,)
    marks tell how blocks vary, where they are enough: a change inside the judged window is no restlessness.
    """

    excess: FloatArray
    sampling: FloatArray
    weight: FloatArray
    position: IntArray
    window: IntArray
    teaches: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """How far each of g effects may lie from what lasts: `null` of their squares in units of `scale` (g,).

    `caution` (g,) multiplies chances, infinite where nothing can be told.
    """

    null: Null
    scale: FloatArray
    caution: FloatArray

    def pvalue(self, effect: FloatArray) -> FloatArray:
        """Return the chance (g,) of effects this high or higher where none lasts; NaN where it cannot be told."""
        two_sided = self.null.exceed(effect**2 / self.scale)
        one_sided = np.where(effect > 0, two_sided / 2, 1 - two_sided / 2)
        told = np.isfinite(self.caution)
        return np.where(told, np.minimum(one_sided * np.where(told, self.caution, 1.0), 1.0), np.nan)

    def reach(self, level: float) -> FloatArray:
        """Return how far (g,) an effect's interval reaches to either side; NaN where it cannot be told."""
        told = np.isfinite(self.caution)
        chance = (1 - level) / np.where(told, self.caution, 1.0)
        return np.where(told, np.sqrt(self.null.quantile(chance) * self.scale), np.nan)


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """Where n rows lie: `block` (n,) numbers stretches of time, `window` (n,) the windows they are cut into.

    `teacher` is the window, if any, that tells how blocks vary: the reference.
    """

    block: IntArray
    window: IntArray
    teacher: int | None = None

    @cached_property
    def length(self) -> int:
        """How many blocks a window may have."""
        return int(self.block.max(initial=-1)) + 1

    @cached_property
    def place(self) -> IntArray:
        """The place (n,) of each row's window and block among all of them."""
        return self.window * self.length + self.block


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tally:
    """Rows, mean, and variance within blocks by window, for every window and block (w, b)."""

    n: FloatArray
    mean: FloatArray
    variance: FloatArray


def series_of(
    inside: BoolArray, value: FloatArray, blocks: Blocks, *, judged: int, alone: bool = False
) -> Series | None:
    """Return a group's series: rows `inside` (n,) of `value` (n,), judged on one window.

    A block's excess is its mean inside less its mean elsewhere; `alone`, its mean inside. Blocks weigh by their rows
    inside. None where the judged window lacks a block with rows inside and elsewhere.
    """
    one = _tally(inside, value, blocks)
    used = one.n > 0
    if alone:
        weight = _shares(one.n)
        excess, sampling = one.mean, np.divide(one.variance, one.n, out=np.zeros(one.n.shape), where=used)
    else:
        other = _tally(~inside, value, blocks)
        used &= other.n > 0
        weight, excess = _shares(np.where(used, one.n, 0.0)), one.mean - other.mean
        with np.errstate(divide="ignore", invalid="ignore"):
            sampling = one.variance / one.n + other.variance / other.n
    window, block = np.nonzero(used)
    if judged not in window:
        return None
    return Series(
        excess=excess[used],
        sampling=sampling[used],
        weight=np.where(window == judged, weight[used], 0.0),
        position=block,
        window=window,
        teaches=np.ones(len(window), np.bool_) if blocks.teacher is None else window == blocks.teacher,
    )


def _tally(which: BoolArray, value: FloatArray, blocks: Blocks) -> _Tally:
    n_windows = int(blocks.window.max(initial=0)) + 1
    size, shape = n_windows * blocks.length, (n_windows, blocks.length)
    place, values = blocks.place[which], value[which]
    n = np.bincount(place, minlength=size).astype(np.float64).reshape(shape)
    total = np.bincount(place, weights=values, minlength=size).reshape(shape)
    squares = np.bincount(place, weights=values * values, minlength=size).reshape(shape)
    mean = np.divide(total, n, out=np.zeros(shape), where=n > 0)
    freedom = np.maximum(n.sum(axis=1) - (n > 0).sum(axis=1), 1)
    within = np.maximum((squares - mean * total).sum(axis=1), 0.0) / freedom
    return _Tally(n=n, mean=mean, variance=np.repeat(within[:, None], blocks.length, axis=1))


def _shares(n: FloatArray) -> FloatArray:
    total = n.sum(axis=1, keepdims=True)
    return np.divide(n, total, out=np.zeros(n.shape), where=total > 0)


def laws(series: Sequence[Series], *, longest: float = LONGEST) -> Law:
    """Return how far each group's effect may lie from what lasts; groups lend each other what they learnt.

    What persists with more than a correlation of `longest` from one block to the next counts as lasting.
    """
    evidence = [_evidence(one, longest) for one in series]
    noise = Noise(mean=np.ones(len(series)), shape=np.ones(len(series)), rate=np.ones(len(series)))
    weights = pooled_posterior(np.stack([one.log_likelihood for one in evidence]))
    level = Spread(
        sampling=np.array([float(one.level.sampling) for one in evidence]),
        between=np.stack([one.level.between for one in evidence]),
    )
    caution = np.array([_caution(one.available) for one in evidence])
    scale = np.array([one.scale for one in evidence])
    return Law(null=null(weights, level, noise), scale=scale, caution=caution)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    log_likelihood: FloatArray  # (G,)
    level: Spread
    scale: float
    available: int


def _evidence(series: Series, longest: float) -> _Evidence:
    """Return what a series' placebos say, in units of one usual block's sampling noise."""
    least = LEAST * float(np.mean(series.excess**2)) or 1.0  # rows that never vary within a block
    sampling = np.maximum(series.sampling, least)
    scale = float(np.median(sampling))
    d = len(sampling)
    windows = Windows(
        reference=np.flatnonzero(series.teaches),
        current=np.flatnonzero(~series.teaches),
        position=series.position,
        season=series.window,
    )
    plan = design(windows, np.ones(d, dtype=np.bool_))
    order, volume = plan.used, (scale / sampling)[plan.used]
    one = np.ones((1, 1))
    placebos = spread(plan.placebos[None], volume[None, None], plan.position, one)
    sizes = (plan.placebos @ series.excess[order]) ** 2 / scale
    noise = Noise(mean=np.ones(1), shape=np.ones(1), rate=np.ones(1))
    return _Evidence(
        log_likelihood=np.where(longest >= GRID_RHO, log_likelihood(sizes[None], placebos, noise)[0], RULED_OUT),
        level=spread(series.weight[order], volume, plan.position, np.ones(1)),
        scale=scale,
        available=plan.available,
    )


def _caution(available: int) -> float:
    if available < MIN_PLACEBOS:
        return np.inf
    return max((FULL_STRENGTH / available) ** 2, 1.0) / CAUTION
