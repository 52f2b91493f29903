"""Exact counts of every group of rows that one, two or three conditions on columns of small integers describe."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

Columns: TypeAlias = tuple[int, ...]

CHUNK = 1 << 16  # rows counted at a time: their keys stay in the cache
PRIOR_ROWS = 10  # a group's variance is shrunk towards that of all rows as if it held these besides
MAX_CELLS = 1 << 22  # of one table, about 100 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Rows as small integers: `columns[j]` (n,) counts from 0 to `sizes[j]` - 1."""

    columns: tuple[NDArray[np.unsignedinteger], ...]
    sizes: tuple[int, ...]

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.columns[0]) if self.columns else 0

    def take(self, rows: IntArray | BoolArray) -> Codes:
        """Return some of the rows."""
        return Codes(columns=tuple(column[rows] for column in self.columns), sizes=self.sizes)


def as_codes(columns: Sequence[NDArray[np.integer]]) -> Codes:
    """Return columns of integers from 0 on as `Codes`, each in the smallest type that holds it."""
    sizes = tuple(int(column.max()) + 1 if len(column) else 0 for column in columns)
    kinds = [np.uint8 if size <= 1 << 8 else np.uint16 if size <= 1 << 16 else np.uint32 for size in sizes]
    small = (np.ascontiguousarray(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True))
    return Codes(columns=tuple(small), sizes=sizes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Which groups are worth a look: at least `min_rows` rows, their mean at least `min_effect` above elsewhere.

    Of these, the ones at least `min_z` standard errors above elsewhere, and no more than `most` of them.
    """

    max_conditions: int = 2
    min_rows: int = 50
    min_effect: float = 0.0
    min_z: float = 3.0
    most: int = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Groups of rows: `conditions[g]` are (column, code) pairs; rows (g,), standard errors above elsewhere (g,)."""

    conditions: tuple[tuple[tuple[int, int], ...], ...]
    n_rows: IntArray
    z: FloatArray
    n_searched: int  # groups with enough rows, of which these stand out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The counts of every combination of some columns' codes, flat: rows, sum and squared sum of centred values."""

    columns: Columns
    sizes: tuple[int, ...]
    n: IntArray
    total: FloatArray
    squares: FloatArray


def count_groups(codes: Codes, value: FloatArray, limits: Limits) -> Groups:
    """Return the groups of rows whose mean `value` (n,) stands out, from exact counts of all groups.

    Groups of k conditions are counted where all their parts of k - 1 conditions can still hold one: each part has
    `min_rows` rows, and its values above the mean sum to at least `min_rows * min_effect`, which bounds what any part
    of it can add up to. The two bounds are those of Sagadeeva & Boehm (2021), *SliceLine*, SIGMOD; every group that
    meets the limits is found.
    """
    if codes.n < limits.min_rows or not codes.columns:
        return _best([], limits.most)
    centred = value - value.mean()
    alive: dict[Columns, BoolArray] = {}
    found: list[Groups] = []
    for depth in range(1, min(limits.max_conditions, len(codes.columns)) + 1):
        last = depth == limits.max_conditions
        for table, above in _tables(codes, centred, depth, alive, bounded=not last):
            found.append(_standing_out(table, centred, limits))
            if above is not None:
                enough = (table.n >= limits.min_rows) & (above >= limits.min_rows * limits.min_effect)
                alive[table.columns] = enough.reshape(table.sizes)
    return _best(found, limits.most)


def rows_of(codes: Codes, conditions: Sequence[tuple[int, int]]) -> BoolArray:
    """Return which rows (n,) meet all `conditions`."""
    inside = np.ones(codes.n, dtype=np.bool_)
    for column, code in conditions:
        inside &= codes.columns[column] == code
    return inside


def _tables(
    codes: Codes, centred: FloatArray, depth: int, alive: dict[Columns, BoolArray], *, bounded: bool
) -> Iterator[tuple[_Table, FloatArray | None]]:
    """Yield the table of every set of `depth` columns that may hold a group, and the sums above the mean, if asked."""
    for columns in combinations(range(len(codes.columns)), depth):
        sizes = tuple(codes.sizes[column] for column in columns)
        n_cells = int(np.prod(sizes))
        if n_cells > MAX_CELLS or not _may_hold(columns, alive):
            continue
        n = np.zeros(n_cells, dtype=np.int64)
        sums = np.zeros((3 if bounded else 2, n_cells))
        for start in range(0, codes.n, CHUNK):
            part = slice(start, start + CHUNK)
            key = _keys(codes, columns, part)
            values = centred[part]
            n += np.bincount(key, minlength=n_cells)
            sums[0] += np.bincount(key, weights=values, minlength=n_cells)
            sums[1] += np.bincount(key, weights=values * values, minlength=n_cells)
            if bounded:
                sums[2] += np.bincount(key, weights=np.maximum(values, 0.0), minlength=n_cells)
        table = _Table(columns=columns, sizes=sizes, n=n, total=sums[0], squares=sums[1])
        yield table, sums[2] if bounded else None


def _keys(codes: Codes, columns: Columns, part: slice) -> IntArray:
    key = codes.columns[columns[0]][part].astype(np.int64)
    for column in columns[1:]:
        key *= codes.sizes[column]
        key += codes.columns[column][part]
    return key


def _may_hold(columns: Columns, alive: dict[Columns, BoolArray]) -> bool:
    """Whether some combination of codes has all its parts of one condition less alive."""
    if len(columns) == 1:
        return True
    whole: BoolArray | None = None
    for left_out in range(len(columns)):
        part = alive.get(columns[:left_out] + columns[left_out + 1 :])
        if part is None:
            return False
        spread = np.expand_dims(part, left_out)
        whole = spread if whole is None else whole & spread
    return bool(np.any(whole)) if whole is not None else False


def _standing_out(table: _Table, centred: FloatArray, limits: Limits) -> Groups:
    """Return the groups of a table that meet the limits, each against all rows outside of it."""
    n_all, squares_all = len(centred), float(centred @ centred)
    enough = np.flatnonzero((table.n >= limits.min_rows) & (table.n < n_all))
    n, total, squares = table.n[enough], table.total[enough], table.squares[enough]
    rest = n_all - n
    effect = total / n + total / rest  # the centred values sum to zero
    prior = PRIOR_ROWS * squares_all / n_all
    inside = (squares - total**2 / n + prior) / (n - 1 + PRIOR_ROWS)
    outside = (squares_all - squares - total**2 / rest + prior) / (rest - 1 + PRIOR_ROWS)
    spread = np.sqrt(np.maximum(inside, 0.0) / n + np.maximum(outside, 0.0) / rest)
    z = np.divide(effect, spread, out=np.zeros(len(n)), where=spread > 0)
    kept = np.flatnonzero((z >= limits.min_z) & (effect >= limits.min_effect))
    places = np.unravel_index(enough[kept], table.sizes)
    each = [place.tolist() for place in places]
    return Groups(
        conditions=tuple(
            tuple((column, codes[row]) for column, codes in zip(table.columns, each, strict=True))
            for row in range(len(kept))
        ),
        n_rows=n[kept],
        z=z[kept],
        n_searched=len(enough),
    )


def _best(found: Sequence[Groups], most: int) -> Groups:
    """Return the `most` groups that stand out furthest, in that order."""
    conditions: list[tuple[tuple[int, int], ...]] = [group for part in found for group in part.conditions]
    n_rows: IntArray = np.concatenate([np.zeros(0, dtype=np.int64), *(part.n_rows for part in found)])
    z = np.concatenate([np.zeros(0), *(part.z for part in found)])
    order = np.argsort(-z, kind="stable")[:most]
    places: list[int] = order.tolist()
    return Groups(
        conditions=tuple(conditions[place] for place in places),
        n_rows=n_rows[order],
        z=z[order],
        n_searched=sum(part.n_searched for part in found),
    )
