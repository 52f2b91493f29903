"""Whether the data show a season: hour of day, day of week, hour of week or month of year."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from afterlaunch.stats.gamma import f_tail
from afterlaunch.stats.phase import HOUR_US, phases, straddles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.cells import Cells
    from afterlaunch.stats.phase import Phase

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
    columns: Sequence[Cells], position: IntArray, starts_us: IntArray, ends_us: IntArray, *, zone: str = "UTC"
) -> tuple[IntArray, str | None]:
    """Return each bucket's season label (D,) and the season's name, or zeros and None where the data show none.

    `position` (D,) is the place on the regular grid, `starts_us` and `ends_us` (D,) the buckets' bounds in epoch
    microseconds; labels are those of the clock in `zone`. Slow trends are removed first, by a moving average over one
    cycle; then the labels must explain more of some column's level or spread than chance would, by an F test with
    Bonferroni's correction. A season within a season needs to add to it. Buckets that straddle days or weeks are told
    apart by the part of the day in which they lie and by their share of weekend.

    >>> from afterlaunch.stats import Cells
    >>> weekend = np.arange(56) % 7 >= 5
    >>> counts = np.random.default_rng(0).multinomial(500, np.where(weekend[:, None], [0.5, 0.5], [0.4, 0.6]))
    >>> cells = Cells(counts=np.hstack([counts, np.zeros((56, 4), int)]), ordered=True)
    >>> starts = (4 + np.arange(57)) * 86_400 * 1_000_000
    >>> find_season([cells], np.arange(56), starts[:-1], starts[1:])[1]
    'weekend'
    """
    series = [scored for cells in columns for scored in _scored(cells)]
    if straddles(starts_us, ends_us):
        return _astride(series, position, phases(starts_us, ends_us, zone))
    labels, name = np.zeros(len(position), dtype=np.int64), None
    clock = [datetime.fromtimestamp(start / MICROSECONDS, tz=UTC).astimezone(ZoneInfo(zone)) for start in starts_us]
    hours = float(np.median(ends_us - starts_us)) / HOUR_US
    for season, cycle, label in _candidates(hours):
        proposed = _numbered([label(moment) for moment in clock])
        if _often_enough(proposed) and _explains(series, position, proposed, labels, round(cycle / hours)):
            labels, name = proposed, season
    return labels, name


def _astride(series: Sequence[_Scored], position: IntArray, cycles: Iterable[Phase]) -> tuple[IntArray, str | None]:
    """Return the labels of buckets that straddle the clock: every cycle that shows, as fine as is seen often enough."""
    labels, names = np.zeros(len(position), dtype=np.int64), list[str]()
    for season, cycle, fine_to_coarse in cycles:
        crossed = (_numbered(labels * (1 + one.max()) + one) for one in fine_to_coarse)
        proposed = next((one for one in crossed if _often_enough(one)), labels)
        if _explains(series, position, proposed, labels, cycle):
            labels, names = proposed, [*names, season]
    return labels, " and ".join(names) or None


def _numbered(labels: Sequence[int] | IntArray) -> IntArray:
    """Return labels (D,) as numbers from 0 on, in their order."""
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


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
