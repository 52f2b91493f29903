"""Columns whose type changed between two logs: read as what they were, so that the change is judged, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.profiles.plan import SPECIALS
from afterlaunch.quality.wording import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlaunch.logs import Kind
    from afterlaunch.profiles import Profile

AS_READ: Mapping[Kind, str] = {
    "numeric": "numbers",
    "categorical": "text",
    "text": "text",
    "boolean": "yes or no",
    "time": "times",
}
BITS = {"boolean", "numeric"}


def say_retyped(kinds: Mapping[str, tuple[Kind, Kind]], read: Profile, *, is_new: bool) -> dict[str, str]:
    """Return what to say of each column whose type changed, by name.

    `kinds` holds a column's kind in the reference and in the new data; `read` counts the side that was read as the
    other. How strings were told apart is no change of type, and 0 and 1 may be booleans.
    """
    return {
        name: _say(before, after, _unread(read, name), is_new=is_new)
        for name, (before, after) in kinds.items()
        if AS_READ[before] != AS_READ[after] and not ({before, after} == BITS and _unread(read, name) == 0)
    }


def _unread(read: Profile, name: str) -> float:
    counts = read.counts[name].sum(axis=0)
    place = SPECIALS.index("nan" if read.plan[name].ordered else "unseen") - len(SPECIALS)
    return float(counts[place] / max(int(counts.sum()), 1))


def _say(before: Kind, after: Kind, share: float, *, is_new: bool) -> str:
    kind = AS_READ[before if is_new else after]
    how = f"{percent(share)} of values cannot be read as {kind}" if share else f"all values can be read as {kind}"
    return f"was {AS_READ[before]} and is {AS_READ[after]} now: {how}"
