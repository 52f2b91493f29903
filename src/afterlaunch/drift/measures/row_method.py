"""What a method is that reads rows rather than counts: shown only for the windows it was computed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlaunch.drift.row_windows import RowReader
    from afterlaunch.results import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What a row method found: plain numbers, and a sentence for the report's footer."""

    plain: Mapping[str, Plain]
    note: str


@runtime_checkable
class RowMethod(Protocol):
    """A method that compares the rows of two windows, all columns at once."""

    name: ClassVar[str]

    def compare_rows(self, reader: RowReader) -> RowFinding:
        """Return what tells the two windows' rows apart; raise `NotEnoughRows` where they are too few."""
        ...
