"""The null of natural variation: how large a step between two windows is when nothing has happened.

The sizes of the placebo contrasts tell how buckets vary beyond their sampling noise. The variance of a contrast v of
the bucket series is modelled as S(v) + B(v): sampling noise, known from the rows, plus

    B(v) = lam * (g * v' R v + (1 - g) * v' v),    R = rho ** |lag|,

days that persist and days that flutter. Every (rho, g, lam) on a grid gets its posterior weight from the placebos; the
p-value of the step averages over what they leave unknown. No draws, the same numbers on every platform. Sums of squares
are matched to (shifted) chi-squared variables by their cumulants: Imhof (1961), *Computing the distribution of
quadratic forms in normal variables*, Biometrika 48. Sizes are in units of one row's noise at the median volume.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.contrasts import persistence
from afterlaunch.stats.gamma import log_gamma, upper_gamma

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.noise import Noise

RHO = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99)
UNIT_ROOT = 0.95  # from here on, days drift by themselves
PERSISTENT = (0.5, 1.0)
LAM = 0.05 * 2.0 ** np.arange(17)
PRIOR_STILL = 0.1  # prior weight of buckets that vary by their rows alone
MAX_SHAPE = 8.0  # no placebo may be taken as more regular than this
POOLING = 0.9
ROUNDS = 3
NEGLIGIBLE = 1e-14  # weights below this cannot change a p-value that anyone acts on
MAX_STEPS = 100
CONVERGED = 1e-6  # of Newton's last step, after which the error is its square


def _grid() -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    points = [(0.0, 1.0, 0.0, PRIOR_STILL)]
    for rho in RHO:
        shares = PERSISTENT if rho else (1.0,)
        prior = (1 - PRIOR_STILL) / len(RHO) / len(shares) / len(LAM)
        points += [(rho, g, float(lam), prior) for g in shares for lam in LAM]
    rho, g, lam, prior = np.array(points).T
    return rho, g, lam, prior


GRID_RHO, GRID_G, GRID_LAM, GRID_PRIOR = _grid()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a contrast varies by sampling, (...), and by its buckets, (..., G) over the grid."""

    sampling: FloatArray
    between: FloatArray

    def total(self) -> FloatArray:
        """Return the variance of the contrast at every point of the grid, (..., G)."""
        return self.sampling[..., None] + self.between

    def grown(self, factor: FloatArray) -> Spread:
        """Return the spread of contrasts (...) whose buckets vary by `factor` (...) more than was learnt."""
        return Spread(sampling=self.sampling, between=self.between * factor[..., None])


def spread(contrasts: FloatArray, n: FloatArray, position: FloatArray, unit: FloatArray) -> Spread:
    """Return how `contrasts` (..., U) of buckets with `n` rows (..., U) vary, `unit` (..., 1) being a usual volume."""
    squares = (contrasts**2).sum(axis=-1)
    by_rho = {rho: persistence(contrasts, position, rho) for rho in RHO}
    between = np.stack(
        [lam * (g * by_rho[rho] + (1 - g) * squares) for rho, g, lam in zip(GRID_RHO, GRID_G, GRID_LAM, strict=True)],
        axis=-1,
    )
    return Spread(sampling=np.einsum("...u,...u->...", contrasts**2, unit / n), between=between)


def cumulants(spread: Spread, noise: Noise) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the first three cumulants of a contrast's squared norm (C, G), the between part being of rank one."""
    s, b = spread.sampling[..., None], spread.between
    shape, rate = noise.shape[:, None], noise.rate[:, None]
    second = 2 * (s**2 / shape + b**2 + 2 * rate * s * b)
    third = 8 * (rate * s**3 / shape + 3 * rate**2 * s**2 * b + 3 * rate * s * b**2 + b**3)
    return s + b, second, third


def log_likelihood(sizes: FloatArray, placebos: Spread, noise: Noise) -> FloatArray:
    """Return the log likelihood (C, G) of squared placebo norms `sizes` (C, J), each taken as a gamma variable."""
    total = placebos.total()
    s, b = placebos.sampling[..., None], placebos.between
    shape, rate = noise.shape[:, None, None], noise.rate[:, None, None]
    half = np.minimum(MAX_SHAPE / 2, total**2 / (2 * (s**2 / shape + b**2 + 2 * rate * s * b)))
    x = np.maximum(sizes, 1e-9)[..., None]
    terms = (half - 1) * np.log(x) + half * (np.log(half / total) - x / total) - log_gamma(half)
    return terms.sum(axis=1)


def posterior(log_likelihood: FloatArray, prior: FloatArray = GRID_PRIOR) -> FloatArray:
    """Return the weights of the grid (C, G), each row summing to 1."""
    weight = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True)) * prior
    return weight / weight.sum(axis=1, keepdims=True)


def pooled_posterior(log_likelihood: FloatArray) -> FloatArray:
    """Return the weights of the grid (C, G) when columns lend each other what they learnt: empirical Bayes."""
    weights = posterior(log_likelihood)
    n = len(weights)
    share = POOLING * (n - 1) / (n + 3)
    for _ in range(ROUNDS if n > 1 else 0):
        others = (weights.sum(axis=0) - weights) / (n - 1)
        weights = posterior(log_likelihood, (1 - share) * GRID_PRIOR + share * others)
    return weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """The distribution of one squared norm for each of C columns: a mixture of shifted gamma variables.

    Arrays hold the points of all columns that have any weight, one after another; `column` says whose each is.
    """

    n_columns: int
    column: IntArray
    weight: FloatArray
    shift: FloatArray
    scale: FloatArray
    half: FloatArray

    def exceed(self, size: FloatArray) -> FloatArray:
        """Return the chance (C,) that natural variation alone exceeds `size` (C,)."""
        x = np.maximum(size[self.column] - self.shift, 0) / self.scale
        return np.minimum(self._sum(upper_gamma(self.half, x)), 1.0)

    def quantile(self, chance: FloatArray) -> FloatArray:
        """Return the size (C,) that natural variation exceeds with `chance` (C,): Newton's method inside a bracket."""
        low, high = np.full(self.n_columns, -30.0), np.full(self.n_columns, 60.0)
        x = np.log(self._sum(self.shift + self.half * self.scale) * (1 - 2 * np.log(chance)))
        settled = np.zeros(self.n_columns, dtype=bool)
        for _ in range(MAX_STEPS):
            size = np.exp(x)
            p = np.maximum(self.exceed(size), 1e-300)
            low, high = np.where(p > chance, x, low), np.where(p > chance, high, x)
            move = np.log(p / chance) * p / np.maximum(self._density(size) * size, 1e-300)
            settled = settled | (np.abs(move) < CONVERGED)
            inside = settled | ((x + move > low) & (x + move < high))
            x = np.where(inside, x + move, (low + high) / 2)
            if settled.all():
                break
        return np.exp(x)

    def _density(self, size: FloatArray) -> FloatArray:
        x = (size[self.column] - self.shift) / self.scale
        log_x = np.log(np.maximum(x, 1e-300))
        density = np.exp((self.half - 1) * log_x - x - log_gamma(self.half)) / self.scale
        return self._sum(np.where(x > 0, density, 0.0))

    def _sum(self, terms: FloatArray) -> FloatArray:
        return np.bincount(self.column, weights=self.weight * terms, minlength=self.n_columns).astype(np.float64)


def null(weights: FloatArray, step: Spread, noise: Noise) -> Null:
    """Return the null of the step's squared norm, given the grid's `weights` (C, G)."""
    column, point = np.nonzero(weights > NEGLIGIBLE)
    first, second, third = (cumulant[column, point] for cumulant in cumulants(step, noise))
    scale = third / (2 * second)
    half = second / scale**2
    return Null(
        n_columns=len(weights),
        column=column,
        weight=weights[column, point],
        shift=first - half * scale,
        scale=scale,
        half=half,
    )


def unit_root_share(weights: FloatArray, step: Spread) -> FloatArray:
    """Return the share (C,) of the step's variance that comes from days which drift by themselves."""
    return (weights * (GRID_RHO >= UNIT_ROOT) * step.between / step.total()).sum(axis=1)
