"""A range that was cut: nothing lies beyond a bound, and what lay there is piled up on it."""

from __future__ import annotations

from afterlaunch.quality.change import MIN_ROWS, Change, FloatArray, Hint
from afterlaunch.quality.wording import percent, plain

RANK = 60  # faults are tried from the most telling, the lowest rank, to the least

BEYOND = 0.02


def find_clipped_range(change: Change) -> Hint | None:
    """Return a hint when at least two rows in a hundred lay beyond what is now the largest or smallest value."""
    samples = change.values()
    if samples is None or not change.ordered:
        return None
    before, after = samples
    for side, sign in (("above", 1.0), ("below", -1.0)):
        found = _clipped(sign * before, sign * after)
        if found is not None:
            bound, beyond = found
            text = f"clipped at {plain(sign * bound)}: {percent(beyond)} of rows lay {side} it before, none do now"
            return Hint(fault="clipped range", column=change.column, text=text)
    return None


def _clipped(before: FloatArray, after: FloatArray) -> tuple[float, float] | None:
    bound = float(after.max())
    beyond = float((before > bound).mean())
    piled = float((after == bound).mean()) - float((before == bound).mean())
    nameable = int((after == bound).sum()) >= MIN_ROWS
    return (bound, beyond) if nameable and beyond >= BEYOND and piled >= beyond / 2 else None
