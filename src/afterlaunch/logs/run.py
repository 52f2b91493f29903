"""Running a lazy frame, so that what Polars raises reaches the user as one of our errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


def collect(frame: pl.LazyFrame) -> pl.DataFrame:
    """Return the rows of `frame`, run by the streaming engine; raise `BadInput` where the data cannot be read."""
    try:
        return frame.collect(engine="streaming")
    except FAILURES as failure:
        raise BadInput(f"the data cannot be read: {first_line(failure)}") from failure


def read_schema(frame: pl.LazyFrame) -> Mapping[str, pl.DataType]:
    """Return the names and types of `frame`; raise `BadInput` where it cannot be resolved."""
    try:
        return frame.collect_schema()
    except FAILURES as failure:
        raise BadInput(f"the data cannot be read: {first_line(failure)}") from failure


def first_line(failure: BaseException) -> str:
    """Return what a failure says, without the trace that Polars adds."""
    lines = str(failure).strip().splitlines()
    return lines[0] if lines else type(failure).__name__
