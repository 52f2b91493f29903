"""Labels that exist because a model accepted: rates among the accepted, and of all rows by inverse propensities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from afterlaunch.stats.arrays import distinct

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

BINS = 10
BIN_ROWS = 100  # fewer rows a bin tell little, and would show what single rows say
LEAST_LABELLED = 20
LEAST_EFFECTIVE = 0.05  # of the labelled rows: below it a few rows decide, and no weighted rate is given
COVERED = 0.99  # of the rows had a chance to be labelled, else weights cannot stand for them
NORMAL = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Rows (n,): what the model scored, whether a label came, which, and the chance there was that it would.

    `score` and `chance` are None where they are not logged; `outcome` is 0 or 1 on labelled rows, anything elsewhere.
    """

    score: FloatArray | None
    labelled: BoolArray
    outcome: FloatArray
    chance: FloatArray | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with its 95 % interval; NaN where there is none."""

    value: float
    low: float
    high: float


NOTHING = Rate(value=np.nan, low=np.nan, high=np.nan)
UNTOLD = NOTHING, NOTHING, float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Rows of similar score: how many, how many labelled, their rate as labelled rows and as all rows have it.

    `effective` is the effective sample size over the labelled rows, NaN without propensities.
    """

    low: float
    high: float
    n: int
    n_labelled: int
    accepted: Rate
    weighted: Rate
    effective: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Selective:
    """Bins of similar score, the lowest first, and all rows: `difference` is accepted less weighted."""

    bins: tuple[Bin, ...]
    accepted: Rate
    weighted: Rate
    difference: Rate
    pvalue: float  # of no difference; NaN where it cannot be told
    effective: float
    uncovered: float  # share of rows that had no chance of a label


def measure_selective(rows: Decisions) -> Selective:
    """Return the rates of labelled rows and, where chances are logged, of all rows.

    Each bin's weighted rate is the mean of its labels weighted by one over their chance (Hájek 1971); all rows' is the
    mean of the bins', as their rows have it, so that scores whose labels are rare count in full. Below an effective
    sample size (Σw)² / Σw² of a twentieth of the labelled rows no weighted rate is given: a few rows would decide.

    >>> rng = np.random.default_rng(0)
    >>> score = rng.uniform(size=20_000)
    >>> chance = np.where(score < 0.8, 1.0, 0.02)
    >>> rows = Decisions(
    ...     score=score,
    ...     labelled=rng.uniform(size=20_000) < chance,
    ...     outcome=(rng.uniform(size=20_000) < score).astype(float),
    ...     chance=chance,
    ... )
    >>> found = measure_selective(rows)
    >>> round(found.accepted.value, 2), round(found.weighted.value, 1)
    (0.41, 0.5)
    """
    place, edges = _cut(rows)
    bins = tuple(_bin(rows, place == i, low=float(edges[i]), high=float(edges[i + 1])) for i in range(len(edges) - 1))
    m, hits = int(rows.labelled.sum()), float(rows.outcome[rows.labelled].sum())
    accepted = wilson(hits / m, m) if m else NOTHING
    uncovered = 0.0 if rows.chance is None else float((rows.chance <= 0).mean())
    effective = _effective(bins)
    if rows.chance is None or not bins or not effective >= LEAST_EFFECTIVE:
        weighted, difference, pvalue = UNTOLD
    else:
        weighted, difference, pvalue = _whole(rows, place, bins)
    return Selective(
        bins=bins,
        accepted=accepted,
        weighted=weighted,
        difference=difference,
        pvalue=pvalue,
        effective=effective,
        uncovered=uncovered,
    )


def wilson(share: float, n: float) -> Rate:
    """Return a share of `n` rows, perhaps an effective number, with its 95 % interval (Wilson 1927).

    >>> wilson(0.0, 20)
    Rate(value=0.0, low=0.0, high=0.161...)
    """
    z = NORMAL**2 / n
    middle = (share + z / 2) / (1 + z)
    half = NORMAL / (1 + z) * float(np.sqrt(share * (1 - share) / n + z / (4 * n)))
    return Rate(value=share, low=max(middle - half, 0.0), high=min(middle + half, 1.0))


def _cut(rows: Decisions) -> tuple[IntArray, FloatArray]:
    """Return each row's bin (n,) and the bins' edges: quantiles of all scores, so that bins are alike in size."""
    n = len(rows.labelled)
    if rows.score is None or n == 0:
        return np.zeros(n, dtype=np.int64), np.array([0.0, 1.0]) if n else np.array([0.0])
    n_bins = int(np.clip(n // BIN_ROWS, 1, BINS))
    inner = distinct(np.quantile(rows.score, np.arange(1, n_bins) / n_bins))
    inner = inner[(inner > rows.score.min()) & (inner <= rows.score.max())]
    place = np.searchsorted(inner, rows.score, side="right").astype(np.int64)
    return place, np.concatenate([[rows.score.min()], inner, [rows.score.max()]])


def _bin(rows: Decisions, inside: BoolArray, *, low: float, high: float) -> Bin:
    known = inside & rows.labelled
    m, y = int(known.sum()), rows.outcome[known]
    accepted = wilson(float(y.mean()), m) if m >= LEAST_LABELLED else NOTHING
    weighted, effective = NOTHING, float("nan")
    if rows.chance is not None and m:
        weight = 1 / rows.chance[known]
        effective = float(weight.sum() ** 2 / (weight**2).sum() / m)
        covered = float((rows.chance[inside] > 0).mean())
        if m >= LEAST_LABELLED and effective >= LEAST_EFFECTIVE and covered >= COVERED:
            weighted = _weighted(y, weight, effective * m)
    n = int(inside.sum())
    return Bin(low=low, high=high, n=n, n_labelled=m, accepted=accepted, weighted=weighted, effective=effective)


def _weighted(y: FloatArray, weight: FloatArray, size: float) -> Rate:
    """Return the weighted rate; its interval is that of as many rows as its variance says, `size` at most."""
    weight = weight / weight.sum()
    rate = float(weight @ y)
    variance = float((weight**2) @ (y - rate) ** 2)
    return wilson(rate, min(size, rate * (1 - rate) / variance) if variance > 0 else size)


def _effective(bins: tuple[Bin, ...]) -> float:
    """Return the effective sample size of all bins together over the labelled rows, 0 where a bin has none."""
    m = sum(one.n_labelled for one in bins)
    sizes = [one.effective * one.n_labelled for one in bins]
    if not m or any(np.isnan(size) for size in sizes):
        return float("nan") if any(one.n_labelled and np.isnan(one.effective) for one in bins) else 0.0
    n = sum(one.n for one in bins)
    spread = sum(one.n**2 / size for one, size in zip(bins, sizes, strict=True))
    return n**2 / spread / m


def _whole(rows: Decisions, place: IntArray, bins: tuple[Bin, ...]) -> tuple[Rate, Rate, float]:
    """Return the rate of all rows, how far that of the labelled ones lies above it, and its p-value."""
    rates = np.array([one.weighted.value for one in bins])
    if np.isnan(rates).any() or rows.chance is None:
        return UNTOLD
    share = np.array([one.n for one in bins]) / sum(one.n for one in bins)
    rate = float(share @ rates)
    at, y = place[rows.labelled], rows.outcome[rows.labelled]
    weight = 1 / rows.chance[rows.labelled]
    weight *= (share / np.bincount(at, weights=weight, minlength=len(bins)))[at]
    apart = weight * (y - rates[at])
    between = float(share @ (rates - rate) ** 2) / len(place)
    more = _unseen(bins, share)
    reach = NORMAL * float(np.sqrt((apart**2).sum() + more + between))
    weighted = Rate(value=rate, low=max(rate - reach, 0.0), high=min(rate + reach, 1.0))
    mean = float(y.mean())
    gap = apart - (y - mean) / len(y)
    spread = float(np.sqrt((gap**2).sum() + more + between))
    above, reach = mean - rate, NORMAL * spread
    pvalue = 2 * float(ndtr(-abs(above) / spread)) if spread > 0 else float(above == 0)
    return weighted, Rate(value=above, low=above - reach, high=above + reach), pvalue


def _unseen(bins: tuple[Bin, ...], share: FloatArray) -> float:
    """Return the variance that rates near 0 or 1 hide: what two rows more of either outcome would add.

    Agresti & Coull (1998) add them to a single share; here each bin's share is one.
    """
    size = np.array([one.effective * one.n_labelled for one in bins])
    rate = np.array([one.weighted.value for one in bins])
    middle = (size * rate + 2) / (size + 4)
    more = middle * (1 - middle) / (size + 4) - rate * (1 - rate) / size
    return float(share**2 @ np.maximum(more, 0))
