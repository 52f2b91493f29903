"""Conditions on columns: made, as a Polars expression or code, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.edges.payload import Condition

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_range(column: str, low: float | None, high: float | None, *, whole: bool) -> Condition:
    """Return the condition that a number lies from `low` up to, not including, `high`; None is no end.

    >>> in_range("hour", 15, 18, whole=True).words, in_range("humid", 80, None, whole=False).words
    ('hour 15–17', 'humid ≥ 80')
    """
    return Condition(
        column=column,
        kind="range",
        low=low,
        high=high,
        value=None,
        whole=whole,
        words=f"{column} {_range_words(low, high, whole=whole)}",
    )


def is_value(column: str, value: str, *, flag: bool = False) -> Condition:
    """Return the condition that a category, or a true or false `flag`, has a value."""
    kind = "flag" if flag else "value"
    return Condition(
        column=column, kind=kind, low=None, high=None, value=value, whole=False, words=f"{column} is {value}"
    )


def is_missing(column: str) -> Condition:
    """Return the condition that nothing is there."""
    return Condition(
        column=column, kind="missing", low=None, high=None, value=None, whole=False, words=f"{column} is missing"
    )


def is_any_number(condition: Condition) -> bool:
    """Whether a range has no end, so that it says only that a number is there."""
    return condition.kind == "range" and condition.low is None and condition.high is None


def _range_words(low: float | None, high: float | None, *, whole: bool) -> str:
    if low is None:
        return "is known" if high is None else f"< {plain(high)}"
    if high is None:
        return f"≥ {plain(low)}"
    if not whole:
        return f"{plain(low)} to below {plain(high)}"
    return f"is {plain(low)}" if high - 1 == low else f"{plain(low)}–{plain(high - 1)}"


def expression_of(conditions: Sequence[Condition]) -> pl.Expr:
    """Return the rows that meet all conditions."""
    return pl.all_horizontal([_expression(condition) for condition in conditions])


def _expression(condition: Condition) -> pl.Expr:
    column = pl.col(condition.column)
    match condition.kind:
        case "missing":
            return column.is_null() | ~column.cast(pl.Float64, strict=False).is_finite().fill_null(value=True)
        case "value":
            return column.cast(pl.String) == condition.value
        case "flag":
            return column if condition.value == "true" else ~column
        case "range":
            ends = [] if condition.low is None else [column >= _exact(condition.low)]
            ends += [] if condition.high is None else [column < _exact(condition.high)]
            return pl.all_horizontal([*ends, column.cast(pl.Float64).is_finite()])


def code_of(conditions: Sequence[Condition]) -> str:
    """Return the same as Polars code."""
    return " & ".join(map(_code, conditions))


def _code(condition: Condition) -> str:
    column = f"pl.col({condition.column!r})"
    match condition.kind:
        case "missing":
            return f"{column}.is_null()"
        case "value":
            return f"({column} == {condition.value!r})"
        case "flag":
            return column if condition.value == "true" else f"~{column}"
        case "range":
            ends = ((">=", condition.low), ("<", condition.high))
            parts = [f"({column} {sign} {plain(end)})" for sign, end in ends if end is not None]
            return " & ".join(parts) or f"{column}.is_not_null()"


def words_of(conditions: Sequence[Condition]) -> str:
    """Return conditions in words: `carrier is EV and hour ≥ 17`."""
    return " and ".join(condition.words for condition in conditions)


def plain(value: float) -> str:
    """Return a number as short as it can be read back.

    >>> plain(17.0), plain(29.92), plain(-0.5)
    ('17', '29.92', '-0.5')
    """
    return str(_exact(value))


def _exact(value: float) -> float | int:
    return int(value) if value == int(value) else value
