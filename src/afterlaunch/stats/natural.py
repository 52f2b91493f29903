"""How much one number a bucket varies by itself: the size of a step, or of a window's mean, by natural variation.

The number of bucket d differs from a level by sampling noise of known variance and by what days do beyond it. That is
learnt from contrasts of the reference that hold no step, and averaged over what they leave unknown: see `placebo.py`.
A drift over months is no chance variation: no reference is long enough to rule one out, so that allowing for it would
leave every step untold; and where the level has moved, it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.contrasts import Design, design, seasons_covered, step_contrast
from afterlaunch.stats.evidence import FULL_STRENGTH
from afterlaunch.stats.learnt import CAUTION
from afterlaunch.stats.noise import Noise
from afterlaunch.stats.placebo import (
    GRID_LAM,
    GRID_RHO,
    Spread,
    log_likelihood,
    null,
    pooled_posterior,
    spread,
    unit_root_share,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.cells import Windows

ONE = np.ones(1)
LONGEST = 0.95  # correlation of one bucket with the next: what lasts longer is the level of a window, not chance
RULED_OUT = -1e300  # a log likelihood
PASSING = 0.7  # days that resemble the day before no more than this pass within weeks
SCALAR = Noise(mean=ONE, shape=ONE, rate=ONE)  # the square of one normal variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One number of each of D buckets, on the scale on which it is judged; what has no rows is left aside.

    `moved` (D,) is how far a bucket lies from the reference's level, `variance` (D,) its sampling variance, `n` (D,)
    its rows. `moved` may also hold k numbers of each bucket, (D, k): then the length of their step is judged,
    `variance` is that of all k together and `noise` says how it is spread over them.
    """

    moved: FloatArray
    variance: FloatArray
    n: FloatArray
    noise: Noise = SCALAR


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
    noise: Noise
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
        law = null(self.weights, self._spread(self.step, self.variance), self.noise)
        return min(float(law.exceed(size)[0]) / self.raising, 1.0)

    def reach(self, chance: float, variance: FloatArray | None = None) -> float:
        """Return the size of a step that natural variation exceeds with `chance`; of other sampling `variance` (D,)."""
        known = self.variance if variance is None else variance
        vary = self._spread(self.step, known)
        return self._size(self.weights, vary, chance * self.raising)

    def width(self, which: IntArray, n: FloatArray, variance: FloatArray, chance: float) -> float:
        """Return how far the mean of the buckets `which` lies from their own level with `chance` to lie further.

        `n` (D,) are the weights of the buckets and `variance` (D,) their sampling variances. What changes over months
        belongs to the level: no contrast of the reference could say how far it goes.
        """
        contrast = np.zeros(len(n))
        contrast[which] = n[which] / n[which].sum()
        passing = self.weights * (GRID_RHO <= PASSING)
        return self._size(passing / passing.sum(), self._spread(contrast, variance), chance)

    def between_share(self) -> float:
        """Return the share of the step's variance that comes from its buckets, not from their rows."""
        vary = self._spread(self.step, self.variance)
        return float((self.weights * vary.between / vary.total()).sum())

    def _size(self, weights: FloatArray, vary: Spread, chance: float) -> float:
        reachable = np.clip(np.array([chance]), 1e-300, 1 - 1e-9)
        return float(np.sqrt(null(weights, vary, self.noise).quantile(reachable)[0] * self.unit))

    def _spread(self, contrast: FloatArray, variance: FloatArray) -> Spread:
        return _spread(contrast[None, self.used], variance[self.used], self.position, self.unit)


def learn_natural(series: Series, windows: Windows) -> Natural:
    """Return what a series by itself teaches about steps between the two windows.

    >>> from afterlaunch.stats import Windows
    >>> time, noise = np.arange(60), np.random.default_rng(5).normal(size=60)
    >>> windows = Windows(reference=time[:45], current=time[45:], position=time, season=time * 0)
    >>> learnt = learn_natural(Series(moved=noise, variance=np.ones(60), n=np.ones(60)), windows)
    >>> learnt.pvalue(0.2) > 0.3, learnt.pvalue(1.5) < 0.02
    (True, True)
    """
    return learn_together([series], windows)[0]


def learn_together(series: Sequence[Series], windows: Windows) -> tuple[Natural, ...]:
    """Return the same of several series with values in the same buckets, which lend each other what they learnt."""
    if not series:
        return ()
    usable = series[0].n > 0
    plan = design(windows, usable)
    weights = _still(len(series)) if windows.timeless else pooled_posterior(_likelihoods(series, plan))
    return tuple(_natural(one, mine, plan, windows) for one, mine in zip(series, weights[:, None], strict=True))


def _still(n: int) -> FloatArray:
    """Return weights that put all on buckets which vary by their rows alone."""
    return np.repeat((GRID_LAM == 0).astype(np.float64)[None], n, axis=0)


def _natural(series: Series, weights: FloatArray, plan: Design, windows: Windows) -> Natural:
    usable = series.n > 0
    step = step_contrast(np.where(usable, series.n, 0.0), windows)
    unit = _unit(series, plan)
    caution = 1.0 if windows.timeless else min(1.0, (plan.available / FULL_STRENGTH) ** 2)
    vary = _spread(step[None, plan.used], series.variance[plan.used], plan.position, unit)
    return Natural(
        used=plan.used,
        position=plan.position,
        variance=series.variance,
        unit=unit,
        weights=weights,
        noise=series.noise,
        step=step,
        caution=caution,
        raising=caution * (1.0 if windows.timeless else CAUTION),
        covered=seasons_covered(windows, usable),
        wandering=bool(unit_root_share(weights, vary)[0] > 0.5),
    )


def _unit(series: Series, plan: Design) -> float:
    return float(np.median(series.variance[plan.used]))


def _likelihoods(series: Sequence[Series], plan: Design) -> FloatArray:
    """Return how likely each point of the grid makes the placebos of each series (C, G), as a logarithm."""
    if not len(plan.placebos):
        return np.tile(np.where(GRID_RHO <= LONGEST, 0.0, RULED_OUT), (len(series), 1))
    found: list[FloatArray] = []
    for one in series:
        unit = _unit(one, plan)
        sizes = ((plan.placebos @ one.moved[plan.used].reshape(len(plan.used), -1)) ** 2).sum(axis=1) / unit
        vary = _spread(plan.placebos, one.variance[plan.used], plan.position, unit)
        together = Spread(sampling=vary.sampling[None], between=vary.between[None])
        likelihood = log_likelihood(sizes[None], together, one.noise)[0]
        found.append(np.where(GRID_RHO <= LONGEST, likelihood, RULED_OUT))
    return np.array(found)


def _spread(contrasts: FloatArray, variance: FloatArray, position: FloatArray, unit: float) -> Spread:
    return spread(contrasts, unit / variance, position, ONE)
