"""Time buckets, cut in the log's own zone: the grid of their starts, and the bucket of each row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import polars as pl

from afterlaunch.errors import BadOption
from afterlaunch.logs import moment_at
from afterlaunch.stats.arrays import distinct

if TYPE_CHECKING:
    from afterlaunch.profiles.plan import BoolArray, FloatArray, IntArray, Plan

MAX_STARTS = 10_000_000
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  local wall-clock time, on purpose
_CALENDAR = ("d", "w", "mo", "q", "y")
_FIXED = re.compile(r"(\d+)([smhdw])")
_MICROSECONDS = {"s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000, "w": 604_800_000_000}
_MONDAY = 4 * _MICROSECONDS["d"]  # the first after the epoch, from which weeks are counted


@dataclass(frozen=True, slots=True)
class Grid:
    """Bucket starts in epoch microseconds (UTC), strictly increasing; the last one only ends the bucket before it."""

    starts: IntArray

    def locate(self, times: IntArray) -> IntArray:
        """Return each time's place on the grid; times outside it belong to its first or last bucket."""
        widths = np.diff(self.starts)
        if (widths == widths[0]).all():
            places = (times - self.starts[0]) // widths[0]
        else:  # days around a change of the clock, or cuts after so many rows
            places = np.searchsorted(self.starts, times, side="right") - 1
        return np.clip(places, 0, widths.size - 1, out=places)


@dataclass(frozen=True, slots=True)
class Buckets:
    """The bucket of each row, numbered without gaps, and the start and number of rows of each bucket."""

    of_row: npt.NDArray[np.int32]
    starts: IntArray
    n_rows: IntArray
    in_order: bool  # whether the rows are sorted by bucket, so that sums are sums of slices

    @property
    def n(self) -> int:
        """The number of buckets."""
        return self.starts.size

    def count(self, mask: BoolArray) -> IntArray:
        """Return how many rows of each bucket are in `mask`, shape (D,)."""
        return np.bincount(self.of_row[mask], minlength=self.n)

    def add_counts(self, counts: IntArray, cells: IntArray, rows: slice) -> None:
        """Add one to `counts`, shape (D, n_cells), for each row's bucket and cell."""
        n_cells = counts.shape[1]
        first, last = self._range(rows)
        flat = (self.of_row[rows] - first).astype(np.int64)
        flat *= n_cells
        flat += cells
        counts[first:last] += np.bincount(flat, minlength=(last - first) * n_cells).reshape(-1, n_cells)

    def add_sums(self, sums: FloatArray, steps: FloatArray, rows: slice) -> None:
        """Add each row's `steps` to its bucket's sum: whole numbers below 2**53, so exact in any order."""
        buckets = self.of_row[rows]
        if not self.in_order:
            sums += np.bincount(buckets, steps, self.n)
            return
        first, last = self._range(rows)
        sums[first:last] += np.add.reduceat(steps, np.searchsorted(buckets, np.arange(first, last)))

    def _range(self, rows: slice) -> tuple[int, int]:
        """Return a half-open range of buckets that holds those of `rows`."""
        return (int(self.of_row[rows.start]), int(self.of_row[rows.stop - 1]) + 1) if self.in_order else (0, self.n)


def cut(plan: Plan, times: IntArray) -> Buckets:
    """Return the buckets of rows at `times`: epoch microseconds, or row numbers without time."""
    if times.size == 0:
        return Buckets(times.astype(np.int32), times, times, in_order=True)
    grid = make_grid(plan, int(times.min()), int(times.max()))
    places = grid.locate(times)
    n_rows = np.bincount(places)
    numbers = (np.cumsum(n_rows > 0) - 1).astype(np.int32)
    of_row = numbers[places]
    filled = np.flatnonzero(n_rows)
    return Buckets(of_row, grid.starts[filled], n_rows[filled], in_order=bool(np.all(of_row[1:] >= of_row[:-1])))


def make_grid(plan: Plan, first: int, last: int) -> Grid:
    """Return the grid that covers `first` to `last`, both included: epoch microseconds, or row numbers without time.

    A duration is cut on the wall clock of the plan's zone, as a calendar would: days start at local midnight, and
    have 23 or 25 hours when the clock changes; an hour that the clock repeats is two buckets of hours.
    """
    if plan.cuts:
        return Grid(np.array(plan.cuts, np.int64))
    if isinstance(plan.every, int):
        return Grid(np.arange(first - first % plan.every, last + plan.every + 1, plan.every))
    if plan.every is None or plan.time is None:
        return Grid(np.array([0, 1]))
    return Grid(_starts(plan.every, plan.zone, first, last))


def _starts(every: str, zone: str, first: int, last: int) -> IntArray:
    fixed = _FIXED.fullmatch(every)
    if fixed is None or zone != "UTC":
        return _local_starts(every, zone, first, last)
    width = int(fixed[1]) * _MICROSECONDS[fixed[2]]  # always as long: no calendar needs to be asked
    begin = first - (first - (_MONDAY if fixed[2] == "w" else 0)) % width
    _check_size(every, (last - begin) / width, moment_at(begin), moment_at(last))
    return np.arange(begin, last + width + 1, width)


def _local_starts(every: str, zone: str, first: int, last: int) -> IntArray:
    wall = pl.Series([first, last]).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone).dt.replace_time_zone(None)
    # One more at each end: the wall clock may have been set back or forth within the first or the last bucket.
    begin = wall[:1].dt.truncate(every).dt.offset_by(f"-{every}")
    end = wall[1:].dt.truncate(every).dt.offset_by(every).dt.offset_by(every)
    step = pl.Series([_EPOCH]).dt.offset_by(every).item() - _EPOCH
    _check_size(every, (end.item() - begin.item()) / step, begin.item(), end.item())
    local = pl.datetime_range(begin.item(), end.item(), every, time_unit="us", eager=True)
    starts = _instants(local, zone, calendar=every.endswith(_CALENDAR))
    inner = starts[np.searchsorted(starts, first, side="right") - 1 :]
    return inner[: np.searchsorted(inner, last, side="right") + 1]


def _instants(local: pl.Series, zone: str, *, calendar: bool) -> IntArray:
    """Return the moments (UTC) of wall-clock times: both of a repeated hour, the end of a skipped one."""
    if zone == "UTC":
        return local.to_physical().to_numpy()
    times = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    again = times if calendar else local.dt.replace_time_zone(zone, ambiguous="latest", non_existent="null")
    skipped = [_microseconds(moment.replace(tzinfo=ZoneInfo(zone))) for moment in local.filter(times.is_null())]
    both = [one.drop_nulls().to_physical().to_numpy() for one in (times, again)]
    return distinct(np.concatenate([*both, np.array(skipped, np.int64)]))


def _microseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _check_size(every: str, n: float, begin: datetime, end: datetime) -> None:
    if n > MAX_STARTS:
        raise BadOption(
            f"every={every!r} cuts {begin:%Y-%m-%d} to {end:%Y-%m-%d} into {n:,.0f} buckets; use a longer one"
        )
