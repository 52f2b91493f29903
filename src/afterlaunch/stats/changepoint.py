"""When a column began to drift: the change point of its leading component, with an interval, as a step or a ramp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from afterlaunch.stats.arrays import distinct
from afterlaunch.stats.measures import like_for_like

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.cells import Cells, Windows
    from afterlaunch.stats.evidence import PartName

Shape: TypeAlias = Literal["step", "ramp"]

FEWEST = 6  # buckets below which no onset is told
CRITICAL = 7.3523  # 95 % of the likelihood ratio of a change point: -2 log(1 - sqrt(.95))
DEGENERATE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """The bucket in which drift began, and the first and last bucket in which it may have: a 95 % interval."""

    index: int
    low: int
    high: int
    shape: Shape


def onset(cells: Cells, windows: Windows, *, part: PartName = "values") -> Onset | None:
    """Return when the change between the windows began, or None where time is unknown or too short.

    The shares of rows in the cells that gained (ordered columns: beyond the widest cumulative gap) form one series. Its
    change point is the maximum of a weighted CUSUM, the season taken out; the interval holds every change point whose
    likelihood ratio, as a step or as a ramp, is within its 95 % quantile: Hansen (2000), *Sample splitting and
    threshold estimation*, Econometrica 68, with the long-run variance of the buckets.

    >>> from afterlaunch.stats import Cells, Windows
    >>> late = np.arange(40) >= 30
    >>> counts = np.random.default_rng(0).multinomial(500, np.where(late[:, None], [0.6, 0.4], [0.4, 0.6]))
    >>> cells = Cells(counts=np.hstack([counts, np.zeros((40, 4), int)]), ordered=True)
    >>> day = np.arange(40)
    >>> onset(cells, Windows(reference=day[:20], current=day[20:], position=day, season=day * 0)).index
    30
    """
    counts = cells.values if part == "values" else cells.presence
    n = counts.sum(axis=1)
    used = _between(windows, n)
    if len(used) < FEWEST or windows.timeless:
        return None
    gained = _gained(*like_for_like(counts, windows), ordered=cells.ordered and part == "values")
    share = (counts[used] @ gained) / n[used]
    return _located(share, n[used], used, windows)


def _between(windows: Windows, n: FloatArray) -> IntArray:
    """Return the buckets with rows from the reference's start to the current window's end, in order of time."""
    position = windows.position
    low, high = position[windows.reference].min(), position[windows.current].max()
    inside = np.flatnonzero((position >= low) & (position <= high) & (n > 0))
    return inside[np.argsort(position[inside], kind="stable")]


def _gained(p: FloatArray, q: FloatArray, *, ordered: bool) -> FloatArray:
    if not ordered:
        return (q > p).astype(np.float64)
    widest = int(np.abs(np.cumsum(q - p)).argmax())
    return (np.arange(len(p)) > widest).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Fit:
    """One shape: what each candidate bucket leaves (T,), in weighted squares, and the best one's residuals (U,)."""

    shape: Shape
    left: FloatArray
    residual: FloatArray

    def least(self) -> float:
        return float(self.left.min())


def _located(share: FloatArray, n: FloatArray, used: IntArray, windows: Windows) -> Onset | None:
    labels = np.unique(windows.season[used], return_inverse=True)[1]
    place = windows.position[used].astype(np.float64)
    rough = min(_fits(share, n / n.mean(), labels, place), key=_Fit.least)
    weight = _reweighted(rough.residual, share, n)
    fits = _fits(share, weight, labels, place)
    best = min(fits, key=_Fit.least)
    if not np.isfinite(best.least()):
        return None
    either = np.minimum(*(fit.left for fit in fits))
    ratio = (either - best.least()) / _long_run_variance(best.residual, weight, len(distinct(labels)))
    inside = np.flatnonzero(ratio <= CRITICAL)
    index = int(np.argmin(best.left))
    return Onset(index=int(used[index]), low=int(used[inside[0]]), high=int(used[inside[-1]]), shape=best.shape)


def _fits(share: FloatArray, weight: FloatArray, labels: IntArray, place: FloatArray) -> list[_Fit]:
    return [_shaped(share, weight, labels, regressors(place), shape) for shape, regressors in _SHAPES.items()]


def _shaped(share: FloatArray, weight: FloatArray, labels: IntArray, regressors: FloatArray, shape: Shape) -> _Fit:
    left = _left(share, weight, labels, regressors)
    return _Fit(shape, left, _residual(share, weight, labels, regressors[int(np.argmin(left))]))


def _steps(place: FloatArray) -> FloatArray:
    return (place[None] >= place[:, None]).astype(np.float64)


def _ramps(place: FloatArray) -> FloatArray:
    return np.maximum(place[None] - place[:, None] + 1, 0)


_SHAPES: dict[Shape, Callable[[FloatArray], FloatArray]] = {"step": _steps, "ramp": _ramps}


def _left(share: FloatArray, weight: FloatArray, labels: IntArray, regressors: FloatArray) -> FloatArray:
    """Return the weighted squares left by each regressor (T, U), beside a mean for every season."""
    y = _centred(share, weight, labels)
    x = _centred(regressors, weight, labels)
    power = (weight * x**2).sum(axis=1)
    explained = np.divide((x @ (weight * y)) ** 2, power, out=np.full(len(x), -np.inf), where=power > DEGENERATE)
    return (weight * y**2).sum() - explained


def _residual(share: FloatArray, weight: FloatArray, labels: IntArray, regressor: FloatArray) -> FloatArray:
    y, x = _centred(share, weight, labels), _centred(regressor, weight, labels)
    return y - x * (weight * x @ y) / max(float(weight * x @ x), DEGENERATE)


def _centred(rows: FloatArray, weight: FloatArray, labels: IntArray) -> FloatArray:
    """Return rows (..., U) less each season's weighted mean."""
    inside = np.zeros((len(labels), int(labels.max()) + 1))
    inside[np.arange(len(labels)), labels] = weight
    means = (rows @ inside) / inside.sum(axis=0)
    return rows - means[..., labels]


def _reweighted(residual: FloatArray, share: FloatArray, n: FloatArray) -> FloatArray:
    """Return weights by the variance between buckets and that of their rows."""
    middle = float(np.clip((n @ share) / n.sum(), 1e-6, 1 - 1e-6))
    sampling = middle * (1 - middle) / n
    between = max(float((n * (residual**2 - sampling)).sum() / n.sum()), 0.0)
    weight = 1 / (between + sampling)
    return weight / weight.mean()


def _long_run_variance(residual: FloatArray, weight: FloatArray, n_seasons: int) -> float:
    """Return the residuals' variance, raised for their correlation from bucket to bucket."""
    free = max(len(residual) - n_seasons - 2, 1)
    variance = max(float((weight * residual**2).sum() / free), 1e-15)
    scaled = residual * np.sqrt(weight)
    lag = float(scaled[1:] @ scaled[:-1]) / max(float(scaled @ scaled), 1e-15)
    rho = min(max(lag + (1 + 3 * lag) / len(residual), 0.0), 0.9)
    return variance * (1 + rho) / (1 - rho)
