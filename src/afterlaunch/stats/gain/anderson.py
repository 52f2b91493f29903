"""The test of Anderson and Rubin (1949), with products clustered two ways, and the gains that it does not reject.

It asks whether y - g x is unrelated to the instrument. Whatever the instrument's strength, it rejects the true g as
often as its level says; a weak one leaves a wide set of gains, or all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.gain.instruments import Instrument

MIN_TRANSITIONS = 10  # fewer do not tell how periods vary
LEAST_OF_ITEMS = 0.7  # of the items' own variance, the least that both clusterings say: 25 periods tell it badly


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadratic:
    """A variance of d (y - g x) as a function of g: `yy` - 2 g `xy` + g² `xx`."""

    yy: float
    xy: float
    xx: float

    def at(self, g: float) -> float:
        """Return the variance at gain `g`."""
        return self.yy - 2 * g * self.xy + g * g * self.xx


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Sums of d y and d x, and the variances of d (y - g x) of which the larger counts; `freedom` degrees."""

    dy: float
    dx: float
    variances: tuple[Quadratic, ...]
    freedom: int

    @property
    def estimate(self) -> float:
        """The gain at which the instrument and y - g x are unrelated in the sample."""
        return self.dy / self.dx

    @property
    def spread(self) -> float:
        """The standard error of the estimate, where the instrument is strong."""
        return self.variance(self.estimate) ** 0.5 / abs(self.dx)

    def variance(self, g: float) -> float:
        """Return the larger variance at gain `g`."""
        return max(one.at(g) for one in self.variances)

    def pvalue(self, g: float = 0.0) -> float:
        """Return the two-sided p-value of the gain `g`."""
        variance = self.variance(g)
        if variance <= 0:
            return 1.0
        statistic: float = abs(self.dy - g * self.dx) / float(np.sqrt(variance))
        return 2 * float(stdtr(self.freedom, -statistic))

    @property
    def strength(self) -> float:
        """The F statistic of the instrument's own effect on the feedback; below about 10 it is called weak."""
        variance = max(one.xx for one in self.variances)
        return self.dx**2 / variance if variance > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The gains that are not rejected: from `low` to `high`, None where there is no end.

    Where a gap is all that is rejected, both ends are None, and `excluded` is the gap.
    """

    low: float | None
    high: float | None
    excluded: tuple[float, float] | None = None


def moments_of(instrument: Instrument) -> Moments | None:
    """Return the sums of `instrument`, clustered by item and, where ten periods or more tell of it, by period too.

    None where fewer than four items, or no variation, is left. Cameron, Gelbach & Miller (2011), *Robust inference with
    multiway clustering*, JBES 29.
    """
    dy, dx = instrument.d * instrument.y, instrument.d * instrument.x
    n_items, n_periods = int(instrument.kept.any(axis=0).sum()), int(instrument.kept.any(axis=1).sum())
    if n_items < 4 or dx.sum() == 0:
        return None
    by_item = _variance(dy.sum(axis=0), dx.sum(axis=0), n_items)
    if _effective((dx * dx).sum(axis=1)) < MIN_TRANSITIONS:
        return Moments(dy=float(dy.sum()), dx=float(dx.sum()), variances=(by_item,), freedom=n_items - 1)
    by_period = _variance(dy.sum(axis=1), dx.sum(axis=1), n_periods)
    by_cell = _variance(dy, dx, int(instrument.kept.sum()))
    variances = (_scaled(by_item, LEAST_OF_ITEMS), _both(by_item, by_period, by_cell))
    freedom = min(n_items, n_periods) - 1
    return Moments(dy=float(dy.sum()), dx=float(dx.sum()), variances=variances, freedom=freedom)


def accepted_gains(moments: Moments, *, level: float) -> Accepted:
    """Return the gains that a test of size 1 - `level` does not reject."""
    critical = float(stdtrit(moments.freedom, (1 + level) / 2)) ** 2
    ends = np.array(sorted({end for one in moments.variances for end in _ends(moments, one, critical)}))
    if len(ends) == 0:
        return Accepted(low=None, high=None)
    step = 1.0 + float(np.abs(ends).max())
    between = np.concatenate([[ends[0] - step], (ends[1:] + ends[:-1]) / 2, [ends[-1] + step]])
    inside = [(moments.dy - g * moments.dx) ** 2 <= critical * moments.variance(g) for g in between.tolist()]
    if inside[0] or inside[-1]:
        out = [i for i, accepted in enumerate(inside) if not accepted]
        gap = (float(ends[out[0] - 1]), float(ends[out[-1]])) if out and inside[0] and inside[-1] else None
        return Accepted(low=None, high=None, excluded=gap)
    accepted = [i for i, one in enumerate(inside) if one]
    return Accepted(low=float(ends[accepted[0] - 1]), high=float(ends[accepted[-1]]))


def _ends(moments: Moments, variance: Quadratic, critical: float) -> list[float]:
    """Return where (dy - g dx)² is `critical` times the variance."""
    a = moments.dx**2 - critical * variance.xx
    b = moments.dy * moments.dx - critical * variance.xy
    c = moments.dy**2 - critical * variance.yy
    under = b * b - a * c
    if under <= 0 or a == 0:
        return []
    return [(b - under**0.5) / a, (b + under**0.5) / a]


def _variance(dy: FloatArray, dx: FloatArray, n: int) -> Quadratic:
    """Return the variance of the sums over `n` clusters; of those in `dy` and `dx` that do not count all are 0."""
    y, x = float(dy.sum()), float(dx.sum())
    yy, xy, xx = float((dy * dy).sum()), float((dy * dx).sum()), float((dx * dx).sum())
    factor = n / max(n - 1, 1)
    return Quadratic(yy=factor * (yy - y * y / n), xy=factor * (xy - x * y / n), xx=factor * (xx - x * x / n))


def _both(items: Quadratic, periods: Quadratic, cells: Quadratic) -> Quadratic:
    """Return what items and periods say together: the sum of both, less what they share."""
    return Quadratic(
        yy=items.yy + periods.yy - cells.yy, xy=items.xy + periods.xy - cells.xy, xx=items.xx + periods.xx - cells.xx
    )


def _effective(weight: FloatArray) -> float:
    """Return how many equal weights would be as concentrated as `weight`."""
    return float(weight.sum() ** 2 / max(float((weight**2).sum()), 1e-300))


def _scaled(variance: Quadratic, factor: float) -> Quadratic:
    return Quadratic(yy=factor * variance.yy, xy=factor * variance.xy, xx=factor * variance.xx)
