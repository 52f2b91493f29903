"""One hint a column: the first fault that fits, from the most telling to the least."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.clipped import find_clipped_range
from afterlaunch.quality.clock import find_time_zone_shift
from afterlaunch.quality.frozen import find_frozen_value
from afterlaunch.quality.new_category import find_new_category
from afterlaunch.quality.nulls import find_null_jump
from afterlaunch.quality.sentinel import find_sentinel
from afterlaunch.quality.swapped import find_swapped_columns
from afterlaunch.quality.units import find_unit_change

FAULTS: tuple[Callable[[Change], Hint | None], ...] = (
    find_frozen_value,
    find_sentinel,
    find_time_zone_shift,
    find_unit_change,
    find_new_category,
    find_clipped_range,
    find_null_jump,
)


def explain_changes(changes: Sequence[Change]) -> dict[str, Hint]:
    """Return the hint of each column that has one, by its name; swapped columns come before all other faults."""
    hints = {hint.column: hint for hint in reversed(find_swapped_columns(changes))}
    for change in changes:
        found = next(filter(None, (find(change) for find in FAULTS)), None)
        if found is not None:
            hints.setdefault(change.column, found)
    return hints
