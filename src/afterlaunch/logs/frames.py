"""Frames in memory, of any library, as Polars frames; what cannot be read is left out and said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard, runtime_checkable

import narwhals as nw
import polars as pl
from narwhals import dependencies

from afterlaunch.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

SCALARS = (str, int, float, bool)
UNREADABLE = (
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
    TypeError,
    ValueError,
    OverflowError,
    ImportError,
)


@runtime_checkable
class ArrowStream(Protocol):
    """Anything that hands its rows over through the Arrow C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return a capsule with the stream."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A Polars frame, the names by which the user knows its columns (perhaps doubled), and what was left out."""

    frame: pl.DataFrame
    names: list[object]
    notes: tuple[str, ...] = ()


def load_frame(data: object) -> Loaded:
    """Return a table of any library in memory; raise `BadInput` where `data` is not a table."""
    if isinstance(data, pl.DataFrame):
        return _plain(data)
    if dependencies.is_pandas_dataframe(data):
        return _from_pandas(data)
    if dependencies.is_pyarrow_table(data):
        return _from_arrow(data)
    if dependencies.is_polars_series(data) or dependencies.is_pandas_series(data) or dependencies.is_numpy_array(data):
        raise _not_a_table(data, "give its columns names, as in pl.DataFrame({'x': data})")
    if _streams(data):
        return _from_stream(data)
    return _from_narwhals(data)


def _plain(frame: pl.DataFrame) -> Loaded:
    return Loaded(frame=frame, names=list(frame.columns))


def _streams(data: object) -> TypeGuard[ArrowStream]:
    return isinstance(data, ArrowStream)


def _not_a_table(data: object, advice: str) -> BadInput:
    return BadInput(f"a {type(data).__module__}.{type(data).__name__} is not a table: {advice}")


def _from_stream(data: ArrowStream) -> Loaded:
    try:
        loaded: object = pl.DataFrame(data)
    except pl.exceptions.DuplicateError as failure:
        raise BadInput(f"two columns have one name ({failure}): rename one of them") from failure
    except UNREADABLE as failure:
        raise _not_a_table(data, f"its Arrow stream cannot be read ({failure})") from failure
    return _plain(loaded)


def _from_narwhals(data: object) -> Loaded:
    try:
        frame: Any = nw.from_native(data)  # pyright: ignore[reportArgumentType, reportCallIssue]
        eager: Any = frame.collect("polars") if isinstance(frame, nw.LazyFrame) else frame
        return _plain(eager.to_polars())
    except UNREADABLE as failure:
        advice = "pass a Polars, pandas, PyArrow or DuckDB table, or the path of Parquet, CSV or NDJSON files"
        raise _not_a_table(data, advice) from failure


def _from_arrow(table: Any) -> Loaded:
    names = list(table.column_names)
    series, kept, notes = [], [], []
    for place, name in enumerate(names):
        try:
            series.append(pl.Series(str(place), table.column(place)))
            kept.append(name)
        except UNREADABLE as failure:
            notes.append(f"{name!r} is left out: {_reason(failure)}.")
    return _assemble(series, kept, notes, height=table.num_rows)


def _from_pandas(frame: pd.DataFrame) -> Loaded:
    series, kept, notes = [], [], []
    for place, name in enumerate(frame.columns):
        try:
            series.append(_pandas_column(str(place), frame.iloc[:, place]))
            kept.append(name)
        except UNREADABLE as failure:
            notes.append(f"{str(name)!r} is left out: {_reason(failure)}.")
    return _assemble(series, kept, notes, height=len(frame))


def _pandas_column(name: str, column: pd.Series[Any]) -> pl.Series:
    """Return a pandas column; mixed strings and numbers become strings, other mixtures are refused."""
    try:
        return pl.Series(name, column)
    except UNREADABLE:
        values = [None if value is None or value != value else value for value in column.tolist()]
        if not all(value is None or isinstance(value, SCALARS) for value in values):
            raise
        return pl.Series(name, [None if value is None else str(value) for value in values], dtype=pl.String)


def _assemble(series: list[pl.Series], names: list[object], notes: list[str], *, height: int) -> Loaded:
    if height and not series and notes:
        raise BadInput(f"no column can be read: {' '.join(notes)}")
    return Loaded(frame=pl.DataFrame(series), names=names, notes=tuple(notes))


def _reason(failure: BaseException) -> str:
    lines = str(failure).strip().splitlines()
    return f"its values cannot be read ({lines[0].rstrip('.')})" if lines else "its values cannot be read"
