"""How much higher a value is in a group of rows than elsewhere, where the rows of one block of time are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

LEVEL = 0.95
MIN_BLOCKS = 4.0  # effective, of the group: fewer give no usable spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The mean inside a group of `n` rows, elsewhere, and their difference with its interval.

    `spread` is the standard error, with `freedom` degrees; `n_blocks` is the effective number of blocks that the group
    lies in (rows, without blocks). `low`, `high` and `pvalue` (one-sided, against "no higher") are None where the
    group lies in too few blocks to tell.
    """

    n: int
    mean: float | None
    elsewhere: float | None
    effect: float | None
    spread: float | None
    freedom: float
    n_blocks: float
    low: float | None
    high: float | None
    pvalue: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Rows and sums of a value by group and block: (g, b) inside the groups, (b,) in all rows."""

    n: FloatArray
    total: FloatArray
    n_all: FloatArray
    total_all: FloatArray


def effect_of(inside: BoolArray, value: FloatArray, block: IntArray | None) -> Effect:
    """Return how much higher `value` (n,) is on the rows `inside` (n,) than on the others.

    `block` (n,) numbers the stretch of time of each row from 0 on; the spread is that of leaving out one block after
    the other. Without blocks, rows are taken as independent (Welch 1947).
    """
    n, rest = int(inside.sum()), int((~inside).sum())
    if n == 0 or rest == 0:
        mean = float(value[inside].mean()) if n else None
        elsewhere = float(value[~inside].mean()) if rest else None
        return _effect(n, mean, elsewhere, spread=None, freedom=0.0, n_blocks=0.0)
    mean, elsewhere = float(value[inside].mean()), float(value[~inside].mean())
    if block is None:
        spread, freedom = _welch(value[inside], value[~inside])
        return _effect(n, mean, elsewhere, spread=spread, freedom=freedom, n_blocks=float(n))
    spreads, n_blocks = jackknife(block_sums([np.flatnonzero(inside)], value, block))
    spread = float(spreads[0]) if n_blocks[0] >= MIN_BLOCKS else None
    return _effect(n, mean, elsewhere, spread=spread, freedom=float(n_blocks[0]) - 1, n_blocks=float(n_blocks[0]))


def level_of(inside: BoolArray, value: FloatArray, block: IntArray | None) -> Effect:
    """Return the mean of `value` (n,) on the rows `inside` (n,) as an effect against nothing, with its interval."""
    here = value[inside]
    n, mean = len(here), float(here.mean()) if len(here) else None
    if mean is None or n < 2:
        return _effect(n, mean, 0.0, spread=None, freedom=0.0, n_blocks=0.0)
    if block is None:
        return _effect(n, mean, 0.0, spread=float(here.std(ddof=1)) / n**0.5, freedom=n - 1, n_blocks=float(n))
    place = np.unique(block[inside], return_inverse=True)[1]
    by_block, total = np.bincount(place).astype(np.float64), np.bincount(place, weights=here)
    n_blocks = n**2 / float(by_block @ by_block)
    if len(by_block) < 2 or n_blocks < MIN_BLOCKS:
        return _effect(n, mean, 0.0, spread=None, freedom=0.0, n_blocks=n_blocks)
    left_out = (here.sum() - total) / (n - by_block)
    b = len(by_block)
    spread = float(np.sqrt((b - 1) / b * ((left_out - left_out.mean()) ** 2).sum()))
    return _effect(n, mean, 0.0, spread=spread, freedom=n_blocks - 1, n_blocks=n_blocks)


def block_sums(groups: list[IntArray], value: FloatArray, block: IntArray) -> Sums:
    """Return rows and sums by block of groups given as row numbers."""
    n_blocks = int(block.max(initial=-1)) + 1
    n, total = np.zeros((len(groups), n_blocks)), np.zeros((len(groups), n_blocks))
    for place, rows in enumerate(groups):
        n[place] = np.bincount(block[rows], minlength=n_blocks)
        total[place] = np.bincount(block[rows], weights=value[rows], minlength=n_blocks)
    return Sums(
        n=n,
        total=total,
        n_all=np.bincount(block, minlength=n_blocks).astype(np.float64),
        total_all=np.bincount(block, weights=value, minlength=n_blocks).astype(np.float64),
    )


def jackknife(sums: Sums) -> tuple[FloatArray, FloatArray]:
    """Return the standard error (g,) of mean inside less mean elsewhere, and the effective number of blocks (g,).

    The effective number is (sum n)² / sum n² of a group's rows by block. Leaving out one block at a time errs on the
    wide side where blocks are few and unequal (Cameron & Miller 2015, *A practitioner's guide to cluster-robust
    inference*, section VI). A group in one block alone has no spread: infinity.
    """
    used = sums.n_all > 0
    n, total = sums.n[:, used], sums.total[:, used]
    rest, rest_total = sums.n_all[used] - n, sums.total_all[used] - total
    n_left = n.sum(axis=1, keepdims=True) - n
    rest_left = rest.sum(axis=1, keepdims=True) - rest
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = (total.sum(axis=1, keepdims=True) - total) / n_left
        outside = (rest_total.sum(axis=1, keepdims=True) - rest_total) / rest_left
        left_out = inside - outside
        n_blocks = n.sum(axis=1) ** 2 / (n**2).sum(axis=1)
    b = left_out.shape[1]
    apart = left_out - left_out.mean(axis=1, keepdims=True)
    spread = np.sqrt((b - 1) / max(b, 1) * (apart**2).sum(axis=1))
    return np.where(np.isfinite(spread), spread, np.inf), np.nan_to_num(n_blocks)


def _welch(inside: FloatArray, outside: FloatArray) -> tuple[float | None, float]:
    if min(len(inside), len(outside)) < 2:
        return None, 0.0
    parts = [float(side.var(ddof=1)) / len(side) for side in (inside, outside)]
    variance = sum(parts)
    if variance == 0:
        return None, 0.0
    weights = [part**2 / (len(side) - 1) for part, side in zip(parts, (inside, outside), strict=True)]
    return float(np.sqrt(variance)), variance**2 / sum(weights)


def _effect(  # noqa: PLR0913 - the numbers that an effect is made of
    n: int, mean: float | None, elsewhere: float | None, *, spread: float | None, freedom: float, n_blocks: float
) -> Effect:
    effect = None if mean is None or elsewhere is None else mean - elsewhere
    low = high = pvalue = None
    if effect is not None and spread is not None and np.isfinite(spread):
        reach = spread * float(stdtrit(freedom, (1 + LEVEL) / 2))
        low, high = effect - reach, effect + reach
        pvalue = float(stdtr(freedom, -effect / spread)) if spread > 0 else float(effect <= 0)
    return Effect(
        n=n,
        mean=mean,
        elsewhere=elsewhere,
        effect=effect,
        spread=spread,
        freedom=freedom,
        n_blocks=n_blocks,
        low=low,
        high=high,
        pvalue=pvalue,
    )
