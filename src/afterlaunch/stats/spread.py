"""Concentration measures over time with their intervals, by leaving out one group of users after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from afterlaunch.stats.arrays import distinct
from afterlaunch.stats.concentration import mean_popularity, share_of, tail_items
from afterlaunch.stats.tallied import tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

MEASURES = ("gini", "entropy", "coverage", "tail_share", "mean_popularity")
LEVEL = 0.95
TOTALS = 4  # sizes at which a band is drawn; it is smooth in the logarithm of the size in between
DRAWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What is the same in every period: which items are the tail, and interactions that tell popularity, both (n,)."""

    is_tail: BoolArray
    interactions: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Measures (T, k) in the order of `MEASURES`, with the ends of their intervals; NaN where there is none."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


def make_yardstick(interactions: IntArray | FloatArray, *, head: float) -> Yardstick:
    """Return the yardstick of all interactions (n,); the tail is outside the fewest items that have `head` of them."""
    return Yardstick(is_tail=tail_items(interactions, head), interactions=np.asarray(interactions, np.float64))


def measure_spread(counts: IntArray, yardstick: Yardstick) -> FloatArray:
    """Return the measures (..., k) of whole counts (..., n), Gini coefficient and entropy corrected for traffic."""
    return _shown(_raw(counts, yardstick))


def jackknife_spread(groups: Iterable[IntArray], yardstick: Yardstick) -> Spread:
    """Return the measures of each period with 95 % intervals.

    `groups` yields a period's counts (G, n) by group of users. Whole users are left out, G groups in turn, so that what
    one user is shown may hang together: the spread is that of Efron's delete-a-group jackknife, with G - 1 degrees of
    freedom. The Gini coefficient's interval is that of its square, which is smooth at 0. Users who all meet one policy
    share its whims: those are not in the interval.
    """
    found = [_one(counts, yardstick) for counts in groups]
    value, low, high = (np.stack(part) for part in zip(*found, strict=True))
    return Spread(value=_shown(value), low=_shown(low), high=_shown(high))


def _one(groups: IntArray, yardstick: Yardstick) -> tuple[FloatArray, FloatArray, FloatArray]:
    total = groups.sum(axis=0)
    used = groups[groups.sum(axis=1) > 0]
    value, g = _raw(total, yardstick), len(used)
    if g < 2:
        return value, np.full_like(value, np.nan), np.full_like(value, np.nan)
    left_out = _raw(total - used, yardstick)
    apart = left_out - left_out.mean(axis=0)
    reach = np.sqrt((g - 1) / g * (apart**2).sum(axis=0)) * float(stdtrit(g - 1, (1 + LEVEL) / 2))
    return value, value - reach, value + reach


def null_band(
    shares: FloatArray, totals: FloatArray, yardstick: Yardstick, *, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Return between which values 95 % of the measures (T, k) would lie if items were shown by `shares` (n,) alone.

    `totals` (T,) are the impressions of each period. The band is drawn at a few sizes and read off between them.
    """
    filled = totals[totals > 0]
    if not len(filled):
        none = np.full((len(totals), len(MEASURES)), np.nan)
        return none, none
    least, most = float(filled.min()), float(filled.max())
    sizes = distinct(np.rint(least * (most / least) ** (np.arange(TOTALS) / (TOTALS - 1))))
    drawn = np.stack([_quantiles(shares, int(size), yardstick, rng) for size in sizes])
    at = np.log(np.where(totals > 0, totals, np.nan))
    return _between(drawn[:, 0], np.log(sizes), at), _between(drawn[:, 1], np.log(sizes), at)


def _between(values: FloatArray, sizes: FloatArray, at: FloatArray) -> FloatArray:
    """Return values (s, k) at `sizes` (s,), read off `at` (T,) other sizes."""
    return np.stack([np.interp(at, sizes, values[:, k]) for k in range(values.shape[1])], axis=-1)


def _quantiles(shares: FloatArray, size: int, yardstick: Yardstick, rng: np.random.Generator) -> FloatArray:
    values = np.stack([measure_spread(rng.multinomial(size, shares), yardstick) for _ in range(DRAWS)])
    return np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)


def _raw(counts: IntArray, yardstick: Yardstick) -> FloatArray:
    """Return the measures with the square of the Gini coefficient in place of it."""
    rows = [tally(row) for row in counts.reshape(-1, counts.shape[-1])]
    by_tally = np.array([(row.gini_square(), row.entropy_corrected(), row.coverage()) for row in rows])
    weighed = np.stack([share_of(counts, yardstick.is_tail), mean_popularity(counts, yardstick.interactions)], axis=-1)
    return np.concatenate([by_tally.reshape(*counts.shape[:-1], 3), weighed], axis=-1)


def _shown(raw: FloatArray) -> FloatArray:
    """Return measures as they are shown: within what they can be."""
    shown = np.maximum(raw, 0)
    shown[..., 0] = np.sqrt(np.minimum(shown[..., 0], 1))
    shown[..., 2:4] = np.minimum(shown[..., 2:4], 1)
    return shown
