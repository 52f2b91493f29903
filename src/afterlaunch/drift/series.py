"""From profiles and windows to one series of buckets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.drift.comparison import Counted
from afterlaunch.errors import EmptyWindow
from afterlaunch.profiles.axis import Axis
from afterlaunch.profiles.buckets import make_grid
from afterlaunch.profiles.timeline import LAID, OVERLAP, length_in_words, snapped, window_range

if TYPE_CHECKING:
    from afterlaunch.profiles import Plan, Profile
    from afterlaunch.profiles.timeline import Moments
    from afterlaunch.stats.arrays import IntArray

UNORDERED = "without a time column rows have no order: each side is one bucket"


def one_series(profile: Profile, plan: Plan, *, reference: Moments, current: Moments) -> Counted:
    """Return one log's series, of the columns of `plan`, with its two windows.

    A bucket belongs to the window in which it starts.
    """
    windows = {"reference": reference, "current": current}
    axis = _axis(profile.starts, profile.ends(), profile.position(), profile.n_rows, profile)
    ranges = {name: window_range(axis, name, window) for name, window in windows.items()}
    notes = [note for name, window in windows.items() for note in snapped(axis, name, window, ranges[name])]
    if max(ranges["reference"][0], ranges["current"][0]) < min(ranges["reference"][1], ranges["current"][1]):
        notes.append(OVERLAP)
    return Counted(
        axis=axis.with_windows(ranges["reference"], ranges["current"]),
        plans=plan.columns,
        counts={column.name: profile.counts[column.name] for column in plan.columns},
        notes=tuple(notes),
    )


def two_series(reference: Profile, current: Profile, plan: Plan) -> Counted:
    """Return two logs' series end to end, the reference first, of the columns of `plan`.

    Without a time column rows have no order: each side is one bucket.
    """
    for name, side in (("reference data", reference), ("current data", current)):
        if not len(side.starts):
            raise EmptyWindow(f"the {name} have no rows: choose a window or a filter that leaves some")
    notes: list[str] = []
    if plan.time is None:
        notes += [UNORDERED] * (max(len(reference.starts), len(current.starts)) > 1)
        reference, current = _whole(reference), _whole(current)
    before, after = len(reference.starts), len(current.starts)
    starts = np.concatenate([reference.starts, current.starts])
    ends = np.concatenate([reference.ends(), current.ends()])
    in_order = plan.time is None or reference.starts[-1] <= current.starts[0]
    if not in_order:
        notes.append(LAID)
    axis = _axis(
        starts,
        ends,
        _joint_position(reference, current, starts) if in_order else _laid_end_to_end(reference, current),
        np.concatenate([reference.n_rows, current.n_rows]),
        reference,
    )
    return Counted(
        axis=axis.with_windows((0, before), (before, before + after)),
        plans=plan.columns,
        counts={
            one.name: np.concatenate([side.counts[one.name] for side in (reference, current)]) for one in plan.columns
        },
        notes=tuple(notes),
    )


def _whole(profile: Profile) -> Profile:
    """Return the profile as one bucket."""
    return replace(
        profile,
        plan=replace(profile.plan, every=None),
        starts=np.zeros(1, dtype=np.int64),
        n_rows=profile.n_rows.sum(keepdims=True),
        counts={name: counts.sum(axis=0, keepdims=True) for name, counts in profile.counts.items()},
        sums={name: sums.sum(keepdims=True) for name, sums in profile.sums.items()},
        sketches={},
    )


def _axis(starts: IntArray, ends: IntArray, position: IntArray, n_rows: IntArray, profile: Profile) -> Axis:
    return Axis(
        starts=starts,
        ends=ends,
        position=position,
        n_rows=n_rows,
        season=np.zeros(len(starts), dtype=np.int64),
        season_name=None,
        every=_length(profile.plan),
        zone=profile.plan.zone,
        reference=(0, 0),
        current=(0, 0),
    )


def _length(plan: Plan) -> str | None:
    """Return the buckets' length in words; None where each side is one bucket."""
    if plan.time is None or plan.every is None:
        return None
    return length_in_words(plan.every)


def _joint_position(reference: Profile, current: Profile, starts: IntArray) -> IntArray:
    if not isinstance(reference.plan.every, str):  # each side has its own buckets
        return _laid_end_to_end(reference, current)
    places = make_grid(reference.plan, int(starts[0]), int(starts[-1])).locate(starts)
    return places - places[0]


def _laid_end_to_end(reference: Profile, current: Profile) -> IntArray:
    before = reference.position()
    return np.concatenate([before, before[-1] + 1 + current.position()])
