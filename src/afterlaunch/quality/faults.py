# Written by `make sync` from the files beside it, by their RANK; do not edit.
"""Faults that one column shows, from the most telling to the least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.quality.clipped import find_clipped_range
from afterlaunch.quality.clock import find_time_zone_shift
from afterlaunch.quality.frozen import find_frozen_value
from afterlaunch.quality.new_category import find_new_category
from afterlaunch.quality.nulls import find_null_jump
from afterlaunch.quality.sentinel import find_sentinel
from afterlaunch.quality.units import find_unit_change

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlaunch.quality.change import Change, Hint

FAULTS: tuple[Callable[[Change], Hint | None], ...] = (
    find_frozen_value,
    find_time_zone_shift,
    find_sentinel,
    find_unit_change,
    find_new_category,
    find_clipped_range,
    find_null_jump,
)
