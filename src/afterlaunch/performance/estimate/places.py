"""Where the answered rows of one segment stand: in order of their buckets, the unlabelled ones too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.logs.outcomes import Outcomes
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places in a log of m rows, by bucket: those of bucket d are `rows[first[d]:first[d + 1]]`.

    `labelled` (m,) says which of them have a target.
    """

    rows: IntArray
    first: IntArray
    labelled: BoolArray

    @property
    def bucket(self) -> IntArray:
        """The bucket of each row (m,)."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    def of(self, buckets: IntArray) -> IntArray:
        """Return the places of the rows of some buckets."""
        return self.rows[np.isin(self.bucket, buckets)]

    def known(self, buckets: IntArray) -> tuple[IntArray, IntArray]:
        """Return the places and the buckets of the labelled rows of some buckets."""
        bucket = self.bucket
        kept = self.labelled & np.isin(bucket, buckets)
        return self.rows[kept], bucket[kept]

    def merged(self, begin: IntArray) -> Places:
        """Return the same rows in coarser buckets, which begin at the indices `begin`."""
        return Places(rows=self.rows, first=np.append(self.first[begin], self.first[-1]), labelled=self.labelled)


def place_rows(outcomes: Outcomes, bucket: IntArray, n_buckets: int, inside: BoolArray | None = None) -> Places:
    """Return where the answered rows stand, of those `inside` (n,) a segment."""
    kept = np.flatnonzero(outcomes.answered if inside is None else outcomes.answered & inside)
    order = kept[np.argsort(bucket[kept], kind="stable")]
    return Places(
        rows=order,
        first=np.searchsorted(bucket[order], np.arange(n_buckets + 1)),
        labelled=outcomes.labelled[order],
    )


def means_by_bucket(values: FloatArray, bucket: IntArray, n_buckets: int) -> tuple[FloatArray, FloatArray]:
    """Return the mean of one number a row by bucket, 0 where there are none, and the rows of each (D,)."""
    n = np.bincount(bucket, minlength=n_buckets).astype(np.float64)
    return np.bincount(bucket, values, n_buckets) / np.maximum(n, 1), n
