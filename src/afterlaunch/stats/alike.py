"""Rows that are alike, among many, quickly: random trees give candidates, exact distances choose among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray

_Keys: TypeAlias = NDArray[np.uint64]  # a squared distance's 32 bits, then a row number's

N_TREES = 4
LEAF = 64  # rows of a leaf, at least; at most twice as many
BATCH = 64  # leaves whose distances are computed at a time
CHUNK = 8192  # rows whose neighbours are merged at a time
_NONE = np.uint64(2**64 - 1)
_ROW = np.uint64(2**32 - 1)
_HIGH = np.uint64(2**64 - 2**32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """For each of n rows the row numbers of the k most alike, nearest first, and their distances; -1 where fewer."""

    rows: IntArray
    distance: FloatArray


def most_alike(x: FloatArray, k: int, *, rng: np.random.Generator) -> Alike:
    """Return for each row of `x` (n, p) about the `k` nearest others by Euclidean distance, itself left out.

    Random projection trees (Dasgupta & Freund 2008) put rows into leaves of 64 to 128; a row's candidates are those
    that share one of its leaves, and exact distances rank them. Most of the true neighbours are found, and the others
    are nearly as near.
    """
    n = len(x)
    k = min(k, n - 1)
    if k < 1:
        return Alike(rows=np.zeros((n, 0), dtype=np.int64), distance=np.zeros((n, 0)))
    small = np.ascontiguousarray(x, dtype=np.float32)
    n_trees = 1 if n <= 2 * LEAF else N_TREES
    keys = np.full((n, 0), _NONE)
    for _ in range(n_trees):
        keys = _merged(keys, _near_in_leaves(small, _leaves(small, rng), k), k)
    found = keys < _NONE
    return Alike(
        rows=np.where(found, (keys & _ROW).astype(np.int64), -1),
        distance=np.where(found, np.sqrt(_squared(keys)), np.inf),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaves:
    """One tree: row numbers by leaf (leaves, size), padded with -1, and the leaf of each row (n,)."""

    members: IntArray
    of_row: IntArray


def _leaves(x: np.ndarray, rng: np.random.Generator) -> _Leaves:
    """Return the leaves of a tree that halves its rows at the median of random directions."""
    n, depth = len(x), 0
    while n >> (depth + 1) >= LEAF:
        depth += 1
    node, order = np.zeros(n, dtype=np.int64), np.arange(n)
    for level in range(depth):
        along = x @ rng.normal(size=(x.shape[1], 1)).astype(np.float32)
        along = along[:, 0] + rng.normal(size=n).astype(np.float32) * np.float32(1e-6)  # ties are split at random
        order = np.lexsort((along, node))
        counts = np.bincount(node, minlength=1 << level)
        within = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
        upper = within >= np.repeat((counts + 1) // 2, counts)
        node[order] = 2 * node[order] + upper
    order = np.argsort(node, kind="stable")
    counts = np.bincount(node, minlength=1 << depth)
    members = np.full((1 << depth, int(counts.max(initial=1))), -1, dtype=np.int64)
    within = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
    members[node[order], within] = order
    return _Leaves(members=members, of_row=node)


def _near_in_leaves(x: np.ndarray, leaves: _Leaves, k: int) -> _Keys:
    """Return the keys (n, k) of the rows nearest to each within its leaf, nearest first."""
    n, size = len(x), leaves.members.shape[1]
    keys = np.full((n, min(k, size)), _NONE)
    for start in range(0, len(leaves.members), BATCH):
        members = leaves.members[start : start + BATCH]
        there = members >= 0
        inside = x[members]
        squares = np.einsum("lip,lip->li", inside, inside)
        apart = squares[:, :, None] - 2 * np.matmul(inside, inside.transpose(0, 2, 1)) + squares[:, None, :]
        np.maximum(apart, 0, out=apart)
        bits = apart.view(np.uint32).astype(np.uint64)  # floats from 0 on are ordered as their bits are
        all_keys = (bits << np.uint64(32)) | np.where(there, members, 0).astype(np.uint64)[:, None, :]
        all_keys[np.broadcast_to(~there[:, None, :], all_keys.shape)] = _NONE
        all_keys[:, np.arange(size), np.arange(size)] = _NONE
        width = keys.shape[1]
        nearest = np.partition(all_keys, width - 1, axis=2)[:, :, :width] if width < size else all_keys
        keys[members[there]] = nearest[there]
    return keys


def _merged(one: _Keys, other: _Keys, k: int) -> _Keys:
    """Return the k smallest keys of both (n, k), in order, a row that is in both counting once."""
    merged = np.empty((len(other), min(k, one.shape[1] + other.shape[1])), dtype=np.uint64)
    for start in range(0, len(other), CHUNK):
        part = np.concatenate([one[start : start + CHUNK], other[start : start + CHUNK]], axis=1)
        by_row = np.sort((part << np.uint64(32)) | (part >> np.uint64(32)), axis=1)
        again = (by_row[:, 1:] & _HIGH) == (by_row[:, :-1] & _HIGH)
        by_row[:, 1:][again] = _NONE
        back = (by_row << np.uint64(32)) | (by_row >> np.uint64(32))
        merged[start : start + CHUNK] = np.sort(back, axis=1)[:, : merged.shape[1]]
    return merged


def _squared(keys: _Keys) -> FloatArray:
    return (keys >> np.uint64(32)).astype(np.uint32).view(np.float32).astype(np.float64)


def mean_of_alike(alike: Alike, value: FloatArray) -> FloatArray:
    """Return the mean `value` (n,) of the rows most alike to each row, itself left out; NaN values do not count."""
    known = (alike.rows >= 0) & np.isfinite(value)[alike.rows]
    total = np.where(known, value[alike.rows], 0.0).sum(axis=1)
    n = known.sum(axis=1)
    return np.divide(total, n, out=np.full(len(value), np.nan), where=n > 0)
