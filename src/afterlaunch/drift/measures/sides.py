"""What a measure reads: the shares of two windows, like for like, and how many rows they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.measures import like_for_like

if TYPE_CHECKING:
    from afterlaunch.stats import Cells, Windows
    from afterlaunch.stats.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two windows of one column; the reference is reweighted to the current window's seasons.

    `p` and `q` are the shares of the bins among rows with a value (unordered: and of unseen categories, last);
    `rows_p` and `rows_q` those of all k + 4 cells among all rows. `widths` (k,) are in robust standard deviations.
    """

    p: FloatArray
    q: FloatArray
    rows_p: FloatArray
    rows_q: FloatArray
    n_reference: int
    n_current: int
    values_reference: int
    values_current: int
    ordered: bool
    widths: FloatArray | None

    @property
    def known(self) -> bool:
        """Whether both windows hold a value at all."""
        return self.values_reference > 0 and self.values_current > 0


def sides(cells: Cells, windows: Windows) -> Sides:
    """Return the two windows of `cells`, like for like."""
    known, every = cells.values, cells.counts.astype(np.float64)
    p, q = like_for_like(known, windows)
    rows_p, rows_q = like_for_like(every, windows)
    rows, values = every.sum(axis=1), known.sum(axis=1)
    return Sides(
        p=p,
        q=q,
        rows_p=rows_p,
        rows_q=rows_q,
        n_reference=int(rows[windows.reference].sum()),
        n_current=int(rows[windows.current].sum()),
        values_reference=int(values[windows.reference].sum()),
        values_current=int(values[windows.current].sum()),
        ordered=cells.ordered,
        widths=cells.widths,
    )
