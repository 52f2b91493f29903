"""Distances between two sets of shares: arrays in, numbers out.

Shares `p` (reference) and `q` (current) have shape (k,) and each sum to 1. All vectorise over leading axes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray

PSI_BINS = 10
ROUNDING = 1e-14


def ks(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the largest gap between the cumulative shares, from 0 to 1, for ordered bins.

    It misses the exact Kolmogorov-Smirnov statistic by at most the largest bin's share.
    Conover, *Practical Nonparametric Statistics*, section 6.3.

    >>> float(ks(np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5])))
    0.5
    """
    return np.abs(np.cumsum(q - p, axis=-1)).max(axis=-1, initial=0.0)


def total_variation(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return half the summed absolute difference, from 0 (same) to 1 (disjoint): the share of rows that moved.

    Levin & Peres, *Markov Chains and Mixing Times*, section 4.1.

    >>> float(total_variation(np.array([0.5, 0.5]), np.array([1.0, 0.0])))
    0.5
    """
    return np.abs(q - p).sum(axis=-1) / 2


def l_infinity(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the largest change of a single share, from 0 to 1.

    >>> float(l_infinity(np.array([0.5, 0.5]), np.array([0.75, 0.25])))
    0.25
    """
    return np.abs(q - p).max(axis=-1, initial=0.0)


def hellinger(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the Hellinger distance, from 0 to 1.

    Le Cam & Yang, *Asymptotics in Statistics*, section 3.1; scaled by 1/sqrt 2 so that disjoint shares are at 1.

    >>> float(hellinger(np.array([1.0, 0.0]), np.array([0.0, 1.0])))
    1.0
    """
    affinity = np.sqrt(np.maximum(p, 0) * np.maximum(q, 0)).sum(axis=-1)
    return _root(1 - affinity)


def jensen_shannon(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the Jensen-Shannon distance, from 0 to 1: the root of the divergence in bits.

    Endres & Schindelin (2003), *A new metric for probability distributions*. It is SciPy's `jensenshannon(base=2)`;
    other tools report the divergence, or nats.

    >>> float(jensen_shannon(np.array([1.0, 0.0]), np.array([0.0, 1.0])))
    1.0
    """
    middle = (p + q) / 2
    divergence = (_bits(p, middle) + _bits(q, middle)) / 2
    return _root(divergence)


def _root(square: FloatArray) -> FloatArray:
    """Return the square root, what rounding left of nothing being nothing."""
    return np.sqrt(np.where(square > ROUNDING, square, 0.0))


def _bits(p: FloatArray, middle: FloatArray) -> FloatArray:
    ratio = np.divide(p, middle, out=np.ones(np.broadcast(p, middle).shape), where=(p > 0) & (middle > 0))
    return (p * np.log2(ratio)).sum(axis=-1)


def psi(reference: FloatArray, current: FloatArray) -> FloatArray:
    """Return the population stability index of two sets of counts (k,), half a row added to every cell.

    The half keeps empty cells finite without the arbitrary fillers of other tools. Use few bins (`psi_groups`), with
    cells of their own for missing and unseen values. Yurdakul (2018), *Statistical properties of the population
    stability index*.

    >>> float(psi(np.array([50.0, 50.0]), np.array([50.0, 50.0])))
    0.0
    """
    k = reference.shape[-1]
    p = (reference + 0.5) / (reference.sum(axis=-1, keepdims=True) + 0.5 * k)
    q = (current + 0.5) / (current.sum(axis=-1, keepdims=True) + 0.5 * k)
    return ((q - p) * np.log(q / p)).sum(axis=-1)


def psi_groups(p: FloatArray) -> IntArray:
    """Return each bin's group (k,), 0 to 9: neighbouring bins merged towards tenths of the reference.

    A bin belongs to the tenth in which its middle falls, so that ties are never split.

    >>> psi_groups(np.array([0.05, 0.05, 0.5, 0.4])).tolist()
    [0, 0, 3, 8]
    """
    middle = np.cumsum(p, axis=-1) - p / 2
    return np.clip(np.floor(middle * PSI_BINS + 1e-9), 0, PSI_BINS - 1).astype(np.int64)


def chi_squared(reference: FloatArray, current: FloatArray) -> FloatArray:
    """Return Pearson's statistic of two sets of counts (k,), both of them random.

    It is SciPy's `chi2_contingency` on the two rows; a test that takes the reference as known is off by a factor of up
    to two. Press et al., *Numerical Recipes*, section 14.3. Cells that are empty on both sides do not count.

    >>> float(chi_squared(np.array([10.0, 10.0]), np.array([15.0, 5.0])).round(3))
    2.667
    """
    a, b = reference.sum(axis=-1, keepdims=True), current.sum(axis=-1, keepdims=True)
    both = reference + current
    gap = (reference * np.sqrt(b / a) - current * np.sqrt(a / b)) ** 2
    return np.divide(gap, both, out=np.zeros(both.shape), where=both > 0).sum(axis=-1)


def wasserstein(p: FloatArray, q: FloatArray, widths: FloatArray) -> FloatArray:
    """Return the mean distance that rows moved, in units of `widths` (k,), rows spread evenly inside each bin.

    Vallender (1974): the area between the two cumulative curves, here exact for piecewise linear ones.

    >>> float(wasserstein(np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([2.0, 2.0])))
    2.0
    """
    after = np.cumsum(q - p, axis=-1)
    before = after - (q - p)
    total = np.abs(before) + np.abs(after)
    crossing = before * after < 0
    squares = np.divide(before**2 + after**2, total, out=np.zeros(total.shape), where=total > 0)
    return (np.where(crossing, squares, total) * widths).sum(axis=-1) / 2
