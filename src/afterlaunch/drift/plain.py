"""Payloads and tables as plain values, and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from afterlaunch.drift.payload import (
    Buckets,
    Carried,
    Column,
    DriftPayload,
    Judgement,
    Onset,
    RowFound,
    Segment,
    Segments,
)
from afterlaunch.drift.table import SCHEMA
from afterlaunch.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NESTED: dict[str, type] = {"buckets": Buckets, "judgement": Judgement, "onset": Onset, "segments": Segments}
SEVERAL: dict[str, type] = {"columns": Column, "each": Segment, "by_rows": RowFound, "carried": Carried}


def payload_of(plain: Mapping[str, Any]) -> DriftPayload:
    """Return the payload that `dataclasses.asdict` made `plain` of, perhaps by way of JSON."""
    try:
        return _build(DriftPayload, plain)
    except (KeyError, TypeError) as error:
        raise BadFile(f"not a drift payload: {error}") from error


def _build(made: type, plain: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of the payload's classes
    values: dict[str, Any] = {}
    for one in fields(made):
        value = plain[one.name]
        if one.name in NESTED and isinstance(value, dict):
            value = _build(NESTED[one.name], cast("dict[str, Any]", value))
        elif one.name in SEVERAL:
            value = [_build(SEVERAL[one.name], part) for part in cast("list[dict[str, Any]]", value)]
        values[one.name] = tuple(cast("list[Any]", value)) if isinstance(value, list) else value
    return made(**values)


def plain_rows(table: pl.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows with times as ISO strings and without NaN."""
    return [{name: _plain(value) for name, value in row.items()} for row in table.iter_rows(named=True)]


def rows_of_plain(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return the report's table that `plain_rows` made `rows` of."""
    extra = [name for row in rows[:1] for name in row if name not in SCHEMA]
    times = [name for name, dtype in SCHEMA.items() if dtype.is_temporal()]
    parsed = [
        {name: datetime.fromisoformat(value) if name in times and value else value for name, value in row.items()}
        for row in rows
    ]
    return pl.DataFrame(parsed, schema={**SCHEMA, **dict.fromkeys(extra, pl.Float64())}, orient="row")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return None if value != value else value  # noqa: PLR0124 - NaN alone differs from itself
