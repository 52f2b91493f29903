"""How much one number a bucket varies by itself: the size of a step, or of a window's mean, by natural variation.

The number of bucket d differs from a level by sampling noise of known variance and by what days do beyond it. That is
learnt from contrasts of the reference that hold no step, and averaged over what they leave unknown: see `placebo.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.contrasts import design, seasons_covered, step_contrast
from afterlaunch.stats.evidence import FULL_STRENGTH
from afterlaunch.stats.learnt import CAUTION
from afterlaunch.stats.noise import Noise
from afterlaunch.stats.placebo import (
    GRID_LAM,
    GRID_PRIOR,
    GRID_RHO,
    Spread,
    log_likelihood,
    null,
    posterior,
    spread,
    unit_root_share,
)

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.cells import Windows

ONE = np.ones(1)
PASSING = 0.7  # days that resemble the day before no more than this pass within weeks
SCALAR = Noise(mean=ONE, shape=ONE, rate=ONE)  # the square of one normal variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One number of each of D buckets, on the scale on which it is judged; what has no rows is left aside.

    `moved` (D,) is how far a bucket lies from the reference's level, `variance` (D,) its sampling variance, `n` (D,)
    its rows.
    """

    moved: FloatArray
    variance: FloatArray
    n: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Natural:
    """What the reference teaches about natural variation, in units of `unit`, the variance of a usual bucket.

    `step` (D,) is the contrast of the two windows; `raising` divides its p-value, `caution` says how much of that is
    for want of placebos; `covered`: the reference has seen the current window's seasons; `wandering`: buckets drift
    by themselves.
    """

    used: IntArray
    position: FloatArray
    variance: FloatArray
    unit: float
    weights: FloatArray
    step: FloatArray
    caution: float
    raising: float
    covered: bool
    wandering: bool

    def pvalue(self, step: float) -> float:
        """Return the chance that natural variation alone makes a step of at least this size, either way."""
        if self.raising <= 0:
            return 1.0
        size = np.array([step**2 / self.unit])
        law = null(self.weights, self._spread(self.step, self.variance), SCALAR)
        return min(float(law.exceed(size)[0]) / self.raising, 1.0)

    def reach(self, chance: float, variance: FloatArray | None = None) -> float:
        """Return the size of a step that natural variation exceeds with `chance`; of other sampling `variance` (D,)."""
        known = self.variance if variance is None else variance
        return float(_size(self.weights, self._spread(self.step, known), chance * self.raising, self.unit))

    def width(self, which: IntArray, n: FloatArray, variance: FloatArray, chance: float) -> float:
        """Return how far the mean of the buckets `which` lies from their own level with `chance` to lie further.

        `n` (D,) are the weights of the buckets and `variance` (D,) their sampling variances. What changes over months
        belongs to the level: no contrast of the reference could say how far it goes.
        """
        contrast = np.zeros(len(n))
        contrast[which] = n[which] / n[which].sum()
        passing = self.weights * (GRID_RHO <= PASSING)
        return float(_size(passing / passing.sum(), self._spread(contrast, variance), chance, self.unit))

    def between_share(self) -> float:
        """Return the share of the step's variance that comes from its buckets, not from their rows."""
        vary = self._spread(self.step, self.variance)
        return float((self.weights * vary.between / vary.total()).sum())

    def _spread(self, contrast: FloatArray, variance: FloatArray) -> Spread:
        return _spread(contrast[None, self.used], variance[self.used], self.position, self.unit)


def learn_natural(series: Series, windows: Windows) -> Natural:
    """Return what the series teaches about steps between the two windows.

    >>> from afterlaunch.stats import Windows
    >>> time, noise = np.arange(60), np.random.default_rng(5).normal(size=60)
    >>> windows = Windows(reference=time[:45], current=time[45:], position=time, season=time * 0)
    >>> learnt = learn_natural(Series(moved=noise, variance=np.ones(60), n=np.ones(60)), windows)
    >>> learnt.pvalue(0.2) > 0.3, learnt.pvalue(1.5) < 0.01
    (True, True)
    """
    usable = series.n > 0
    plan = design(windows, usable)
    step = step_contrast(np.where(usable, series.n, 0.0), windows)
    unit = float(np.median(series.variance[plan.used]))
    if windows.timeless:
        weights = (GRID_LAM == 0).astype(np.float64)[None]
    else:
        weights = _learn(series, plan.placebos, plan.used, plan.position, unit)
    caution = 1.0 if windows.timeless else min(1.0, (plan.available / FULL_STRENGTH) ** 2)
    vary = _spread(step[None, plan.used], series.variance[plan.used], plan.position, unit)
    return Natural(
        used=plan.used,
        position=plan.position,
        variance=series.variance,
        unit=unit,
        weights=weights,
        step=step,
        caution=caution,
        raising=caution * (1.0 if windows.timeless else CAUTION),
        covered=seasons_covered(windows, usable),
        wandering=bool(unit_root_share(weights, vary)[0] > 0.5),
    )


def _learn(series: Series, placebos: FloatArray, used: IntArray, position: FloatArray, unit: float) -> FloatArray:
    """Return the weights of the grid (1, G)."""
    if not len(placebos):
        return GRID_PRIOR[None]
    sizes = (placebos @ series.moved[used]) ** 2 / unit
    vary = _spread(placebos, series.variance[used], position, unit)
    together = Spread(sampling=vary.sampling[None], between=vary.between[None])
    return posterior(log_likelihood(sizes[None], together, SCALAR))


def _size(weights: FloatArray, vary: Spread, chance: float, unit: float) -> FloatArray:
    reachable = np.clip(np.array([chance]), 1e-300, 1 - 1e-9)
    return np.sqrt(null(weights, vary, SCALAR).quantile(reachable)[0] * unit)


def _spread(contrasts: FloatArray, variance: FloatArray, position: FloatArray, unit: float) -> Spread:
    return spread(contrasts, unit / variance, position, ONE)
