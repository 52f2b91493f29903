"""Metrics that are means of one number a row, or ratios of two such means."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from afterlaunch.performance.reading import (
    macro,
    macro_influence,
    macro_support,
    ratio_influence,
    without_rows,
)

if TYPE_CHECKING:
    from afterlaunch.performance.scored import Scored
    from afterlaunch.stats.arrays import BoolArray, FloatArray


class Absolute:
    """A metric of which a change matters from `min_effect` on, in its own unit."""

    __slots__ = ()
    min_effect: float

    def matters_from(self, value: float, rows: Scored) -> float:
        """Return `min_effect`, whatever the reference's value and rows."""
        del value, rows
        return self.min_effect


class Relative:
    """A metric of which a change matters from a share `min_effect` of the reference's value on."""

    __slots__ = ()
    min_effect: float

    def matters_from(self, value: float, rows: Scored) -> float:
        """Return that share of the reference's `value`."""
        del rows
        return self.min_effect * abs(value)


class Macro:
    """A metric that, of several classes, is a mean over those that have rows: comparable where these are the same."""

    __slots__ = ()


class MeanOfRows(ABC):
    """A metric that is the mean of one number a row."""

    __slots__ = ()

    @abstractmethod
    def of_rows(self, rows: Scored) -> FloatArray:
        """Return each row's number (n,)."""

    def lacks(self, rows: Scored) -> str | None:
        """Return "rows" where there are none."""
        return without_rows(rows)

    def value(self, rows: Scored) -> float | None:
        """Return the mean."""
        return None if self.lacks(rows) else rows.mean(self.of_rows(rows))

    def influence(self, rows: Scored) -> FloatArray:
        """Return each row's number less the mean."""
        numbers = self.of_rows(rows)
        return numbers - rows.mean(numbers)

    def support(self, rows: Scored) -> float:
        """Return all rows."""
        return rows.total


class ShareOfRows(Macro, ABC):
    """A metric that is the share of some rows which are also others.

    Of several classes: the mean of that of each class against the rest, over the classes that have it (macro).
    """

    __slots__ = ()

    @abstractmethod
    def parts(self, rows: Scored) -> tuple[FloatArray | BoolArray, FloatArray | BoolArray]:
        """Return how much each row adds to the top and to the bottom of the ratio, of a binary task."""

    @abstractmethod
    def missing(self, rows: Scored) -> str:
        """Return what there is none of where the bottom is zero, in words."""

    def lacks(self, rows: Scored) -> str | None:
        """Return what the bottom of the ratio has none of."""
        if rows.n_classes > 2:
            return without_rows(rows)
        return None if rows.total > 0 and rows.mean(self.parts(rows)[1]) > 0 else self.missing(rows)

    def value(self, rows: Scored) -> float | None:
        """Return the share."""
        if self.lacks(rows):
            return None
        if rows.n_classes > 2:
            return macro(rows, self.lacks, self.value)
        top, bottom = self.parts(rows)
        return rows.mean(top) / rows.mean(bottom)

    def influence(self, rows: Scored) -> FloatArray:
        """Return how each row moves the ratio, by the delta method."""
        if rows.n_classes > 2:
            return macro_influence(rows, self.lacks, self.influence)
        return ratio_influence(rows, *self.parts(rows))

    def support(self, rows: Scored) -> float:
        """Return the bottom of the ratio."""
        if rows.n_classes > 2:
            return macro_support(rows, self.lacks, self.support)
        return rows.total * rows.mean(self.parts(rows)[1])
