"""When a column began to drift: the change point of its leading component, with an interval, as a step or a ramp."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from afterlaunch.stats.arrays import distinct
from afterlaunch.stats.measures import like_for_like

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.cells import Cells, Windows
    from afterlaunch.stats.evidence import PartName

Shape: TypeAlias = Literal["step", "ramp"]

FEWEST = 6  # buckets below which no onset is told
CRITICAL = 7.3523  # 95 % of the likelihood ratio of a change point: -2 log(1 - sqrt(.95))
BETTER = 3.84  # of the likelihood ratio by which a ramp must beat the best step: chance does so once in twenty
DEGENERATE = 1e-9
SURE = 1e-12  # of the mean square of a series, the sampling variance that its values have at least


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
    change point is the maximum of a weighted CUSUM, the season taken out, or the start of a ramp that levels off after
    some time or not at all; the interval holds every start whose likelihood ratio, whichever the shape, is within its
    95 % quantile: Hansen (2000), *Sample splitting and
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
    middle = float(np.clip((n[used] @ share) / n[used].sum(), 1e-6, 1 - 1e-6))
    return _located(share, middle * (1 - middle) / n[used], used, windows)


def onset_of_means(mean: FloatArray, variance: FloatArray, n: FloatArray, windows: Windows) -> Onset | None:
    """Return when a series of means (D,) of sampling `variance` (D,) began to change, or None as `onset` does.

    `n` (D,) are the rows of each bucket; those without any are left aside.
    """
    used = _between(windows, n)
    if len(used) < FEWEST or windows.timeless:
        return None
    return _located(mean[used], variance[used], used, windows)


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
class _Series:
    """The gained share of each bucket (U,), its weight, place and season's label."""

    share: FloatArray
    weight: FloatArray
    place: FloatArray
    labels: IntArray

    def left(self, length: float) -> FloatArray:
        """Return the weighted squares that a rise of so many places leaves, begun in each bucket (U,)."""
        w, p = self.weight, self.place
        y = _centred(self.share, w, self.labels)
        rise = _Rise(p, length)
        seasonal = np.zeros((int(self.labels.max()) + 1, len(p)))
        seasonal[self.labels, np.arange(len(p))] = w
        power = rise.squares(w) - (rise.sums(seasonal) ** 2 / seasonal.sum(axis=1)[:, None]).sum(axis=0)
        total = rise.sums((w * y)[None])[0]
        explained = np.divide(total**2, power, out=np.full(len(p), -np.inf), where=power > DEGENERATE)
        return (w * y**2).sum() - explained

    def residual(self, start: int, length: float) -> FloatArray:
        """Return what a rise from bucket `start` on leaves of each bucket (U,)."""
        w = self.weight
        regressor = np.clip((self.place - self.place[start] + 1) / length, 0.0, 1.0)
        y, x = _centred(self.share, w, self.labels), _centred(regressor, w, self.labels)
        return y - x * (w * x @ y) / max(float(w * x @ x), DEGENERATE)


class _Rise:
    """Sums over min((place - start + 1) / length, 1) from each bucket on, in one pass over the buckets."""

    def __init__(self, place: FloatArray, length: float) -> None:
        self.place, self.length = place, length
        self.first = np.searchsorted(place, place)
        self.full = np.searchsorted(place, place + length - 1)

    def sums(self, values: FloatArray) -> FloatArray:
        """Return the sums (..., U) of `values` (..., U) times the rise."""
        until, moment = _running(values), _running(values * self.place)
        rising = self._between(moment) + (1 - self.place) * self._between(until)
        return rising / self.length + self._after(until)

    def squares(self, weight: FloatArray) -> FloatArray:
        """Return the sums (U,) of `weight` (U,) times the squared rise."""
        until, moment = _running(weight), _running(weight * self.place)
        begun = 1 - self.place
        rising = self._between(_running(weight * self.place**2)) + begun * (
            2 * self._between(moment) + begun * self._between(until)
        )
        return rising / self.length**2 + self._after(until)

    def _between(self, running: FloatArray) -> FloatArray:
        return running[..., self.full] - running[..., self.first]

    def _after(self, running: FloatArray) -> FloatArray:
        return running[..., -1:] - running[..., self.full]


def _running(values: FloatArray) -> FloatArray:
    """Return the sums of the values before each place, and of all."""
    start = np.zeros((*values.shape[:-1], 1))
    return np.concatenate([start, np.cumsum(values, axis=-1)], axis=-1)


def _located(share: FloatArray, sampling: FloatArray, used: IntArray, windows: Windows) -> Onset | None:
    labels = np.unique(windows.season[used], return_inverse=True)[1]
    place = windows.position[used].astype(np.float64)
    place -= place[0]
    lengths = _lengths(float(place[-1]) + 1)
    sampling = np.maximum(sampling, SURE * float(np.mean(share**2)) or 1.0)
    precise = 1 / sampling
    rough = _Series(share, precise / precise.mean(), place, labels)
    first = np.stack([rough.left(length) for length in lengths])
    if not np.isfinite(first.min()):
        return None
    shape, start = np.unravel_index(int(first.argmin()), first.shape)
    series = replace(rough, weight=_reweighted(rough.residual(int(start), lengths[int(shape)]), sampling))
    left = np.stack([series.left(length) for length in lengths])
    shape, start = (int(place) for place in np.unravel_index(int(left.argmin()), left.shape))
    variance = _long_run_variance(series.residual(start, lengths[shape]), series.weight, len(distinct(labels)))
    inside = np.flatnonzero(left.min(axis=0) - left.min() <= CRITICAL * variance)
    if left[0].min() - left.min() <= BETTER * variance:
        shape, start = 0, int(left[0].argmin())
    return Onset(
        index=int(used[start]),
        low=int(used[inside[0]]),
        high=int(used[inside[-1]]),
        shape="ramp" if shape else "step",
    )


def _lengths(span: float) -> list[float]:
    """Return the lengths of a rise that are tried: a step, ever longer ramps that level off, and one without end."""
    ladder = [1.0, 2.0, 3.0]
    while ladder[-1] < span:
        ladder.append(2 * ladder[-2])
    return [*(length for length in ladder if length < span), span]


def _centred(rows: FloatArray, weight: FloatArray, labels: IntArray) -> FloatArray:
    """Return rows (..., U) less each season's weighted mean."""
    inside = np.zeros((len(labels), int(labels.max()) + 1))
    inside[np.arange(len(labels)), labels] = weight
    means = (rows @ inside) / inside.sum(axis=0)
    return rows - means[..., labels]


def _reweighted(residual: FloatArray, sampling: FloatArray) -> FloatArray:
    """Return weights by the variance between buckets and that of their rows."""
    precise = 1 / sampling
    between = max(float((precise * (residual**2 - sampling)).sum() / precise.sum()), 0.0)
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
