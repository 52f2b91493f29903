"""Whether the data show a season: hour of day, day of week, hour of week or month of year."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.cells import Cells

SIGNIFICANT = 0.01  # over all columns together
CYCLES = 2  # how often every label must have been seen
MICROSECONDS = 1_000_000

_Label = tuple[str, int, "Callable[[datetime], int]"]  # name, length of the cycle in hours, label of a moment
_HOUR_OF_DAY: _Label = ("hour of day", 24, lambda moment: moment.hour * 60 + moment.minute)
_WEEKDAY: _Label = ("weekday", 168, lambda moment: moment.weekday())
_HOUR_OF_WEEK: _Label = ("hour of week", 168, lambda moment: (moment.weekday() * 24 + moment.hour) * 60 + moment.minute)
_MONTH: _Label = ("month", 8766, lambda moment: moment.month - 1)


def find_season(
    columns: Sequence[Cells], position: IntArray, starts_us: IntArray, *, hours: float, zone: str = "UTC"
) -> tuple[IntArray, str | None]:
    """Return each bucket's season label (D,) and the season's name, or zeros and None where the data show none.

    `position` (D,) is the place on the regular grid, `starts_us` (D,) the bucket starts in epoch microseconds, `hours`
    a bucket's length; labels are those of the clock in `zone`. Slow trends are removed first, by a moving average over
    one cycle; then the labels must explain more of some column's shares than chance would, by an F test with
    Bonferroni's correction over columns. A season within a season needs to add to it.

    >>> from afterlaunch.stats import Cells
    >>> weekend = np.arange(56) % 7 >= 5
    >>> counts = np.random.default_rng(0).multinomial(500, np.where(weekend[:, None], [0.5, 0.5], [0.4, 0.6]))
    >>> cells = Cells(counts=np.hstack([counts, np.zeros((56, 4), int)]), ordered=True)
    >>> day = np.arange(56)
    >>> find_season([cells], day, day * 86_400 * 1_000_000, hours=24)[1]
    'weekday'
    """
    clock = [
        datetime.fromtimestamp(start / MICROSECONDS, tz=UTC).astimezone(ZoneInfo(zone)) for start in starts_us
    ]
    labels, name = np.zeros(len(position), dtype=np.int64), None
    for season, cycle, label in _candidates(hours):
        proposed = np.unique([label(moment) for moment in clock], return_inverse=True)[1].astype(np.int64)
        if _often_enough(proposed) and _explains(columns, position, proposed, labels, round(cycle / hours)):
            labels, name = proposed, season
    return labels, name


def _candidates(hours: float) -> list[_Label]:
    """Return the seasons that buckets of this length can show, each adding to those before it."""
    if hours < 24:
        return [_HOUR_OF_DAY, _HOUR_OF_WEEK]
    if hours < 48:
        return [_WEEKDAY]
    return [_MONTH] if 600 < hours < 800 else []


def _often_enough(labels: IntArray) -> bool:
    seen = np.bincount(labels)
    return len(seen) > 1 and int(seen.min()) >= CYCLES


def _explains(columns: Sequence[Cells], position: IntArray, proposed: IntArray, known: IntArray, cycle: int) -> bool:
    """Return whether the proposed labels explain what the known ones leave, in any column, beyond chance."""
    pvalues = [
        _pvalue(table, position, proposed, known, cycle)
        for cells in columns
        for table in ((cells.values, cells.presence) if cells.has_gaps else (cells.values,))
    ]
    return bool(pvalues) and min(pvalues) * len(pvalues) < SIGNIFICANT


def _pvalue(counts: FloatArray, position: IntArray, proposed: IntArray, known: IntArray, cycle: int) -> float:
    """Return the F test's p-value, cells weighted as in Pearson's statistic, buckets by their rows."""
    from scipy.special import fdtrc  # noqa: PLC0415 - see gamma.py

    n = counts.sum(axis=1)
    used = n > 0
    if used.sum() < CYCLES * (int(proposed[used].max(initial=0)) + 2):
        return 1.0
    weight = n[used]
    shares = counts[used] / weight[:, None]
    p = (weight @ shares) / weight.sum()
    scaled = _detrended(shares[:, p > 0] / np.sqrt(p[p > 0]), position[used], weight, cycle)
    before = _left(scaled, known[used], weight)
    after = _left(scaled, proposed[used], weight)
    explained = len(np.unique(proposed[used])) - len(np.unique(known[used]))
    free = int(used.sum()) - len(np.unique(proposed[used])) - 1 - int(used.sum()) // max(cycle, 2)
    if explained <= 0 or free <= 0 or after <= 0:
        return 1.0
    return float(fdtrc(explained, free, (before - after) / explained / (after / free)))


def _detrended(shares: FloatArray, position: IntArray, weight: FloatArray, cycle: int) -> FloatArray:
    """Return shares (U, k) less their weighted mean over the cycle around each bucket."""
    order = np.argsort(position, kind="stable")
    place = position[order]
    low = np.searchsorted(place, place - cycle // 2)
    high = np.searchsorted(place, place + (cycle - cycle // 2))
    total = np.vstack([np.zeros(shares.shape[1]), np.cumsum(shares[order] * weight[order, None], axis=0)])
    rows = np.append(0.0, np.cumsum(weight[order]))
    level = (total[high] - total[low]) / (rows[high] - rows[low])[:, None]
    left = np.empty(shares.shape)
    left[order] = shares[order] - level
    return left


def _left(scaled: FloatArray, labels: IntArray, weight: FloatArray) -> float:
    """Return the weighted sum of squares that the labels' means leave."""
    sums = np.zeros((int(labels.max()) + 1, scaled.shape[1]))
    np.add.at(sums, labels, scaled * weight[:, None])
    rows = np.bincount(labels, weights=weight, minlength=len(sums))
    means = np.divide(sums, rows[:, None], out=np.zeros(sums.shape), where=rows[:, None] > 0)
    return float((weight[:, None] * (scaled - means[labels]) ** 2).sum())
