"""The rows of one segment in order of their buckets, and the windows of these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.performance.scored import Scored, scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True)
class Bucketed:
    """Rows with a target and an answer, sorted by bucket: those of bucket d are `first[d]` up to `first[d + 1]`.

    `n_rows` (D,) counts all rows of each bucket, the unlabelled ones too.
    """

    rows: Scored
    first: IntArray
    n_rows: IntArray

    @property
    def n_buckets(self) -> int:
        """The number of buckets."""
        return len(self.n_rows)

    @cached_property
    def n_labelled(self) -> IntArray:
        """The rows of each bucket that can be measured (D,)."""
        return np.diff(self.first)

    @cached_property
    def bucket(self) -> IntArray:
        """The bucket of each row (n,)."""
        return np.repeat(np.arange(self.n_buckets), self.n_labelled)

    def each(self) -> Iterator[Scored]:
        """Yield the rows of each bucket."""
        for start, end in zip(self.first[:-1].tolist(), self.first[1:].tolist(), strict=True):
            yield self.rows.take(slice(start, end))

    def places(self, buckets: IntArray) -> slice | BoolArray:
        """Return where the rows of some buckets are: a slice where the buckets follow one another."""
        if len(buckets) and (np.diff(buckets) == 1).all():
            return slice(int(self.first[buckets[0]]), int(self.first[buckets[-1] + 1]))
        return np.isin(self.bucket, buckets)

    def merged(self, begin: IntArray) -> Bucketed:
        """Return the same rows in coarser buckets, which begin at the indices `begin`."""
        return Bucketed(
            rows=self.rows,
            first=np.append(self.first[begin], self.first[-1]),
            n_rows=np.add.reduceat(self.n_rows, begin),
        )

    def sums(self, rows: FloatArray, places: slice | BoolArray) -> FloatArray:
        """Return the sum of one number a row by bucket (D,), of the rows at `places`."""
        return np.bincount(self.bucket[places], rows, self.n_buckets).astype(np.float64)


def by_bucket(outcomes: Outcomes, of_row: IntArray, n_buckets: int) -> Bucketed:
    """Return the rows of `outcomes` in order of their buckets `of_row` (n,)."""
    known = outcomes.labelled & outcomes.answered
    kept = of_row[known]
    rows = scored(outcomes)
    if not (np.diff(kept) >= 0).all():
        order = np.argsort(kept, kind="stable")
        rows, kept = rows.take(order), kept[order]
    return Bucketed(
        rows=rows,
        first=np.searchsorted(kept, np.arange(n_buckets + 1)),
        n_rows=np.bincount(of_row, minlength=n_buckets),
    )
