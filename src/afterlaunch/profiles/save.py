"""A profile's file: one Parquet file with a row per bucket, and the plan with its format version in the metadata."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch import whole
from afterlaunch.errors import BadFile, BadOption
from afterlaunch.profiles.plan import FORMAT, Plan

if TYPE_CHECKING:
    from os import PathLike

KEY = "afterlaunch.profile"
ENDINGS = (".parquet", ".pq")


def write_file(plan: Plan, frame: pl.DataFrame, path: str | PathLike[str]) -> None:
    """Write plan and counts to a Parquet file that appears whole or not at all; raise `BadOption` on another ending."""
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise BadOption(f"cannot save a profile to {path.name!r}: it is a Parquet file, so end it in {ENDINGS[0]}")
    buffer = BytesIO()
    frame.write_parquet(buffer, metadata={KEY: json.dumps(plan.to_dict())})
    whole.write(path, buffer.getvalue())


def read_file(path: str | PathLike[str]) -> tuple[Plan, pl.DataFrame]:
    """Return what `write_file` wrote; raise `BadFile` where the file is something else or of a newer format."""
    path = Path(path)
    try:
        metadata = pl.read_parquet_metadata(path)
        frame = pl.read_parquet(path)
    except FileNotFoundError:
        raise BadFile(f"there is no file {path}") from None
    except (pl.exceptions.PolarsError, OSError) as error:
        raise BadFile(f"{path} is no profile: it cannot be read as a Parquet file ({error})") from error
    if KEY not in metadata:
        raise BadFile(
            f"{path} is other Parquet data, not a profile; write one with afterlaunch.profile(log).save(path)"
        )
    return _read_plan(metadata[KEY], path), frame


def _read_plan(text: str, path: Path) -> Plan:
    try:
        plain = json.loads(text)
        if plain["format"] > FORMAT:
            raise BadFile(
                f"{path} is a profile of format {plain['format']}, this version reads those up to {FORMAT}: "
                "update afterlaunch"
            )
        return Plan.from_dict({**plain, "format": FORMAT})
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise BadFile(f"{path} is a damaged profile (its plan: {error!r}); make it again") from error
