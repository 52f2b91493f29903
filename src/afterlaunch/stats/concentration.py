"""How unevenly exposure is shared among the items of a catalogue: one number a row of counts.

Counts have shape (..., n): the impressions of all n items of the catalogue, those never shown included. They may be
integers of any width or floats; all products are taken in floats, since those of billions do not fit integers. A row
without impressions has NaN.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ive

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

    Counts = IntArray | FloatArray | NDArray[np.uint32]


def gini(counts: Counts) -> FloatArray:
    """Return the Gini coefficient: 0 where all items are shown alike, 1 - 1/n where one has all.

    Half the mean absolute difference of two items over the mean (Gini 1912): the sum of (2j - n - 1) times the j-th
    smallest count, over n times the total. Chance alone makes it positive: `gini_corrected` takes that out.

    >>> gini(np.array([[1, 1, 1, 1], [0, 0, 0, 8], [1, 2, 3, 4]])).tolist()
    [0.0, 0.75, 0.25]
    """
    ordered = np.sort(np.asarray(counts, np.float64), axis=-1)
    n = ordered.shape[-1]
    weight = 2 * np.arange(1, n + 1, dtype=np.float64) - n - 1
    return _over(ordered @ weight, n * ordered.sum(axis=-1))


def even_gini(n_items: int, total: FloatArray) -> FloatArray:
    """Return the Gini coefficient that `total` impressions of `n_items` equally likely items have on average.

    The mean absolute difference of two Poisson counts is known in Bessel functions (Katti 1960, *Moments of the
    absolute difference and absolute deviation of discrete distributions*); counts that add up to `total` have the same
    to order 1/n.

    >>> round(float(even_gini(80, np.array(10_000.0))), 3)
    0.05
    """
    mean = np.asarray(total, np.float64) / n_items
    return (n_items - 1) / n_items * (ive(0, 2 * mean) + ive(1, 2 * mean))


def gini_square(counts: Counts, total: FloatArray | None = None) -> FloatArray:
    """Return the square of the Gini coefficient without what chance adds: 0 on average where items are alike, up to 1.

    Chance and unevenness add up in squares, as variances do: (G² - E²) / (M² - E²), where E is `even_gini` and
    M = 1 - 1/n. It may be a little below 0. `total` is the number of independent impressions, where that is not the
    counts' sum.
    """
    n = np.shape(counts)[-1]
    if n == 1:
        return np.full(np.shape(counts)[:-1], np.nan)
    rows = np.asarray(counts, np.float64).sum(axis=-1) if total is None else np.asarray(total, np.float64)
    even, most = even_gini(n, np.where(rows > 0, rows, np.nan)) ** 2, (1 - 1 / n) ** 2
    return _over(gini(counts) ** 2 - even, most - even)


def gini_corrected(counts: Counts, total: FloatArray | None = None) -> FloatArray:
    """Return the Gini coefficient of the chances behind the counts, from 0 (even) to 1 (one item has all).

    The root of `gini_square`. Logs of more or less traffic can be compared: of items whose chances have a Gini
    coefficient of .51, half an impression an item gives .77 uncorrected and .50 here. Subtracting the even mean and
    rescaling, as is often done, gives .29.

    >>> rng = np.random.default_rng(0)
    >>> even, uneven = np.full(80, 1 / 80), np.arange(80) / 3160
    >>> counts = np.stack([rng.multinomial(10_000, even), rng.multinomial(10_000, uneven)])
    >>> gini_corrected(counts).round(2).tolist(), float(gini(uneven).round(2))
    ([0.01, 0.34], 0.34)
    """
    return np.sqrt(np.maximum(gini_square(counts, total), 0))


def entropy(counts: Counts) -> FloatArray:
    """Return the Shannon entropy of the items' shares in bits: 0 where one item has all, log2(n) where all are alike.

    It is not divided by the number of items that were seen, which would let a less varied list score higher.

    >>> entropy(np.array([[1, 1, 1, 1], [0, 0, 0, 8]])).tolist()
    [2.0, 0.0]
    """
    shares = _shares(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(shares > 0, shares * np.log2(np.where(shares > 0, shares, 1.0)), 0.0)
    return np.where(np.isnan(shares).any(axis=-1), np.nan, np.abs(terms.sum(axis=-1)))


def entropy_corrected(counts: Counts) -> FloatArray:
    """Return the entropy in bits with the first-order term for few impressions (Miller 1955): what is seen is too even.

    (m - 1) / 2N nats more, of m items seen in N impressions, and at most log2(n).
    """
    there = np.asarray(counts, np.float64)
    seen, total = (there > 0).sum(axis=-1), there.sum(axis=-1)
    more = _over((seen - 1) / (2 * np.log(2)), total)
    return np.minimum(entropy(counts) + more, np.log2(there.shape[-1]))


def theil(counts: Counts) -> FloatArray:
    """Return Theil's index in nats: log n less the entropy; 0 where all items are shown alike (Theil 1967).

    >>> theil(np.array([[5, 5], [0, 7]])).round(3).tolist()
    [0.0, 0.693]
    """
    return np.log(np.shape(counts)[-1]) - np.log(2) * entropy(counts)


def coverage(counts: Counts) -> FloatArray:
    """Return the share of the catalogue that was shown at all.

    Of counts within the first k places of lists it is coverage at k: the union of all users' first k, over n; not a
    mean over users.

    >>> coverage(np.array([[3, 0, 1, 0]])).tolist()
    [0.5]
    """
    there = np.asarray(counts)
    return np.where(there.sum(axis=-1) > 0, (there > 0).mean(axis=-1), np.nan)


def tail_items(interactions: Counts, head: float) -> BoolArray:
    """Return which items (n,) lie outside the fewest that make up the share `head` of all interactions.

    Their share of the exposure is news only where it is counted on other rows, or in part of them: on the same ones it
    is 1 - head by definition.

    >>> tail_items(np.array([50, 1, 30, 19]), 0.8).tolist()
    [False, True, False, True]
    """
    there = np.asarray(interactions, np.float64)
    order = np.argsort(-there, kind="stable")
    before = np.cumsum(there[order]) - there[order]
    tail = np.empty(len(there), dtype=bool)
    tail[order] = before >= head * there.sum() * (1 - 1e-12)
    return tail


def share_of(counts: Counts, which: BoolArray) -> FloatArray:
    """Return the share of the impressions that the items `which` (n,) have.

    >>> share_of(np.array([[6, 1, 3]]), np.array([False, True, True])).tolist()
    [0.4]
    """
    there = np.asarray(counts, np.float64)
    return _over(there @ which.astype(np.float64), there.sum(axis=-1))


def mean_popularity(counts: Counts, interactions: Counts) -> FloatArray:
    """Return how popular what is shown is, in multiples of an average item: popularity averaged over impressions.

    Popularity is an item's share of all `interactions` (n,), times n. 1 where exposure ignores it.

    >>> mean_popularity(np.array([[1, 1], [3, 1]]), np.array([30, 10])).tolist()
    [1.0, 1.25]
    """
    return _shares(counts) @ (_shares(interactions) * np.shape(counts)[-1])


def novelty(counts: Counts, interactions: Counts) -> FloatArray:
    """Return the bits that an average impression would surprise by: the mean of -log2 of its item's popularity.

    Items without interactions count as having half of one. Zhou et al. 2010, *Solving the apparent diversity-accuracy
    dilemma of recommender systems*.

    >>> novelty(np.array([[1, 1, 0, 0]]), np.array([1, 1, 1, 1])).tolist()
    [2.0]
    """
    there = np.asarray(interactions, np.float64)
    return _shares(counts) @ -np.log2(_shares(np.where(there > 0, there, 0.5)))


def lorenz(counts: Counts, shares: FloatArray) -> FloatArray:
    """Return the part of all impressions that the least shown `shares` (k,) of the items have: the Lorenz curve.

    >>> lorenz(np.array([4, 0, 4, 0]), np.array([0.0, 0.5, 0.75, 1.0])).tolist()
    [0.0, 0.0, 0.5, 1.0]
    """
    ordered = np.sort(np.asarray(counts, np.float64), axis=-1)
    n = ordered.shape[-1]
    reached = np.concatenate([np.zeros((*ordered.shape[:-1], 1)), np.cumsum(ordered, axis=-1)], axis=-1)
    reached = reached / np.where(reached[..., -1:] > 0, reached[..., -1:], np.nan)
    at = np.asarray(shares) * n
    below = np.clip(np.floor(at).astype(np.int64), 0, n - 1)
    return reached[..., below] + (at - below) * (reached[..., below + 1] - reached[..., below])


def _shares(counts: Counts) -> FloatArray:
    there = np.asarray(counts, np.float64)
    return _over(there, there.sum(axis=-1, keepdims=True))


def _over(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return `part / whole`, NaN where there is no whole."""
    return part / np.where(whole != 0, whole, np.nan)
