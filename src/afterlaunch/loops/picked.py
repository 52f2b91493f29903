"""What a reader picked in the panel, with what of the payload it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlaunch.results import Selection, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A selection in a period (`window`, None: the last one), and the edges of the cells that users are picked by."""

    selection: Selection
    window: Window | None
    entropy_edges: tuple[float, ...]
