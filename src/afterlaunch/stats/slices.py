"""Slices: groups of rows, described by few conditions, in which a value is higher than elsewhere; none told twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from afterlaunch.stats.clustered import MIN_BLOCKS, block_sums, jackknife
from afterlaunch.stats.crosstabs import Codes, Groups, Limits, count_groups, rows_of

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

MANY_ROWS = 1e9  # degrees of freedom that stand for the normal distribution
BY_BLOCKS = 0.01  # chance over blocks up to which a group that rows alone single out is looked into
CLEARLY = 3.0  # standard errors by which a condition, picked among many, must raise the mean to be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One slice: (column, code) pairs by column, its rows and how much higher the value is than elsewhere."""

    conditions: tuple[tuple[int, int], ...]
    n: int
    effect: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search came to: slices in the order in which they explain the value, and how many groups it compared."""

    slices: tuple[Found, ...]
    n_searched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """Groups that stand out, (g,) each: rows, sum of centred values, and its spread by rows alone and by blocks."""

    conditions: tuple[tuple[tuple[int, int], ...], ...]
    n: FloatArray
    total: FloatArray
    by_rows: FloatArray
    spread: FloatArray
    freedom: FloatArray


def find_slices(codes: Codes, value: FloatArray, block: IntArray | None, *, limits: Limits, n_most: int = 24) -> Search:
    """Return at most `n_most` groups of rows whose mean `value` (n,) is higher than elsewhere.

    All groups within `limits` are counted exactly. The one furthest above chance is taken; its effect is then
    subtracted from the value, jointly with those taken before, and the next is sought in what remains (orthogonal
    matching pursuit: Pati, Rezaiifar & Krishnaprasad 1993), so that supersets, subsets and near-copies of a slice drop
    out unless they explain more. A condition is kept only if it clearly raises the mean. The search ends when no group
    is further above chance than the best of as many groups without effect: an expected false one at most.

    `block` (n,) numbers the stretches of time, whose rows are alike: groups are then ranked by their effect's chance
    over blocks, and must be above it by one in a hundred. Without it rows are independent.
    """
    groups = count_groups(codes, value, limits)
    if not groups.conditions:
        return Search(slices=(), n_searched=groups.n_searched)
    pool = _pool(codes, value - value.mean(), block, groups)
    pursuit = _Pursuit(codes, value - value.mean(), pool)
    threshold = 1.0 / max(groups.n_searched, 1)
    while len(pursuit.chosen) < n_most:
        best = pursuit.next_best(threshold)
        if best is None:
            break
        pursuit.take(pursuit.simplest(best))
    return Search(slices=tuple(map(pursuit.found, pursuit.chosen)), n_searched=groups.n_searched)


def _pool(codes: Codes, centred: FloatArray, block: IntArray | None, groups: Groups) -> _Pool:
    """Return the groups with their sums; where there are blocks, those that lie in enough of them."""
    rows = [np.flatnonzero(rows_of(codes, conditions)) for conditions in groups.conditions]
    n = groups.n_rows.astype(np.float64)
    total = np.array([centred[part].sum() for part in rows])
    scale = n * (1 - n / codes.n)  # a sum of centred values is the effect times this
    by_rows = np.divide(total, groups.z, out=np.full(len(n), np.inf), where=groups.z > 0)
    spread = by_rows
    freedom = np.full(len(n), MANY_ROWS)
    if block is not None and len(n):
        effect_spread, n_blocks = jackknife(block_sums(rows, centred, block))
        spread = np.where(n_blocks >= MIN_BLOCKS, np.maximum(effect_spread * scale, by_rows), np.inf)
        freedom = np.maximum(n_blocks - 1, 1.0)
    return _Pool(conditions=groups.conditions, n=n, total=total, by_rows=by_rows, spread=spread, freedom=freedom)


class _Pursuit:
    """The slices taken so far, and what they leave of every group's sum."""

    def __init__(self, codes: Codes, centred: FloatArray, pool: _Pool) -> None:
        self.codes, self.centred, self.pool = codes, centred, pool
        self.chosen: list[int] = []
        self._inside: list[BoolArray] = []
        self._overlap: list[FloatArray] = [pool.n]  # rows of each group in all rows, then in each chosen slice
        self._left = pool.total
        self._residual = centred
        self._tried = np.zeros(len(pool.n), dtype=np.bool_)

    def next_best(self, threshold: float) -> int | None:
        """Return the group whose remaining sum is furthest above chance, None where all may be chance."""
        chance = stdtr(self.pool.freedom, -self._left / self.pool.spread)
        by_rows = stdtr(MANY_ROWS, -self._left / self.pool.by_rows)
        chance[self._tried | (by_rows > threshold)] = 1.0
        best = int(np.argmin(chance))
        ties = np.flatnonzero(chance == chance[best])  # below the smallest number, far out: the furthest
        best = int(ties[np.argmax((self._left / self.pool.spread)[ties])])
        return best if chance[best] <= BY_BLOCKS else None

    def simplest(self, best: int) -> int:
        """Return the group of fewest conditions out of `best`'s own that is no clearly milder."""
        own = set(self.pool.conditions[best])
        wider = [
            place
            for place, conditions in enumerate(self.pool.conditions)
            if len(conditions) < len(own) and own.issuperset(conditions) and not self._tried[place]
        ]
        inside = rows_of(self.codes, self.pool.conditions[best])
        for place in sorted(wider, key=lambda place: len(self.pool.conditions[place])):
            added = rows_of(self.codes, self.pool.conditions[place]) & ~inside
            if not self._clearly_higher(inside, added):
                return place
        return best

    def _clearly_higher(self, inside: BoolArray, added: BoolArray) -> bool:
        """Whether the rows inside lie clearly above those that a wider group adds."""
        one, other = self._residual[inside], self._residual[added]
        if len(other) < 2:
            return False
        spread = np.sqrt(one.var() / len(one) + other.var() / len(other))
        return float(one.mean() - other.mean()) > CLEARLY * float(spread)

    def take(self, place: int) -> None:
        """Subtract the effects of all slices taken, with this one, from what is left."""
        inside = rows_of(self.codes, self.pool.conditions[place])
        within = self.codes.take(np.flatnonzero(inside))
        shared = (np.count_nonzero(rows_of(within, group)) for group in self.pool.conditions)
        self._overlap.append(np.fromiter(shared, dtype=np.float64, count=len(self.pool.n)))
        self._inside.append(inside)
        self.chosen.append(place)
        self._tried[place] = True
        effects = joint_effects(self._inside, self.centred)
        self._left = self.pool.total - np.tensordot(effects, np.array(self._overlap), axes=1)
        self._residual = (
            self.centred
            - effects[0]
            - sum(effect * rows for effect, rows in zip(effects[1:], self._inside, strict=True))
        )

    def found(self, place: int) -> Found:
        """Return a group as a slice."""
        n = float(self.pool.n[place])
        effect = float(self.pool.total[place]) / (n * (1 - n / self.codes.n))
        return Found(conditions=self.pool.conditions[place], n=int(n), effect=effect)


def joint_effects(inside: list[BoolArray], value: FloatArray) -> FloatArray:
    """Return the level of the rows in no slice, then each slice's own addition (1 + k,), by least squares."""
    flags = [np.ones(len(value)), *(rows.astype(np.float64) for rows in inside)]
    gram = np.array([[one @ other for other in flags] for one in flags])
    sums = np.array([one @ value for one in flags])
    effects: FloatArray = np.linalg.lstsq(gram, sums, rcond=None)[0].astype(np.float64)
    return effects
