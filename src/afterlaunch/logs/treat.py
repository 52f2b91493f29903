"""How every type of data becomes one that can be counted.

Numbers, booleans, dates and times keep their type. Decimals become floats, durations and times of day seconds,
categories strings, lists their length, structs one column a field. Binary data and Python objects are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from afterlaunch.logs.names import said, unique_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Change: TypeAlias = "Callable[[pl.Expr], pl.Expr]"

PLAIN = (pl.Boolean, pl.String, pl.Date, pl.Datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """A column as it is counted: `expression` yields it under `name`; `note` says what was done to it, if anything."""

    name: str
    expression: pl.Expr
    note: str | None = None
    is_category: bool = False  # by its type: whoever chose it says what the column is


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A column that is not counted as such, and the reason in words."""

    name: str
    reason: str


def _as_float(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.Float64)


def _as_string(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.String)


def _as_single(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.Float32)


def _as_seconds(column: pl.Expr) -> pl.Expr:
    return column.dt.total_microseconds() * 1e-6  # a quotient's last bit depends on the row's place


def _since_midnight(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.Int64) * 1e-9


def _length(column: pl.Expr) -> pl.Expr:
    return column.list.len()


def _width(column: pl.Expr) -> pl.Expr:
    return column.arr.len()


# What becomes of a type, and how a note puts it after the column's name.
CHANGES: Mapping[type[pl.DataType], tuple[Change, str | None]] = {
    pl.Decimal: (_as_float, None),
    pl.Int128: (_as_float, None),
    pl.UInt128: (_as_float, None),
    pl.Float16: (_as_single, None),
    pl.Categorical: (_as_string, None),
    pl.Enum: (_as_string, None),
    pl.Null: (_as_string, "holds nulls only"),
    pl.Duration: (_as_seconds, "is a duration, counted in seconds"),
    pl.Time: (_since_midnight, "is a time of day, counted in seconds since midnight"),
    pl.List: (_length, "holds lists, counted by their length"),
    pl.Array: (_width, "holds arrays of one length, so that only its nulls count"),
}


def treat_columns(schema: Mapping[str, pl.DataType]) -> list[Treated | LeftOut]:
    """Return what becomes of each column of `schema`, in order; structs yield one a field. Names stay unique."""
    found = [one for name, dtype in schema.items() for one in _treat(name, pl.col(name), dtype)]
    names = unique_names(one.name for one in found)
    return [_named(one, name) for one, name in zip(found, names, strict=True)]


def _named(one: Treated | LeftOut, name: str) -> Treated | LeftOut:
    return one if isinstance(one, LeftOut) else replace(one, name=name, expression=one.expression.alias(name))


def _treat(name: str, column: pl.Expr, dtype: pl.DataType) -> Iterator[Treated | LeftOut]:
    change = CHANGES.get(type(dtype))
    if change is not None:
        become, words = change
        yield Treated(
            name=name,
            expression=become(column),
            note=words and f"{name!r} {words}.",
            is_category=isinstance(dtype, pl.Categorical | pl.Enum),
        )
    elif isinstance(dtype, pl.Struct):
        yield from _treat_struct(name, column, dtype)
    elif dtype.is_numeric() or isinstance(dtype, PLAIN):
        yield Treated(name=name, expression=column)
    else:
        yield LeftOut(name=name, reason=f"{name!r} is left out: {dtype} cannot be counted.")


def _treat_struct(name: str, column: pl.Expr, dtype: pl.Struct) -> Iterator[Treated | LeftOut]:
    fields = unique_names(field.name for field in dtype.fields)
    parts = said([f"{name}.{field}" for field in fields])
    reason = (
        f"{name!r} is a struct, counted field by field: {parts}." if fields else f"{name!r} is left out: no fields."
    )
    yield LeftOut(name=name, reason=reason)
    renamed = column.struct.rename_fields(fields)
    types = pl.Schema(zip(fields, (field.dtype for field in dtype.fields), strict=True))
    for field, inner in types.items():
        yield from _treat(f"{name}.{field}", renamed.struct.field(field), inner)
