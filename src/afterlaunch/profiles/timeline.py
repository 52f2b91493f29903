"""Rows on a time axis: the bucket of each, and the two windows that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from afterlaunch.errors import BadOption, EmptyWindow
from afterlaunch.profiles.axis import Axis, Range
from afterlaunch.profiles.buckets import cut, make_grid
from afterlaunch.profiles.first_stretch import stretch_of
from afterlaunch.profiles.learn import MILLISECOND
from afterlaunch.profiles.plan import Plan

if TYPE_CHECKING:
    from afterlaunch.profiles.buckets import Buckets
    from afterlaunch.stats.arrays import IntArray

Moments: TypeAlias = tuple[datetime, datetime]

END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
OVERLAP = "the two windows overlap: what they share cannot differ"
LAID = "the reference does not end before the current data begin: they are laid end to end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """An axis with its windows, the bucket of each row (n,), and what was noticed or chosen on the way."""

    axis: Axis
    of_row: IntArray
    notes: tuple[str, ...] = ()
    against: str | None = None  # the reference that nobody chose, in words


def one_timeline(
    times_us: IntArray, *, every: str | int, zone: str, reference: Moments | None, current: Moments | None
) -> Timeline:
    """Return the rows of one log on its axis; without a reference the first stretch serves.

    `times_us` (n,) are epoch microseconds. Raises `EmptyWindow` where no bucket starts in a window.
    """
    plan = _plan(times_us, every, zone)
    buckets = cut(plan, times_us)
    against = None
    if reference is None:
        reference, against = stretch_of(buckets.starts, every)
    current = (reference[1], END_OF_TIME) if current is None else current
    axis = _axis(plan, buckets)
    windows = {"reference": reference, "current": current}
    ranges = {name: window_range(axis, name, window) for name, window in windows.items()}
    notes = [note for name, window in windows.items() for note in snapped(axis, name, window, ranges[name])]
    if max(ranges["reference"][0], ranges["current"][0]) < min(ranges["reference"][1], ranges["current"][1]):
        notes.append(OVERLAP)
    placed = axis.with_windows(ranges["reference"], ranges["current"])
    return Timeline(axis=placed, of_row=buckets.of_row.astype(np.int64), notes=tuple(notes), against=against)


def two_timelines(before_us: IntArray, after_us: IntArray, *, every: str | int | None, zone: str) -> Timeline:
    """Return the rows of two logs on one axis, the reference's first; `every=None`: each side is one bucket."""
    for name, times in (("reference data", before_us), ("current data", after_us)):
        if not len(times):
            raise EmptyWindow(f"the {name} have no rows: choose a window or a filter that leaves some")
    if every is None:
        return _timeless(len(before_us), len(after_us))
    plans = [_plan(times, every, zone) for times in (before_us, after_us)]
    parts = [cut(plan, times) for plan, times in zip(plans, (before_us, after_us), strict=True)]
    before, after = (_axis(plan, part) for plan, part in zip(plans, parts, strict=True))
    n = len(before.starts)
    in_order = before.starts[-1] <= after.starts[0]
    apart = before.position[-1] + 1
    if in_order and isinstance(every, str):
        places = make_grid(plans[0], int(before.starts[0]), int(after.starts[-1])).locate(after.starts)
        apart = places[0] - after.position[0]
    axis = Axis(
        starts=np.concatenate([before.starts, after.starts]),
        ends=np.concatenate([before.ends, after.ends]),
        position=np.concatenate([before.position, apart + after.position]),
        n_rows=np.concatenate([before.n_rows, after.n_rows]),
        season=np.zeros(n + len(after.starts), dtype=np.int64),
        season_name=None,
        every=before.every,
        zone=zone,
        reference=(0, n),
        current=(n, n + len(after.starts)),
    )
    of_row = np.concatenate([parts[0].of_row.astype(np.int64), n + parts[1].of_row.astype(np.int64)])
    return Timeline(axis=axis, of_row=of_row, notes=() if in_order else (LAID,))


def window_range(axis: Axis, name: str, window: Moments) -> Range:
    """Return the buckets that start in a window; raise `EmptyWindow` where none does."""
    first, last = (microseconds(moment) for moment in window)
    start, end = np.searchsorted(axis.starts, [first, last], side="left")
    if start >= end:
        span = [datetime.fromtimestamp(at / 1e6, ZoneInfo(axis.zone)) for at in (axis.starts[0], axis.ends[-1])]
        until, remedy = f"to {window[1].isoformat()}", "choose one that lies within"
        if window[1] == END_OF_TIME:
            until, remedy = "on", "end the reference earlier"
        elif axis.starts[0] <= first and last <= axis.ends[-1]:
            remedy = "give every= a shorter length, or take a longer window"
        raise EmptyWindow(
            f"no bucket of {axis.every} starts in the {name} window from {window[0].isoformat()} {until}; "
            f"the data cover {span[0].isoformat()} to {span[1].isoformat()}: {remedy}"
        )
    return int(start), int(end)


def snapped(axis: Axis, name: str, window: Moments, chosen: Range) -> list[str]:
    """Return a note when rows on the wrong side of a window's edge share a bucket with it."""
    first, last = (microseconds(moment) for moment in window)
    at_start = chosen[0] > 0 and axis.ends[chosen[0] - 1] > first
    at_end = axis.ends[chosen[1] - 1] > last
    return [f"the {name} window was moved to whole buckets of {axis.every}"] if at_start or at_end else []


def microseconds(moment: datetime) -> int:
    """Return a moment in epoch microseconds."""
    return round(moment.timestamp() * 1e6)


def length_in_words(every: str | int | None) -> str | None:
    """Return a bucket's length in words: "1d", "1000 rows"; None where there is none."""
    return f"{every} rows" if isinstance(every, int) else every


def _plan(times_us: IntArray, every: str | int, zone: str) -> Plan:
    if not len(times_us):
        raise EmptyWindow("the data have no rows: choose a window or a filter that leaves some")
    cuts: tuple[int, ...] = ()
    if isinstance(every, int):
        ordered = np.sort(times_us // MILLISECOND * MILLISECOND)
        cuts = (*np.unique(ordered[::every]).tolist(), int(ordered[-1]) + MILLISECOND)
    return Plan(columns=(), time="time", zone=zone, every=every, cuts=cuts)


def _axis(plan: Plan, buckets: Buckets) -> Axis:
    grid = make_grid(plan, int(buckets.starts[0]), int(buckets.starts[-1]))
    places = grid.locate(buckets.starts)
    return Axis(
        starts=buckets.starts,
        ends=grid.starts[places + 1],
        position=places - places[0],
        n_rows=buckets.n_rows,
        season=np.zeros(buckets.n, dtype=np.int64),
        season_name=None,
        every=length_in_words(plan.every),
        zone=plan.zone,
        reference=(0, 0),
        current=(0, 0),
    )


def _timeless(n_before: int, n_after: int) -> Timeline:
    place = np.arange(2)
    axis = Axis(
        starts=np.zeros(2, dtype=np.int64),
        ends=np.ones(2, dtype=np.int64),
        position=place,
        n_rows=np.array([n_before, n_after]),
        season=place * 0,
        season_name=None,
        every=None,
        zone="UTC",
        reference=(0, 1),
        current=(1, 2),
    )
    return Timeline(axis=axis, of_row=np.repeat(place, [n_before, n_after]))


def check_can_be_cut(time: str | None, every: str | int | None) -> str | int:
    """Return `every`; raise `BadOption` where one log cannot be cut into a reference and a current window."""
    if time is None:
        raise BadOption(
            "one table without a time column cannot be compared with itself: pass reference=another table, or "
            "name the time: PredictionLog(data, time='served_at')"
        )
    if every is None:
        raise BadOption("one bucket cannot be compared with itself: give every= a length, such as '1d' or 1000 rows")
    return every
