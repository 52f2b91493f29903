"""Worlds that had no part in choosing the null: how a log of each kind is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, ndtri

from afterlaunch import stats

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

K = 32
HOUR_US = 3_600 * 1_000_000
MONDAY_US = 4 * 24 * HOUR_US


@dataclass(frozen=True, kw_only=True)
class Log:
    """Columns counted in D buckets, the first `reference` of them the reference; edges (D + 1,) in hours."""

    columns: list[stats.Cells]
    edges: np.ndarray
    reference: int

    def windows(self) -> stats.Windows:
        """Return the two windows, with the season that the data show."""
        bucket = np.arange(len(self.edges) - 1)
        edges = (MONDAY_US + self.edges * HOUR_US).astype(np.int64)
        season, _ = stats.find_season(self.columns, bucket, edges[:-1], edges[1:])
        reference, current = bucket[: self.reference], bucket[self.reference :]
        return stats.Windows(reference=reference, current=current, position=bucket, season=season)


def days(n: int) -> np.ndarray:
    """Return the edges of n days, in hours."""
    return 24.0 * np.arange(n + 1)


def wander(rng: Generator, shape: tuple[int, int], rho: float, sd: float, shared: float = 0.5) -> np.ndarray:
    """Return effects (C, D), autocorrelated, a part `shared` of their variance common to all columns."""
    noise = rng.normal(size=(shape[0] + 1, shape[1]))
    for i in range(1, shape[1]):
        noise[:, i] = rho * noise[:, i - 1] + math.sqrt(1 - rho**2) * noise[:, i]
    return sd * (math.sqrt(shared) * noise[:1] + math.sqrt(1 - shared) * noise[1:])


def bells(rng: Generator, mean: np.ndarray, n: np.ndarray) -> list[stats.Cells]:
    """Return bell-shaped columns with means (C, D)."""
    return [binned(rng, p, n) for p in bells_shares(mean)]


def binned(rng: Generator, p: np.ndarray, n: np.ndarray, *, lost: np.ndarray | None = None) -> stats.Cells:
    """Return an ordered column with shares (D, k) of which a share `lost` (D,) is missing."""
    special = np.zeros((len(n), 4), dtype=np.int64)
    if lost is not None:
        special[:, 0] = rng.binomial(n, lost)
    counts = rng.multinomial(n - special[:, 0], p / p.sum(axis=1, keepdims=True))
    return stats.Cells(counts=np.hstack([counts, special]), ordered=True, widths=np.full(p.shape[1], 4 / p.shape[1]))


def categories(rng: Generator, p: np.ndarray, n: np.ndarray) -> stats.Cells:
    """Return an unordered column with shares (D, k)."""
    counts = rng.multinomial(n, p / p.sum(axis=1, keepdims=True))
    return stats.Cells(counts=np.hstack([counts, np.zeros((len(n), 4), dtype=np.int64)]), ordered=False)


def volume(rng: Generator, usual: np.ndarray) -> np.ndarray:
    """Return rows by bucket."""
    return np.maximum(rng.poisson(usual * np.exp(0.1 * rng.normal(size=len(usual)))), 5)


def heavy_days(rng: Generator, reference: int, current: int) -> Log:
    """Day effects are Student's with three degrees of freedom, the wild days common to all columns."""
    n = reference + current
    wild = np.sqrt(1 / rng.chisquare(3, size=n))
    mean = wander(rng, (25, n), 0.4, 0.1) * wild
    return Log(columns=bells(rng, mean, volume(rng, np.full(n, 500))), edges=days(n), reference=reference)


def bursts(rng: Generator, reference: int, current: int) -> Log:
    """On one day in fifteen a tenth to a third of the rows come from elsewhere, in all columns at once."""
    n = reference + current
    share = np.where(rng.random(n) < 1 / 15, rng.uniform(0.1, 0.33, n), 0.0)[:, None]
    usual = bells_shares(np.zeros((1, n)))[0]
    other = [bells_shares(np.full((1, n), at))[0] for at in rng.choice([-2.0, 2.0], 25)]
    rows = volume(rng, np.full(n, 500))
    columns = [binned(rng, (1 - share) * usual + share * burst, rows) for burst in other]
    return Log(columns=columns, edges=days(n), reference=reference)


def bells_shares(mean: np.ndarray) -> np.ndarray:
    """Return the shares (C, D, K) of bell-shaped columns."""
    cumulative = ndtr(ndtri(np.arange(1, K) / K) - mean[..., None])
    return np.diff(cumulative, axis=-1, prepend=0.0, append=1.0)


def growing(rng: Generator, rho: float, sd: float) -> Log:
    """The volume grows tenfold over 42 + 14 days."""
    mean = wander(rng, (25, 56), rho, sd)
    rows = volume(rng, 100 * 10 ** (np.arange(56) / 55))
    return Log(columns=bells(rng, mean, rows), edges=days(56), reference=42)


def two_seasons(rng: Generator, current: int) -> Log:
    """Hours of the day and weekends, which also have other hours, over 21 days and `current` hours."""
    hour = np.arange(21 * 24 + current)
    free = hour // 24 % 7 >= 5
    clock = np.where(free, 0.2, 0.5) * np.sin(2 * np.pi * (hour - np.where(free, 3, 0)) / 24) + 0.3 * free
    mean = rng.normal(size=(15, 1)) * clock + wander(rng, (15, len(hour)), 0.5, 0.1)
    rows = volume(rng, 60 + 40 * np.sin(2 * np.pi * (hour - 8) / 24))
    return Log(columns=bells(rng, mean, rows), edges=np.arange(len(hour) + 1.0), reference=21 * 24)


def groups(rng: Generator) -> Log:
    """Forty columns in groups of eight, the columns of a group sharing nearly all of their days."""
    mean = np.vstack(
        [
            wander(rng, (8, 42), rho, sd, 0.9)
            for rho, sd in zip(np.arange(5) / 5, (0.05, 0.1, 0.05, 0.1, 0.05), strict=True)
        ]
    )
    return Log(columns=bells(rng, mean, volume(rng, np.full(42, 400))), edges=days(42), reference=35)


def small_numbers(rng: Generator, reference: int, current: int) -> Log:
    """Numbers of events, 0, 1, 2, …, whose mean varies by day as a gamma variable does."""
    n = reference + current
    rows = volume(rng, np.full(n, 300))
    columns = [_numbers(rng, usual, n, rows) for usual in rng.uniform(0.3, 4, 20)]
    return Log(columns=columns, edges=days(n), reference=reference)


def _numbers(rng: Generator, usual: float, n: int, rows: np.ndarray) -> stats.Cells:
    mean = usual * rng.gamma(30, 1 / 30, size=n)[:, None]
    k = np.arange(12)
    p = np.exp(k * np.log(mean) - mean - np.array([math.lgamma(i + 1) for i in k]))
    return binned(rng, p, rows)


def flags(rng: Generator, reference: int, current: int, spread: float) -> Log:
    """Flags of .5 to 8 percent whose shares vary by a factor from day to day: half numbers, half names."""
    n = reference + current
    rows = volume(rng, np.full(n, 1000))
    columns: list[stats.Cells] = []
    for i, usual in enumerate(np.geomspace(0.005, 0.08, 10)):
        rare = np.minimum(usual * np.exp(spread * rng.normal(size=n)), 0.9)
        p = np.stack([1 - rare, rare], axis=1)
        columns.append(binned(rng, p, rows) if i % 2 else categories(rng, p, rows))
    return Log(columns=columns, edges=days(n), reference=reference)


def mostly_null(rng: Generator, reference: int, current: int) -> Log:
    """Columns of which 70 to 98 % of the rows are missing, that share wandering from day to day."""
    n = reference + current
    rows = volume(rng, np.full(n, 500))
    odds = np.log(1 / np.linspace(0.02, 0.3, 15) - 1)[:, None] + wander(rng, (15, n), 0.5, 0.3)
    p = bells_shares(wander(rng, (15, n), 0.3, 0.1))
    columns = [binned(rng, p[i], rows, lost=1 / (1 + np.exp(-odds[i]))) for i in range(15)]
    return Log(columns=columns, edges=days(n), reference=reference)


def zero_inflated(rng: Generator, reference: int, current: int) -> Log:
    """Seven rows in ten are zero, a share that varies by day; the rest is a skewed amount."""
    n = reference + current
    rows = volume(rng, np.full(n, 500))
    zero = 1 / (1 + np.exp(-(0.85 + wander(rng, (20, n), 0.5, 0.2))))[..., None]
    p = np.concatenate([zero, (1 - zero) * bells_shares(wander(rng, (20, n), 0.0, 0.15))], axis=2)
    return Log(columns=[binned(rng, one, rows) for one in p], edges=days(n), reference=reference)


def plain(rng: Generator, reference: int, current: int, rho: float, sd: float) -> Log:
    """Bells with autocorrelated days."""
    n = reference + current
    columns = bells(rng, wander(rng, (15, n), rho, sd), volume(rng, np.full(n, 500)))
    return Log(columns=columns, edges=days(n), reference=reference)


def calm_and_wild(rng: Generator, reference: int, current: int) -> Log:
    """Days whose spread itself wanders, as in markets: calm weeks and wild ones, common to all columns."""
    n = reference + current
    loud = np.exp(wander(rng, (1, n), 0.9, 0.6, 1.0))
    mean = 0.08 * loud * rng.normal(size=(20, n))
    return Log(columns=bells(rng, mean, volume(rng, np.full(n, 500))), edges=days(n), reference=reference)


def two_states(rng: Generator, reference: int, current: int) -> Log:
    """Two states of the world, .25 sd apart, each lasting five days on average."""
    n = reference + current
    state = np.cumsum(rng.random(n) < 0.2) % 2
    mean = 0.25 * rng.choice([-1, 1], (15, 1)) * state + wander(rng, (15, n), 0.0, 0.05)
    return Log(columns=bells(rng, mean, volume(rng, np.full(n, 500))), edges=days(n), reference=reference)


def many_names(rng: Generator, reference: int, current: int) -> Log:
    """Thirty categories whose shares vary by day as a Dirichlet variable does."""
    n = reference + current
    rows = volume(rng, np.full(n, 500))
    usual = 1 / np.arange(1.0, 31)
    columns = [categories(rng, rng.gamma(usual / usual.sum() * 200, size=(n, 30)) + 1e-9, rows) for _ in range(12)]
    return Log(columns=columns, edges=days(n), reference=reference)


def lost_by_a_factor(rng: Generator, reference: int, current: int, columns: int) -> Log:
    """Five percent of the values are missing, times a lognormal factor of .7 a day."""
    n = reference + current
    rows = volume(rng, np.full(n, 500))
    lost = np.minimum(0.05 * np.exp(0.7 * rng.normal(size=(columns, n))), 0.95)
    p = bells_shares(np.zeros((columns, n)))
    made = [binned(rng, p[i], rows, lost=lost[i]) for i in range(columns)]
    return Log(columns=made, edges=days(n), reference=reference)


PAIRS: dict[str, Callable[[Generator, int, int], Log]] = {
    "heavy-tailed days (t3)": heavy_days,
    "bursts": bursts,
    "small numbers": small_numbers,
    "flags by a factor of .4": lambda rng, a, b: flags(rng, a, b, 0.4),
    "flags by a factor of .8": lambda rng, a, b: flags(rng, a, b, 0.8),
    "mostly null": mostly_null,
    "zero-inflated": zero_inflated,
    "calm and wild weeks": calm_and_wild,
    "two states": two_states,
    "thirty categories": many_names,
    "missing by a factor of .7": lambda rng, a, b: lost_by_a_factor(rng, a, b, 15),
}
