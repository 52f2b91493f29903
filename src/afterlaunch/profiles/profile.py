"""The profile: integer counts per time bucket, column and bin, which add up exactly and in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from afterlaunch.errors import BadFile, BadInput, EmptyWindow, ProfileMismatch
from afterlaunch.logs import parse_window
from afterlaunch.profiles.buckets import make_grid
from afterlaunch.profiles.distinct import SIZE, distinct_share
from afterlaunch.profiles.narrow import narrow
from afterlaunch.profiles.plan import SPECIALS, IntArray, Plan, frozen
from afterlaunch.profiles.save import read_file, write_file
from afterlaunch.stats.arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """Counts of a log's rows at the edges of `plan`, in D time buckets; arrays are read-only.

    `starts` holds the bucket starts in epoch microseconds (UTC), sorted, of the buckets that have rows: `(0,)` without
    time, row numbers where buckets are a number of rows without time. `counts` maps a column to shape (D, n_bins + 4):
    its fine bins, then null, NaN, infinite, unseen, as integers of 16, 32 or 64 bits. `sums` maps an ordered column to
    shape (D,): over its finite values, the sum of `(clip(x, low, high) - low) / (high - low)` in steps of 2**-20, each
    rounded first.
    `sketches` maps a text column to HyperLogLog registers (D, 2048) of its strings; files of format 1 have none. They
    can tell whether a string was there, so they are never part of what is shared.
    """

    plan: Plan
    starts: IntArray
    n_rows: IntArray
    counts: Mapping[str, IntArray]
    sums: Mapping[str, IntArray]
    sketches: Mapping[str, npt.NDArray[np.uint8]] = field(default_factory=dict[str, "npt.NDArray[np.uint8]"])

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in (self.starts, self.n_rows, *self.counts.values(), *self.sums.values(), *self.sketches.values()):
            frozen(array)

    def merge(self, other: Profile) -> Profile:
        """Return the profile of both profiles' rows together; raise `ProfileMismatch` where their plans differ."""
        if not isinstance(cast("object", other), Profile):
            raise BadInput(f"{other!r:.80} is no profile: make one with profile(log, like=first)")
        if self.plan is not other.plan and self.plan != other.plan:
            raise ProfileMismatch(
                f"two profiles of different plans: {_difference(self.plan, other.plan)}. "
                "Make the second with profile(log, like=first)"
            )
        starts = distinct(np.concatenate([self.starts, other.starts]))
        return Profile(
            plan=self.plan,
            starts=starts,
            n_rows=_add(starts, (self.starts, self.n_rows), (other.starts, other.n_rows)),
            counts={
                name: narrow(_add(starts, (self.starts, counts), (other.starts, other.counts[name])))
                for name, counts in self.counts.items()
            },
            sums={
                name: _add(starts, (self.starts, sums), (other.starts, other.sums[name]))
                for name, sums in self.sums.items()
            },
            sketches={
                name: _most(starts, (self.starts, registers), (other.starts, other.sketches[name]))
                for name, registers in self.sketches.items()
                if name in other.sketches
            },
        )

    def __add__(self, other: Profile) -> Profile:
        """Return `merge(other)`."""
        return self.merge(other)

    def between(self, start: object, end: object) -> Profile:
        """Return the profile of the buckets that start in the half-open window; raise `EmptyWindow` where none does.

        `start` and `end` are datetimes, dates or ISO strings, in the plan's zone unless they name another.
        """
        first, last = (moment.timestamp() * 1e6 for moment in parse_window((start, end), self.plan.zone))
        kept = np.flatnonzero((self.starts >= first) & (self.starts < last))
        if kept.size == 0:
            raise EmptyWindow(f"no bucket starts between {start} and {end}; the profile covers {self._span()}")
        return self.take(kept)

    def take(self, buckets: IntArray) -> Profile:
        """Return the profile of some buckets, given by sorted indices."""
        return Profile(
            plan=self.plan,
            starts=self.starts[buckets],
            n_rows=self.n_rows[buckets],
            counts={name: counts[buckets] for name, counts in self.counts.items()},
            sums={name: sums[buckets] for name, sums in self.sums.items()},
            sketches={name: registers[buckets] for name, registers in self.sketches.items()},
        )

    def distinct_share(self, column: str, buckets: slice = slice(None)) -> float | None:
        """Return about which share of a text column's values is distinct, within about 2.3 % of it.

        None where the column has no sketch, or no value.
        """
        if column not in self.sketches:
            return None
        n_values = int(self.counts[column][buckets, : -len(SPECIALS)].sum())
        return distinct_share(self.sketches[column][buckets], n_values)

    def position(self) -> IntArray:
        """Return each bucket's place on the regular grid that starts at the first, shape (D,); gaps count."""
        places = make_grid(self.plan, int(self.starts[0]), int(self.starts[-1])).locate(self.starts)
        return places - places[0]

    def ends(self) -> IntArray:
        """Return each bucket's end in epoch microseconds (UTC), shape (D,)."""
        grid = make_grid(self.plan, int(self.starts[0]), int(self.starts[-1]))
        return grid.starts[grid.locate(self.starts) + 1]

    def save(self, path: str | PathLike[str]) -> None:
        """Write the profile to one Parquet file, atomically; `read_profile` reads it back."""
        write_file(self.plan, _frame(self), path)

    def __eq__(self, other: object) -> bool:
        """Two profiles are equal when plan, buckets and all counts are."""
        if not isinstance(other, Profile) or self.plan != other.plan:
            return False
        if self.sketches.keys() != other.sketches.keys():
            return False
        mine, theirs = (
            (one.starts, one.n_rows, *one.counts.values(), *one.sums.values(), *one.sketches.values())
            for one in (self, other)
        )
        return all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))

    def __hash__(self) -> int:
        """Return a hash of the plan and the number of rows."""
        return hash((self.plan.digest(), int(self.n_rows.sum())))

    def summary(self) -> str:
        """Return the size and span of the profile as text."""
        rows, buckets, columns = int(self.n_rows.sum()), self.starts.size, len(self.plan.columns)
        every = "" if self.plan.every is None else f" of {self.plan.every}{' rows' * isinstance(self.plan.every, int)}"
        return f"{rows:,} rows × {columns} columns in {buckets:,} buckets{every}, {self._span()}"

    def __repr__(self) -> str:
        """Return the summary in angle brackets."""
        return f"<Profile: {self.summary()}>"

    def _repr_html_(self) -> str:
        return f"<p><b>Profile</b>: {escape(self.summary())}</p>"

    def _span(self) -> str:
        if self.plan.time is None or not self.starts.size:
            return "without time" if self.plan.time is None else "without rows"
        zone = ZoneInfo(self.plan.zone)
        first, last = (datetime.fromtimestamp(at / 1e6, zone) for at in (int(self.starts[0]), int(self.ends()[-1])))
        return f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} {self.plan.zone}"


def _add(starts: IntArray, *parts: tuple[IntArray, IntArray]) -> IntArray:
    total = np.zeros((starts.size, *parts[0][1].shape[1:]), np.int64)
    for own, numbers in parts:
        total[np.searchsorted(starts, own)] += numbers
    return total


def _most(starts: IntArray, *parts: tuple[IntArray, npt.NDArray[np.uint8]]) -> npt.NDArray[np.uint8]:
    most = np.zeros((starts.size, parts[0][1].shape[1]), np.uint8)
    for own, registers in parts:
        places = np.searchsorted(starts, own)
        most[places] = np.maximum(most[places], registers)
    return most


def _difference(one: Plan, other: Plan) -> str:
    for name in ("time", "zone", "every", "cuts", "format"):
        if getattr(one, name) != getattr(other, name):
            return f"{name} is {getattr(one, name)!r} in one and {getattr(other, name)!r} in the other"
    names, others = ([column.name for column in plan.columns] for plan in (one, other))
    if names != others:
        return f"columns {names} and {others}"
    changed = [a.name for a, b in zip(one.columns, other.columns, strict=True) if a != b]
    return f"column {changed[0]!r} has other edges" if changed else "their edges were learned from other rows"


def read_profile(path: str | PathLike[str]) -> Profile:
    """Return a saved profile; raise `BadFile` where the file is something else, damaged, or of a newer format."""
    plan, frame = read_file(path)
    try:
        return _profile(plan, frame)
    except (pl.exceptions.ColumnNotFoundError, ValueError) as error:
        raise BadFile(f"{path} is a damaged profile ({error}); make it again") from error


def _frame(profile: Profile) -> pl.DataFrame:
    columns = [pl.Series("start", profile.starts), pl.Series("n_rows", profile.n_rows)]
    for index, column in enumerate(profile.plan.columns):
        counts = profile.counts[column.name]
        columns.append(pl.Series(f"counts_{index}", counts.astype(np.int64), dtype=pl.Array(pl.Int64, counts.shape[1])))
        if column.ordered:
            columns.append(pl.Series(f"sum_{index}", profile.sums[column.name]))
        if column.name in profile.sketches:
            columns.append(pl.Series(f"sketch_{index}", profile.sketches[column.name], dtype=pl.Array(pl.UInt8, SIZE)))
    return pl.DataFrame(columns)


def _profile(plan: Plan, frame: pl.DataFrame) -> Profile:
    counts = {one.name: narrow(frame[f"counts_{index}"].to_numpy()) for index, one in enumerate(plan.columns)}
    for column in plan.columns:
        shape = (frame.height, column.n_bins + len(SPECIALS))
        if counts[column.name].shape != shape:
            raise ValueError(f"column {column.name!r} has counts of shape {counts[column.name].shape}, not {shape}")
    return Profile(
        plan=plan,
        starts=frame["start"].to_numpy(),
        n_rows=frame["n_rows"].to_numpy(),
        counts=counts,
        sums={one.name: frame[f"sum_{index}"].to_numpy() for index, one in enumerate(plan.columns) if one.ordered},
        sketches={
            one.name: frame[f"sketch_{index}"].to_numpy()
            for index, one in enumerate(plan.columns)
            if f"sketch_{index}" in frame.columns
        },
    )
