"""How many distinct strings there are, told from 2,048 small numbers a bucket that add up as maxima: HyperLogLog.

Flajolet, Fusy, Gandouet & Meunier (2007), *HyperLogLog*; estimated as in Ertl (2017), *New cardinality estimation
algorithms for HyperLogLog sketches*, which needs no tables and is unbiased from 1 on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import polars as pl

if TYPE_CHECKING:
    import numpy.typing as npt

    from afterlaunch.profiles.buckets import Buckets

    Registers = npt.NDArray[np.uint8]

INDEX_BITS = 11
SIZE = 1 << INDEX_BITS
ERROR = 1.04 / SIZE**0.5  # standard error of a count, as a share of it: 2.3 %
_RANK_BITS = 64 - INDEX_BITS
_CHUNK = 1 << 18  # strings at a time


def sketch(strings: pl.Series, buckets: Buckets) -> Registers:
    """Return the registers of `strings`, one a row, by bucket, shape (D, `SIZE`); nulls do not count."""
    registers = np.zeros(buckets.n * SIZE, np.uint8)
    for start in range(0, len(strings), _CHUNK):
        chunk = strings[start : start + _CHUNK]
        known = chunk.is_not_null().to_numpy()
        hashes = _mix(np.fromiter(map(crc32, chunk.drop_nulls().cast(pl.Binary)), np.uint64))
        place = buckets.of_row[start : start + _CHUNK][known].astype(np.int64) * SIZE
        place += (hashes >> np.uint64(_RANK_BITS)).astype(np.int64)
        np.maximum.at(registers, place, _rank(hashes))
    return registers.reshape(buckets.n, SIZE)


def estimate(registers: Registers) -> float:
    """Return about how many distinct strings the registers (D, `SIZE`) of all buckets together have seen.

    >>> estimate(np.zeros((1, SIZE), np.uint8))
    0.0
    """
    merged = registers.max(axis=0, initial=0)
    seen = np.bincount(merged, minlength=_RANK_BITS + 2) / SIZE
    if seen[0] == 1:
        return 0.0
    total = _tail(1 - float(seen[-1])) / 2.0**_RANK_BITS + _head(float(seen[0]))
    total += float(seen[1:-1] @ 0.5 ** np.arange(1, _RANK_BITS + 1))
    return SIZE / (2 * np.log(2) * total)


def distinct_share(registers: Registers, n_values: int) -> float | None:
    """Return about how many of `n_values` values are distinct, 0 to 1; None without values."""
    return min(estimate(registers) / n_values, 1.0) if n_values else None


def _mix(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return 64 bits that all depend on all of the 32: SplitMix64's finaliser, one to one."""
    mixed = hashes + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _rank(hashes: npt.NDArray[np.uint64]) -> Registers:
    """Return the place of the first 1 among the bits after the index; one more than there are where all are 0."""
    rest = hashes & np.uint64((1 << _RANK_BITS) - 1)
    return (_RANK_BITS + 1 - np.frexp(rest.astype(np.float64))[1]).astype(np.uint8)  # 53 bits: exact as a float


def _head(share: float) -> float:
    """Return the series for registers at 0: x + sum of x^(2^k) 2^(k - 1)."""
    total, power, weight = share, share, 1.0
    while power > 0 and (added := (power := power * power) * weight) > total * 1e-17:
        total, weight = total + added, 2 * weight
    return total


def _tail(share: float) -> float:
    """Return the series for registers at the top: a third of 1 - x - sum of (1 - x^(2^-k))^2 2^-k."""
    total, power, weight = 1 - share, share, 1.0
    while 0 < power < 1:
        power, weight, before = power**0.5, weight / 2, total
        total -= (1 - power) ** 2 * weight
        if total == before:
            break
    return total / 3
