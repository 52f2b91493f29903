"""What every drift measure is: a frozen dataclass with a name, a size that matters, and a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from afterlaunch.drift.measures.sides import Sides

Resolution: TypeAlias = Literal["decision", "fine"]


@runtime_checkable
class Measure(Protocol):
    """A distance between two windows of one column. `name` is its column in the report's table.

    `resolution` says which bins it reads: the fine ones, or the decision bins, where small samples bias it less.
    `min_effect` is the size from which it matters; None: it has no such size, so it cannot decide.
    """

    name: ClassVar[str]
    resolution: ClassVar[Resolution]

    @property
    def min_effect(self) -> float | None:
        """The size from which a change matters."""
        ...

    def distance(self, sides: Sides) -> float | None:
        """Return the distance; None where it is not defined."""
        ...
