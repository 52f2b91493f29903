"""What a fault is read off: one column before and after, as counts, with values where rows are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.profiles.tally import Tally, tally
from afterlaunch.stats.cells import SPECIALS

if TYPE_CHECKING:
    import polars as pl

    from afterlaunch.stats.arrays import FloatArray, IntArray

PROBABILITIES: FloatArray = np.linspace(0.05, 0.95, 37)  # trimmed: what an outlier cannot reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A plain-language guess at what happened to a column, with its evidence in the text.

    `about` is what the fault's finder found, such as the conversion of units. `sure`: nature hardly imitates it, so it
    may be told of a column whose drift is not certain.
    """

    fault: str
    column: str
    text: str
    about: str = ""
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """One column before and after.

    `before` and `after` (n_bins + 4,) count rows at the fine bins, whose interior `edges` are frozen on the reference;
    the last four are null, NaN, infinite, unseen. `before_values` and `after_values` are samples of values, None
    where only counts are left. `new_labels` names unseen categories frequent enough to be named.
    """

    column: str
    ordered: bool
    edges: FloatArray
    labels: tuple[str, ...]
    before: IntArray
    after: IntArray
    before_values: pl.Series | None = None
    after_values: pl.Series | None = None
    new_labels: tuple[str, ...] = ()

    @cached_property
    def shares(self) -> tuple[FloatArray, FloatArray]:
        """Shares of the bins among rows with a known value, before and after."""
        before, after = (side[:-SPECIALS].astype(np.float64) for side in (self.before, self.after))
        return before / max(before.sum(), 1.0), after / max(after.sum(), 1.0)

    @cached_property
    def specials(self) -> tuple[FloatArray, FloatArray]:
        """Shares of null, NaN, infinite and unseen among all rows, before and after."""
        before, after = (side[-SPECIALS:] / max(int(side.sum()), 1) for side in (self.before, self.after))
        return before, after

    @cached_property
    def quantiles(self) -> tuple[FloatArray, FloatArray]:
        """Values at `PROBABILITIES`, before and after; NaN where counts alone cannot tell (beyond the outer edges)."""
        before, after = self.samples or (None, None)
        return _quantiles(before, self.before, self.edges), _quantiles(after, self.after, self.edges)

    @property
    def n_values(self) -> tuple[int, int]:
        """How many values the quantiles rest on, before and after."""
        if self.samples is not None:
            return self.samples[0].n, self.samples[1].n
        return int(self.before[:-SPECIALS].sum()), int(self.after[:-SPECIALS].sum())

    @cached_property
    def samples(self) -> tuple[Tally, Tally] | None:
        """Both samples in order, or None where either is missing or empty."""
        if self.before_values is None or self.after_values is None:
            return None
        before, after = tally(self.before_values), tally(self.after_values)
        return (before, after) if before.n and after.n else None

    @cached_property
    def singles(self) -> tuple[FloatArray, IntArray]:
        """The values that have a bin of their own, and the places of these bins."""
        places = np.flatnonzero(self.edges[1:] == np.nextafter(self.edges[:-1], np.inf)) + 1
        return self.edges[places - 1], places

    @cached_property
    def moved(self) -> float:
        """The share of rows with a value that changed their bin."""
        before, after = self.shares
        return float(np.abs(np.cumsum(after - before)).max(initial=0.0))


def _quantiles(sample: Tally | None, counts: IntArray, edges: FloatArray) -> FloatArray:
    if sample is not None:
        return sample.quantiles(PROBABILITIES)
    cells = counts[:-SPECIALS].astype(np.float64)
    if edges.size < 2 or not cells.sum():
        return np.full(PROBABILITIES.shape, np.nan)
    reached = np.cumsum(cells) / cells.sum()  # at each bin's upper edge; the last bin has none
    inside = (reached[0] < PROBABILITIES) & (reached[-2] >= PROBABILITIES)
    rising = np.concatenate([[True], np.diff(reached[:-1]) > 0])
    return np.where(inside, np.interp(PROBABILITIES, reached[:-1][rising], edges[rising]), np.nan)
