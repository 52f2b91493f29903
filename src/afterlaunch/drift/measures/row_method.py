"""What a method is that reads rows rather than counts: shown only for the windows it was computed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from afterlaunch.drift.payload import Carried, RowFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlaunch.drift.row_windows import RowReader
    from afterlaunch.results import Plain


NAMED = 5  # columns that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What a row method found: plain numbers, a sentence, and the share of it that each column carries."""

    plain: Mapping[str, Plain]
    note: str
    carried: Mapping[str, float] = field(default_factory=dict[str, float])

    def plain_for(self, method: str) -> RowFound:
        """Return it as a payload holds it, with the columns that carry most."""
        most = sorted(self.carried.items(), key=lambda pair: -pair[1])[:NAMED]
        carried = tuple(Carried(column=name, share=share) for name, share in most if share > 0)
        return RowFound(method=method.replace("_", " "), said=self.note, carried=carried)


@runtime_checkable
class RowMethod(Protocol):
    """A method that compares the rows of two windows, all columns at once."""

    name: ClassVar[str]

    def compare_rows(self, reader: RowReader) -> RowFinding:
        """Return what tells the two windows' rows apart; raise `NotEnoughRows` where they are too few."""
        ...
