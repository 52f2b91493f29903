"""What a column is: its role, its kind, and how every type of data becomes one that can be counted.

Numbers, booleans, dates and times keep their type. Decimals become floats, durations and times of day seconds,
categories strings, lists their length, structs one column a field. Binary data and Python objects are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from afterlaunch.logs.names import unique_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Role: TypeAlias = Literal["feature", "prediction", "score", "target"]
Kind: TypeAlias = Literal["numeric", "categorical", "boolean", "time", "text"]

MIN_TO_TELL = 20  # strings needed to call a column mostly distinct; fewer are pooled in shared output anyway
MOSTLY_DISTINCT = 0.5
LONG_CHARACTERS = 64  # longer than a SHA-256 in hexadecimal, the longest common identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class LogColumn:
    """A column that is profiled. `identifier`: nearly unique strings without a role, never shown by value."""

    name: str
    role: Role
    kind: Kind
    dtype: pl.DataType
    identifier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """A column as it is counted: `expression` yields it under `name`; `note` says what was done to it, if anything."""

    name: str
    expression: pl.Expr
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A column that cannot be counted, and the reason in words."""

    name: str
    reason: str


def treat_columns(schema: Mapping[str, pl.DataType]) -> list[Treated | LeftOut]:
    """Return what becomes of each column of `schema`, in order; structs yield one a field. Names stay unique."""
    found = [one for name, dtype in schema.items() for one in _treat(name, pl.col(name), dtype)]
    names = unique_names(one.name for one in found)
    return [_named(one, name) for one, name in zip(found, names, strict=True)]


def _named(one: Treated | LeftOut, name: str) -> Treated | LeftOut:
    if isinstance(one, LeftOut):
        return one
    return Treated(name=name, expression=one.expression.alias(name), note=one.note)


def _treat(name: str, column: pl.Expr, dtype: pl.DataType) -> Iterator[Treated | LeftOut]:
    match dtype:
        case pl.Struct():
            yield from _treat_struct(name, column, dtype)
        case pl.Decimal() | pl.Int128() | pl.UInt128():
            yield Treated(name=name, expression=column.cast(pl.Float64))
        case pl.Float16():
            yield Treated(name=name, expression=column.cast(pl.Float32))
        case pl.Categorical() | pl.Enum():
            yield Treated(name=name, expression=column.cast(pl.String))
        case pl.Null():
            yield Treated(name=name, expression=column.cast(pl.String), note=f"{name!r} holds nulls only.")
        case pl.Duration():
            seconds = column.dt.total_microseconds() / 1e6
            yield Treated(name=name, expression=seconds, note=f"{name!r} is a duration, counted in seconds.")
        case pl.Time():
            seconds = column.cast(pl.Int64) / 1e9
            note = f"{name!r} is a time of day, counted in seconds since midnight."
            yield Treated(name=name, expression=seconds, note=note)
        case pl.List():
            yield Treated(name=name, expression=column.list.len(), note=f"{name!r} holds lists, counted by length.")
        case pl.Array():
            length = pl.when(column.is_not_null()).then(pl.lit(dtype.size, pl.UInt32))
            yield Treated(name=name, expression=length, note=f"{name!r} holds arrays of one length: only nulls count.")
        case _ if _is_plain(dtype):
            yield Treated(name=name, expression=column)
        case _:
            yield LeftOut(name=name, reason=f"{name!r} is left out: {dtype} cannot be counted.")


def _is_plain(dtype: pl.DataType) -> bool:
    return dtype.is_numeric() or isinstance(dtype, pl.Boolean | pl.String | pl.Date | pl.Datetime)


def _treat_struct(name: str, column: pl.Expr, dtype: pl.Struct) -> Iterator[Treated | LeftOut]:
    fields = unique_names(field.name for field in dtype.fields)
    if not fields:
        yield LeftOut(name=name, reason=f"{name!r} is left out: a struct without fields.")
        return
    renamed = column.struct.rename_fields(fields)
    for field, inner in zip(fields, dtype.fields, strict=True):
        yield from _treat(f"{name}.{field}", renamed.struct.field(field), _instance(inner.dtype))


def _instance(dtype: pl.DataType | type[pl.DataType]) -> pl.DataType:
    return dtype() if isinstance(dtype, type) else dtype


def tell_kind(sample: pl.Series, *, named: bool) -> tuple[Kind, bool]:
    """Return the kind of a treated column and whether it is an identifier, from a sample of its values.

    Strings that are mostly distinct are text when long or with spaces; else identifiers, or categories when `named` in a
    role. Blank strings do not count towards either.
    """
    dtype = sample.dtype
    if dtype == pl.Boolean:
        return "boolean", False
    if dtype.is_temporal():
        return "time", False
    if dtype == pl.String:
        return _tell_strings(sample, named=named)
    return "numeric", False


def _tell_strings(sample: pl.Series, *, named: bool) -> tuple[Kind, bool]:
    values = sample.drop_nulls()
    values = values.filter(values.str.strip_chars() != "")
    if len(values) < MIN_TO_TELL or values.n_unique() <= MOSTLY_DISTINCT * len(values):
        return "categorical", False
    if _is_wordy(values):
        return "text", False
    return ("categorical", False) if named else ("text", True)


def _is_wordy(values: pl.Series) -> bool:
    spaced = values.str.strip_chars().str.contains(r"\s").sum()
    return spaced * 2 >= len(values) or int(values.str.len_chars().sum()) > LONG_CHARACTERS * len(values)
