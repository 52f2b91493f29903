"""What a reader picked in the panel, with what of the payload it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from afterlaunch.results import Selection, Window


BY_TENTH, BY_ENTROPY, NARROWED = "popularity", "entropy", "narrowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A selection in a period (`window`, None: the last one), and the edges of the cells that users are picked by."""

    selection: Selection
    window: Window | None
    entropy_edges: tuple[float, ...]

    def __post_init__(self) -> None:
        """Raise `BadOption` on a selection that a report on loops does not have."""
        column, group = self.selection.column, self.selection.group
        if column not in {None, BY_TENTH, BY_ENTROPY}:
            raise BadOption(
                f"column={column!r} of a selection is neither {BY_TENTH!r} (items) nor {BY_ENTROPY!r} (users)"
            )
        if group not in {None, NARROWED}:
            raise BadOption(f"group={group!r} of a selection is not {NARROWED!r}, the one group of users there is")
        if self.selection.slice is not None:
            raise BadOption(f"slice={self.selection.slice!r}: loops have no slices; select by column= or group=")
