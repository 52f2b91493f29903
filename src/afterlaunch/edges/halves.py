"""The current window in two halves, by whole stretches of time: one to find on, one to confirm on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.effects import Clock

if TYPE_CHECKING:
    from afterlaunch.edges.source import Source
    from afterlaunch.stats.arrays import BoolArray, IntArray

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
MONDAY_US = 4 * DAY_US  # 5 January 1970
STRETCHES = ((7 * DAY_US, "weeks"), (DAY_US, "days"), (6 * HOUR_US, "quarters of a day"), (HOUR_US, "hours"))
BLOCKS = ((DAY_US, "days"), (6 * HOUR_US, "quarters of a day"), (HOUR_US, "hours"))
MIN_STRETCHES = 4
MIN_BLOCKS = 14  # of the current window
NEITHER, FIND, CONFIRM, REFERENCE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Halves:
    """`part` (n,) says what each row is for: neither, to find on, to confirm on, the reference.

    `block` (n,) numbers the stretches whose rows are alike, None where rows count as independent; `stretch` names what
    the halves are made of, `unit` what a block is.
    """

    part: IntArray
    block: IntArray | None
    stretch: str
    unit: str

    @property
    def find(self) -> BoolArray:
        """The rows to find slices on."""
        return self.part == FIND

    def clock(self, rows: BoolArray, *, judged: int) -> Clock | None:
        """Return where some rows lie in time, None where rows are independent."""
        if self.block is None:
            return None
        return Clock.of(self.block[rows], self.part[rows], judged=judged, teacher=REFERENCE)

    def whole(self) -> Halves:
        """Return the same with the current window in one piece."""
        return replace(self, part=np.where(self.part == FIND, CONFIRM, self.part))

    def block_of(self, rows: BoolArray) -> IntArray | None:
        """Return the blocks of some rows."""
        return None if self.block is None else self.block[rows]


def halve(source: Source, usable: BoolArray, *, rng: np.random.Generator) -> Halves:
    """Return the halves of the current rows that are `usable` (n,): alternating weeks, or shorter stretches."""
    at = source.outcomes.time_us
    current = source.is_current & usable
    part = np.where(source.is_reference & usable & ~source.is_current, REFERENCE, NEITHER)
    if at is None:
        return _by_rows(part, current, rng)
    local = at + _offset_us(source)
    for length, stretch in STRETCHES:
        number = (local - MONDAY_US) // length
        if len(np.unique(number[current])) >= MIN_STRETCHES:
            turn = np.unique(number[current], return_inverse=True)[1] % 2
            part[current] = np.where(turn == 0, FIND, CONFIRM)
            block, unit = _blocks(local, current)
            return Halves(part=part, block=block, stretch=stretch, unit=unit)
    return _by_rows(part, current, rng)


def _offset_us(source: Source) -> IntArray:
    """Return how far local clocks are ahead of UTC, so that days are cut at midnight."""
    times = source.frame[source.log.time or ""]
    zone = getattr(times.dtype, "time_zone", None)
    if zone is None:
        return np.zeros(len(times), dtype=np.int64)
    return (times.dt.base_utc_offset() + times.dt.dst_offset()).dt.total_microseconds().to_numpy().astype(np.int64)


def _blocks(local: IntArray, current: BoolArray) -> tuple[IntArray, str]:
    for length, unit in BLOCKS:
        number = local // length
        if len(np.unique(number[current])) >= MIN_BLOCKS or (length, unit) == BLOCKS[-1]:
            return number - number.min(), unit
    raise AssertionError  # the last one always fits


def _by_rows(part: IntArray, current: BoolArray, rng: np.random.Generator) -> Halves:
    places = rng.permutation(np.flatnonzero(current))
    part[places[::2]] = FIND
    part[places[1::2]] = CONFIRM
    return Halves(part=part, block=None, stretch="rows", unit="rows")
