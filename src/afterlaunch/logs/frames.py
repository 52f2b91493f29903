"""Frames in memory, of any library, as Polars frames; what cannot be read is left out and said."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import isnan
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast, runtime_checkable

import numpy as np
import polars as pl

from afterlaunch.errors import BadInput
from afterlaunch.logs.run import first_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

C = TypeVar("C")

SCALARS = (str, int, float, bool)
UNREADABLE = (Exception, pl.exceptions.PanicException)  # what other libraries raise is not ours to list
TABLES = "a Polars, pandas, PyArrow or DuckDB table, or the path of Parquet, CSV or NDJSON files"


class MixedZones(ValueError):
    """Datetimes of several zones in one column."""


@runtime_checkable
class ArrowStream(Protocol):
    """Anything that hands its rows over through the Arrow C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return a capsule with the stream."""
        ...


class PandasFrame(Protocol):
    """What is used of a pandas frame: its index, and its columns in order, also where two have one name."""

    index: PandasIndex

    def items(self) -> Iterator[tuple[object, PandasColumn]]:
        """Yield (label, column)."""
        ...


class PandasIndex(Protocol):
    """What is used of a pandas index."""

    names: Sequence[object]


class PandasColumn(Protocol):
    """What is used of a pandas column."""

    dtype: object

    def tolist(self) -> list[object]:
        """Return the values as Python objects."""
        ...


class ArrowTable(Protocol):
    """What is used of a PyArrow table."""

    column_names: list[str]
    columns: list[object]
    num_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A Polars frame, the names by which the user knows its columns (perhaps doubled), and why others were left out."""

    frame: pl.DataFrame
    names: Sequence[object]
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])


def load_frame(data: object) -> Loaded:
    """Return a table of any library in memory; raise `BadInput` where `data` is not a table."""
    if isinstance(data, pl.DataFrame):
        return _plain(data)
    if _is(data, "pandas", "DataFrame"):
        return _from_pandas(cast("PandasFrame", data))
    if _is(data, "pyarrow", "Table"):
        return _from_arrow(cast("ArrowTable", data))
    if isinstance(data, pl.Series) or _is(data, "pandas", "Series") or _is(data, "numpy", "ndarray"):
        raise _not_a_table(data, "name its columns, as in pl.DataFrame({'x': data})")
    if isinstance(data, ArrowStream):
        return _from_stream(data)
    return _from_narwhals(data)


def _is(data: object, module: str, name: str) -> bool:
    """Return whether `data` is of a class of a library that need not be installed."""
    return isinstance(data, getattr(sys.modules.get(module), name, ()))


def _plain(frame: pl.DataFrame) -> Loaded:
    return Loaded(frame=frame, names=frame.columns)


def _not_a_table(data: object, advice: str) -> BadInput:
    kind = type(data)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    return BadInput(f"{name} is not a table that can be read: {advice}")


def _from_stream(data: ArrowStream) -> Loaded:
    try:
        return _plain(pl.DataFrame(cast("Any", data)))
    except pl.exceptions.DuplicateError as failure:
        raise BadInput(f"two columns have one name ({first_line(failure)}): rename one of them") from failure
    except UNREADABLE as failure:
        raise _not_a_table(data, f"its Arrow stream fails ({first_line(failure)})") from failure


def _from_narwhals(data: object) -> Loaded:
    import narwhals as nw  # noqa: PLC0415 - seldom needed, slow to import

    try:
        frame = nw.from_native(cast("nw.DataFrame[Any] | nw.LazyFrame[Any]", data))
        eager = frame.collect("polars") if isinstance(frame, nw.LazyFrame) else frame
        return _plain(eager.to_polars())
    except UNREADABLE as failure:
        raise _not_a_table(data, f"pass {TABLES}") from failure


def _from_arrow(table: ArrowTable) -> Loaded:
    return _assemble(zip(table.column_names, table.columns, strict=True), _arrow_column)


def _from_pandas(frame: PandasFrame) -> Loaded:
    loaded = _assemble(frame.items(), _pandas_column)
    index = {
        str(name): f"{str(name)!r} is the index of the pandas frame, left out: frame.reset_index() makes it a column."
        for name in frame.index.names
        if name is not None
    }
    return replace(loaded, left_out={**loaded.left_out, **index})


def _assemble(columns: Iterable[tuple[object, C]], read: Callable[[str, C], pl.Series]) -> Loaded:
    """Read columns one by one, so that one that cannot be read costs no other."""
    series: list[pl.Series] = []
    names: list[object] = []
    left_out: dict[str, str] = {}
    for place, (name, column) in enumerate(columns):
        try:
            series.append(read(str(place), column))
            names.append(name)
        except UNREADABLE as failure:
            left_out[str(name)] = f"{str(name)!r} is left out: {_reason(failure)}."
    if left_out and not series:
        raise BadInput(f"no column can be read: {' '.join(left_out.values())}")
    return Loaded(frame=pl.DataFrame(series), names=names, left_out=left_out)


def _reason(failure: BaseException) -> str:
    """Return why a column cannot be read; what other libraries say of it may quote a value, and notes are shared."""
    if isinstance(failure, MixedZones):
        return str(failure)
    return "its values cannot be read as one type; convert them to numbers or strings"


def _arrow_column(name: str, column: object) -> pl.Series:
    return pl.Series(name, cast("Any", column))


def _pandas_column(name: str, column: PandasColumn) -> pl.Series:
    try:
        series = pl.Series(name, cast("Any", column))
    except UNREADABLE:
        return _from_objects(name, column.tolist())
    if isinstance(series.dtype, pl.Datetime) and str(column.dtype) == "object":
        _check_one_zone(column.tolist())
    return series


def _from_objects(name: str, values: list[object]) -> pl.Series:
    """Return Python objects as a column; strings mixed with numbers become strings, other mixtures are refused."""
    plain = [_plain_value(value) for value in values]
    try:
        return pl.Series(name, plain)
    except UNREADABLE:
        if not all(value is None or isinstance(value, SCALARS) for value in plain):
            raise
        return pl.Series(name, [None if value is None else str(value) for value in plain], dtype=pl.String)


def _check_one_zone(values: list[object]) -> None:
    """Raise where datetimes as Python objects have several zones, of which Polars would keep one without a word."""
    zones = {str(value.tzinfo) for value in values if isinstance(value, datetime) and value == value}  # noqa: PLR0124 - NaT
    if len(zones) > 1:
        raise MixedZones(f"it mixes zones ({', '.join(sorted(zones))}); convert it to one, such as UTC")


def _plain_value(value: object) -> object:
    if _is_missing(value):
        return None
    return cast("Any", value).item() if isinstance(value, np.generic) else value


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and isnan(value))
