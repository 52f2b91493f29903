"""Running a lazy frame, so that what Polars raises reaches the user as one of our errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
MEND = ". Mend the file (text is to be UTF-8, with as many fields in each line), or read it yourself and pass the frame"


def collect(frame: pl.LazyFrame, *, paths: Sequence[Path] = ()) -> pl.DataFrame:
    """Return the rows of `frame`, run by the streaming engine; raise `BadInput` where the data cannot be read.

    It names the first of `paths`, the files that the rows come from.
    """
    try:
        return frame.collect(engine="streaming")
    except FAILURES as failure:
        raise BadInput(f"{_source(paths)} cannot be read: {first_line(failure)}{MEND if paths else ''}") from failure


def read_schema(frame: pl.LazyFrame) -> Mapping[str, pl.DataType]:
    """Return the names and types of `frame`; raise `BadInput` where it cannot be resolved."""
    try:
        return frame.collect_schema()
    except FAILURES as failure:
        raise BadInput(f"the data cannot be read: {first_line(failure)}") from failure


def _source(paths: Sequence[Path]) -> str:
    if not paths:
        return "the data"
    return repr(str(paths[0])) if len(paths) == 1 else f"one of {len(paths)} files, {str(paths[0])!r} the first,"


def first_line(failure: BaseException) -> str:
    """Return what a failure says, without the trace that Polars adds."""
    lines = str(failure).strip().splitlines()
    return lines[0] if lines else type(failure).__name__
