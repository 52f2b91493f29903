"""What every metric is: a name, a value, and where there is a formula for it, the influence of each row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, TypeGuard, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.logs.roles import Task
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import FloatArray, IntArray
    from afterlaunch.stats.losses import Answer
    from afterlaunch.stats.scales import ScaleName

Unit: TypeAlias = Literal["share", "loss", "target", "money", "number"]


@runtime_checkable
class Metric(Protocol):
    """One number that says how good a model's answers were."""

    @property
    def name(self) -> str:
        """Its name in the report's table."""
        ...

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that have it."""
        ...

    @property
    def reads(self) -> Answer:
        """Whether it reads scores or predictions."""
        ...

    @property
    def greater_is_better(self) -> bool | None:
        """Whether it is; None: nearer to zero is."""
        ...

    @property
    def unit(self) -> Unit:
        """What its values are counted in."""
        ...

    @property
    def scale(self) -> ScaleName:
        """On what its values are compared and its intervals made: there their noise depends least on the value."""
        ...

    def lacks(self, rows: Scored) -> str | None:
        """Return what the rows lack for a value, such as "rows of both classes"; None if nothing."""
        ...

    def value(self, rows: Scored) -> float | None:
        """Return the value, each row counted by its weight; None where the rows lack something."""
        ...

    def support(self, rows: Scored) -> float:
        """Return how many rows the value rests on, by weight: those in its denominator."""
        ...

    def matters_from(self, value: float, rows: Scored) -> float:
        """Return the size from which a change from the reference's `value` and `rows` matters, in the unit."""
        ...


class Influential(Metric, Protocol):
    """A metric with a formula for what each row does to it."""

    def influence(self, rows: Scored) -> FloatArray:
        """Return what each row does to the value (n,), in the unit, of weighted mean 0.

        The value of the rows differs from the truth by the weighted mean of these, to first order: Hampel (1974), *The
        influence curve and its role in robust estimation*, JASA 69. It is asked for only where there is a value.
        """
        ...


class Curved(Influential, Protocol):
    """A metric whose noise is partly of second order, as that of a sum of squares near zero."""

    def curvature(self, rows: Scored) -> float:
        """Return the variance, on the metric's scale, that influences miss."""
        ...


@runtime_checkable
class OfMeans(Metric, Protocol):
    """A metric of numbers that follows from means over rows, so that expected means give an estimate of it."""

    @property
    def means(self) -> tuple[str, ...]:
        """The means that it reads: "squared" of errors, "error", "target", "target_squared"."""
        ...

    def of_means(self, means: Sequence[float]) -> float | None:
        """Return the value, from the means in that order; None where they give none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A vector whose length is a metric's value, and what each row does to it.

    `vector` (k,), `variance` (k,) of one row's influence on each part; row i has the influence `influence[j, i]` on the
    part `place[j, i]`, for each of m parts that it touches.
    """

    vector: FloatArray
    variance: FloatArray
    place: IntArray
    influence: FloatArray


class Parted(Influential, Protocol):
    """A metric that is the length of a vector, whose parts may move while its length stays.

    Its change between two windows is judged by the length of the difference: days that move the parts make the vector
    of a short window longer than that of a long one, by chance alone.
    """

    def vector(self, rows: Scored, like: Scored) -> Parts:
        """Return the vector of some rows, its parts being those of `like`."""
        ...


def is_influential(metric: Metric) -> TypeGuard[Influential]:
    """Whether a metric has a formula for what each row does to it."""
    return _has(type(metric), "influence")


def is_curved(metric: Metric) -> TypeGuard[Curved]:
    """Whether a metric's noise is partly of second order."""
    return _has(type(metric), "curvature")


def is_parted(metric: Metric) -> TypeGuard[Parted]:
    """Whether a metric is the length of a vector."""
    return _has(type(metric), "vector")


@cache  # asking a protocol takes a tenth of a millisecond, and reports ask thousands of times
def _has(kind: type, name: str) -> bool:
    return hasattr(kind, name)
