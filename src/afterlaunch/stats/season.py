"""Whether the data show a season: hour of day, day of week, hour of week or month of year."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from afterlaunch.stats.gamma import f_tail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.cells import Cells

SIGNIFICANT = 0.01  # over all columns together
CYCLES = 2  # how often every label must have been seen
LARGEST = 3  # categories looked at
SATURDAY = 5
MICROSECONDS = 1_000_000

_Scored = tuple["BoolArray", "FloatArray", "FloatArray"]  # buckets that count, their rows, series of their scores
_Label = tuple[str, int, "Callable[[datetime], int]"]  # name, length of the cycle in hours, label of a moment


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _weekend(moment: datetime) -> bool:
    return moment.weekday() >= SATURDAY


_DAILY: tuple[_Label, ...] = (
    ("weekend", 168, _weekend),
    ("weekday", 168, datetime.weekday),
)
_HOURLY: tuple[_Label, ...] = (
    ("hour of day", 24, _minute),
    ("hour of day and weekend", 168, lambda moment: _minute(moment) + 1440 * _weekend(moment)),
    ("hour of week", 168, lambda moment: _minute(moment) + 1440 * moment.weekday()),
)
_MONTHLY: tuple[_Label, ...] = (("month", 8766, lambda moment: moment.month),)


def find_season(
    columns: Sequence[Cells], position: IntArray, starts_us: IntArray, *, hours: float, zone: str = "UTC"
) -> tuple[IntArray, str | None]:
    """Return each bucket's season label (D,) and the season's name, or zeros and None where the data show none.

    `position` (D,) is the place on the regular grid, `starts_us` (D,) the bucket starts in epoch microseconds, `hours`
    a bucket's length; labels are those of the clock in `zone`. Slow trends are removed first, by a moving average over
    one cycle; then the labels must explain more of some column's level or spread than chance would, by an F
    test with Bonferroni's correction. A season within a season needs to add to it.

    >>> from afterlaunch.stats import Cells
    >>> weekend = np.arange(56) % 7 >= 5
    >>> counts = np.random.default_rng(0).multinomial(500, np.where(weekend[:, None], [0.5, 0.5], [0.4, 0.6]))
    >>> cells = Cells(counts=np.hstack([counts, np.zeros((56, 4), int)]), ordered=True)
    >>> day = np.arange(56)
    >>> find_season([cells], day, (4 + day) * 86_400 * 1_000_000, hours=24)[1]
    'weekend'
    """
    clock = [datetime.fromtimestamp(start / MICROSECONDS, tz=UTC).astimezone(ZoneInfo(zone)) for start in starts_us]
    labels, name = np.zeros(len(position), dtype=np.int64), None
    series = [scored for cells in columns for scored in _scored(cells)]
    for season, cycle, label in _candidates(hours):
        proposed = np.unique([label(moment) for moment in clock], return_inverse=True)[1].astype(np.int64)
        if _often_enough(proposed) and _explains(series, position, proposed, labels, round(cycle / hours)):
            labels, name = proposed, season
    return labels, name


def _candidates(hours: float) -> tuple[_Label, ...]:
    """Return the seasons that buckets of this length can show, each adding to those before it."""
    if hours < 24:
        return _HOURLY
    if hours < 48:
        return _DAILY
    return _MONTHLY if 600 < hours < 800 else ()


def _often_enough(labels: IntArray) -> bool:
    seen = np.bincount(labels)
    return len(seen) > 1 and int(seen.min()) >= CYCLES


def _explains(series: Sequence[_Scored], position: IntArray, proposed: IntArray, known: IntArray, cycle: int) -> bool:
    """Return whether the proposed labels explain what the known ones leave, in any column, beyond chance."""
    tests = [
        test
        for used, rows, scores in series
        for test in _tests(_detrended(scores, position[used], rows, cycle), rows, proposed[used], known[used], cycle)
    ]
    return bool(tests) and float(f_tail(*np.array(tests).T).min()) * len(tests) < SIGNIFICANT


def _scored(cells: Cells) -> Iterator[_Scored]:
    """Yield the buckets that count, their rows and a few series that say where the rows lie, for each part."""
    for counts, ordered in ((cells.values, cells.ordered), (cells.presence, False)):
        n = counts.sum(axis=1)
        used = n > 0
        if not used.any() or (counts is cells.presence and not cells.has_gaps):
            continue
        p = counts.sum(axis=0) / n.sum()
        if ordered:
            rank = np.cumsum(p) - p / 2
            scores = np.stack([rank, np.abs(rank - 0.5)])
        else:
            scores = np.eye(len(p))[np.argsort(-p, kind="stable")[:LARGEST]]
        yield used, n[used], scores @ (counts[used] / n[used, None]).T


def _tests(
    scores: FloatArray, rows: FloatArray, proposed: IntArray, known: IntArray, cycle: int
) -> Iterator[tuple[int, int, float]]:
    """Yield an F test for each series without trend (k, U), buckets weighted by their rows: f_tail's arguments."""
    n_proposed, n_known = (int(np.count_nonzero(np.bincount(labels))) for labels in (proposed, known))
    explained = n_proposed - n_known
    free = scores.shape[1] - n_proposed - 1 - scores.shape[1] // max(cycle, 2)
    for before, after in zip(_left(scores, known, rows), _left(scores, proposed, rows), strict=True):
        if explained <= 0 or free <= 0 or after <= 0:
            yield 1, 1, 0.0  # nothing is explained: the tail is 1
        else:
            yield explained, free, (before - after) / explained / (after / free)


def _detrended(scores: FloatArray, position: IntArray, weight: FloatArray, cycle: int) -> FloatArray:
    """Return series (k, U) less their weighted means over the cycle around each bucket."""
    order = np.argsort(position, kind="stable")
    place = position[order]
    low = np.searchsorted(place, place - cycle // 2)
    high = np.searchsorted(place, place + (cycle - cycle // 2))
    total = np.cumsum(np.pad((scores * weight)[:, order], ((0, 0), (1, 0))), axis=1)
    rows = np.append(0.0, np.cumsum(weight[order]))
    left = np.empty(scores.shape)
    left[:, order] = scores[:, order] - (total[:, high] - total[:, low]) / (rows[high] - rows[low])
    return left


def _left(scores: FloatArray, labels: IntArray, weight: FloatArray) -> list[float]:
    """Return the weighted sum of squares that the labels' means leave of each series (k, U)."""
    rows = np.bincount(labels, weights=weight)
    safe = np.where(rows > 0, rows, 1.0)
    means = [np.bincount(labels, weights=weight * series) / safe for series in scores]
    return [float(weight @ (series - mean[labels]) ** 2) for series, mean in zip(scores, means, strict=True)]
