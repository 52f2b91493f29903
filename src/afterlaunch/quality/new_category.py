"""A category that the reference never had, or hardly."""

from __future__ import annotations

from afterlaunch.profiles.axis import MIN_ROWS
from afterlaunch.quality.change import Change, Hint
from afterlaunch.quality.wording import percent

RANK = 50  # faults are tried from the most telling, the lowest rank, to the least

COMMON = 0.01
RARE = 0.001


def find_new_category(change: Change) -> Hint | None:
    """Return a hint when one row in a hundred has a category that was in less than one in a thousand.

    It is sure where the category has a name and the reference none of its rows.
    """
    if change.ordered:
        return None
    was, unseen = (float(side[-1]) for side in change.specials)
    if unseen >= COMMON and was < RARE:
        named = ", ".join(repr(label) for label in change.new_labels[:3])
        who = f"new category {named}" if named else "categories that the reference never had"
        return _hint(change, f"{who}: {percent(unseen)} of rows", sure=was == 0 and bool(named))
    before, after = change.shares
    for index in (-after).argsort():
        if after[index] >= COMMON and before[index] < RARE and change.after[index] >= MIN_ROWS:
            return _hint(change, f"new category {change.labels[index]!r}: {percent(float(after[index]))} of rows")
    return None


def _hint(change: Change, text: str, *, sure: bool = False) -> Hint:
    return Hint(fault="new category", column=change.column, text=text, sure=sure)
