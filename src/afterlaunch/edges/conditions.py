"""Conditions on columns: as a Polars expression, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind: TypeAlias = Literal["range", "value", "flag", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition on one column: a range of numbers from `low` up to, not including, `high`; a value; or none there.

    `whole` marks a column of whole numbers, whose ranges are told by their last number.
    """

    column: str
    kind: Kind
    low: float | None = None
    high: float | None = None
    value: str | None = None
    whole: bool = False

    @property
    def expression(self) -> pl.Expr:
        """The rows that meet it."""
        column = pl.col(self.column)
        if self.kind == "missing":
            return column.is_null() | ~column.cast(pl.Float64, strict=False).is_finite().fill_null(value=True)
        if self.kind == "value":
            return column.cast(pl.String) == self.value
        if self.kind == "flag":
            return column if self.value == "true" else ~column
        parts = [] if self.low is None else [column >= _exact(self.low)]
        parts += [column.is_not_nan()] if self.high is None and not self.whole else []
        parts += [] if self.high is None else [column < _exact(self.high)]
        return reduce(and_, parts) if parts else column.is_not_null()

    @property
    def words(self) -> str:
        """The condition as it is said: `carrier is EV`, `hour 15–17`, `humid ≥ 80`."""
        if self.kind == "missing":
            return f"{self.column} is missing"
        if self.kind in ("value", "flag"):
            return f"{self.column} is {self.value}"
        if self.low is None:
            return f"{self.column} < {plain(self.high or 0.0)}"
        if self.high is None:
            return f"{self.column} ≥ {plain(self.low)}"
        last = self.high - 1 if self.whole else self.high
        if self.whole and last == self.low:
            return f"{self.column} is {plain(self.low)}"
        return f"{self.column} {plain(self.low)}–{plain(last)}" if self.whole else (
            f"{self.column} from {plain(self.low)} to below {plain(self.high)}"
        )


def expression_of(conditions: Sequence[Condition]) -> pl.Expr:
    """Return the rows that meet all conditions."""
    return reduce(and_, [condition.expression for condition in conditions])


def words_of(conditions: Sequence[Condition]) -> str:
    """Return conditions in words: `carrier is EV and hour ≥ 17`."""
    return " and ".join(condition.words for condition in conditions)


def plain(value: float) -> str:
    """Return a number as short as it can be read back.

    >>> plain(17.0), plain(29.92), plain(-0.5)
    ('17', '29.92', '-0.5')
    """
    return str(int(value)) if value == int(value) else repr(value)


def _exact(value: float) -> float | int:
    return int(value) if value == int(value) else value
