"""What every metric is: a frozen dataclass with a name, a value and the influence of each row on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName

Unit: TypeAlias = Literal["share", "loss", "target", "money", "number"]


@runtime_checkable
class Metric(Protocol):
    """One number that says how good a model's answers were. `name` is its name in the report's table.

    `tasks` have it, and it `reads` the score or the prediction. `unit` is that of its values. Values are compared, and
    their intervals made, on `scale`: there their noise does not depend on where they lie. A change matters from
    `min_effect` on; where it is `relative`, that is a share of the reference's value.
    """

    name: ClassVar[str]
    tasks: ClassVar[tuple[Task, ...]]
    reads: ClassVar[Answer]
    greater_is_better: ClassVar[bool | None]  # None: nearer to zero is better
    unit: ClassVar[Unit]
    scale: ClassVar[ScaleName]
    relative: ClassVar[bool]

    @property
    def min_effect(self) -> float:
        """The size from which a change matters."""
        ...

    def lacks(self, rows: Scored) -> str | None:
        """Return what the rows lack for the metric to have a value, such as "rows of both classes"; None if nothing."""
        ...

    def value(self, rows: Scored) -> float | None:
        """Return the value, each row counted by its weight; None where the rows lack something."""
        ...

    def influence(self, rows: Scored) -> FloatArray:
        """Return what each row does to the value (n,), in the value's unit, of weighted mean 0.

        The value of the rows differs from the truth by the weighted mean of these, to first order: Hampel (1974), *The
        influence curve and its role in robust estimation*, JASA 69. It is asked for only where there is a value.
        """
        ...

    def support(self, rows: Scored) -> float:
        """Return how many rows the value rests on, by weight: those in its denominator."""
        ...
