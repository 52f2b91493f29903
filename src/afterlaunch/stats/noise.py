"""How large the norm of pure sampling noise is: three constants for each column and norm.

The shares of n rows differ from the truth by noise with covariance (diag p - p p') / n. The moments of its norm have no
closed form at uneven bins; they are averaged over a fixed set of normal draws, so that every platform has the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray

N_DRAWS = 512
NOTHING = 1e-12  # stands for the noise of a column whose rows all share one cell
SALT = 0x48E067D0  # chosen so that the constants at 32 equal bins are right to .3 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Of one row's squared noise norm: `mean`, `shape` = 2 mean² / variance, `rate` of the tail; each (C,).

    `rate` is the largest variance of a linear functional below the norm, divided by the mean: it fixes how fast the
    tail falls. It is at least 1 / `shape`, as for every sum of squares.
    """

    mean: FloatArray
    shape: FloatArray
    rate: FloatArray


def norm(gap: FloatArray, *, ordered: BoolArray) -> FloatArray:
    """Return the effect of share differences (..., k): largest cumulative gap if ordered, total variation if not."""
    if ordered.all():
        return _largest_gap(gap)
    return np.where(ordered, _largest_gap(gap), _moved(gap)) if ordered.any() else _moved(gap)


def _largest_gap(gap: FloatArray) -> FloatArray:
    return np.abs(np.cumsum(gap, axis=-1)).max(axis=-1, initial=0.0)


def _moved(gap: FloatArray) -> FloatArray:
    return np.abs(gap).sum(axis=-1) / 2


def noise(p: FloatArray, ordered: BoolArray, rare: FloatArray) -> Noise:
    """Return the constants of columns with shares `p` (C, k), padded with zeros to a common k.

    A few rows of a rare kind are skewed, which squared normal noise is not: no column is taken to vary by less than a
    flag on a share `rare` (C,) of its rows.
    """
    draws = normal_draws(p.shape[-1])
    root = np.sqrt(p)
    mean, variance = np.empty(len(p)), np.empty(len(p))
    for i in range(len(p)):
        spread = draws * root[i]
        squared = norm(spread - p[i] * spread.sum(axis=-1, keepdims=True), ordered=ordered[i]) ** 2
        mean[i] = squared.mean()
        variance[i] = (squared**2).mean() - mean[i] ** 2
    flag = np.maximum(rare * (1 - rare), NOTHING)
    skewed = mean < flag
    mean = np.maximum(mean, flag)
    shape = np.where(skewed, 1.0, 2 * mean**2 / np.maximum(variance, NOTHING**2))
    return Noise(mean=mean, shape=shape, rate=np.clip(largest_variance(p, ordered) / mean, 1 / shape, 1.0))


def largest_variance(p: FloatArray, ordered: BoolArray) -> FloatArray:
    """Return the largest variance (C,) of a linear functional below the norm, for one row of shares `p` (C, k)."""
    cumulative = np.cumsum(p, axis=-1)
    return np.where(ordered, (cumulative * (1 - cumulative)).max(axis=-1, initial=0.0), _best_split(p))


def _best_split(p: FloatArray) -> FloatArray:
    """Return the largest P(A)(1 - P(A)) over sets of cells, taken as 1/4 unless one cell holds more than half."""
    top = p.max(axis=-1, initial=0.0)
    return np.where(top > 0.5, top * (1 - top), 0.25)


@lru_cache(maxsize=64)
def normal_draws(k: int) -> FloatArray:
    """Return (512, k) standard normal numbers, the same for ever: hashed counters, by Box and Muller's transform."""
    cell = np.arange(k, dtype=np.uint32)
    row = np.arange(N_DRAWS, dtype=np.uint32)[:, None]
    radius = _uniform((row << np.uint32(12)) + cell)
    angle = _uniform((row << np.uint32(12)) + cell + np.uint32(1 << 24))
    return np.sqrt(-2 * np.log(radius)) * np.cos(2 * np.pi * angle)


def _uniform(counter: np.ndarray) -> FloatArray:
    """Return numbers in (0, 1) from 32-bit counters, by Wellons' hash (lowbias32)."""
    x = counter ^ np.uint32(SALT)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    x = x ^ (x >> np.uint32(16))
    return (x.astype(np.float64) + 0.5) / 2**32
