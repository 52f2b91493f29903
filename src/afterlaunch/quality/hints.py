"""One hint a column: the first fault that fits, from the most telling to the least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.quality.faults import FAULTS
from afterlaunch.quality.swapped import find_swapped_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.quality.change import Change, Hint


def explain_changes(changes: Sequence[Change]) -> dict[str, Hint]:
    """Return the hint of each column that has one, by its name; swapped columns come before all other faults."""
    hints = {hint.column: hint for hint in reversed(find_swapped_columns(changes))}
    for change in changes:
        found = next(filter(None, (find(change) for find in FAULTS)), None)
        if found is not None:
            hints.setdefault(change.column, found)
    return hints
