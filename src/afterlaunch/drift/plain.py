"""Tables as plain values, and back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from afterlaunch.drift.table import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
