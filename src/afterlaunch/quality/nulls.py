"""A column that went missing, or came back."""

from __future__ import annotations

from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.wording import percent

RANK = 70  # faults are tried from the most telling, the lowest rank, to the least

JUMP = 0.03


def find_null_jump(change: Change) -> Hint | None:
    """Return a hint when the share of null or NaN changed by three in a hundred, and by more than the values did."""
    before, after = (float(side[0] + side[1]) for side in change.specials)
    if abs(after - before) < max(JUMP, change.moved / 2):
        return None
    verb = "missing in" if after > before else "no longer missing: now"
    return Hint(
        fault="null jump",
        column=change.column,
        text=f"{verb} {percent(after)} of rows, was {percent(before)}",
    )
