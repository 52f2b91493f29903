"""Any table in, a lazy Polars frame out: frames of every library, and Parquet, CSV, NDJSON or Arrow files.

Files are scanned, never loaded whole. Files that differ are brought to one schema: a column that some lack is null
there, and types that differ meet in the narrowest type that holds both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadInput
from afterlaunch.logs.files import find_files, scan, union_schema
from afterlaunch.logs.frames import Loaded, load_frame
from afterlaunch.logs.names import unique_names
from afterlaunch.logs.run import collect, read_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SAMPLE_ROWS = 10_000
SLICES = 10
FILES_SAMPLED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Data of any origin, as one lazy frame with safe, unique names."""

    frame: pl.LazyFrame
    schema: Mapping[str, pl.DataType]
    paths: tuple[Path, ...] = ()
    loaded: pl.DataFrame | None = None  # the rows, where they are in memory
    union: Mapping[str, pl.DataType] = field(default_factory=dict[str, pl.DataType])  # what files are brought to
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])  # as the user knows it -> as it is called here
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])  # columns that could not be read, and why
    notes: tuple[str, ...] = ()

    def part(self, path: Path) -> pl.LazyFrame:
        """Return the same table made of one of `paths`."""
        return _rename(_conform(scan(path), self.union), list(self.schema))

    def sample(self, columns: Sequence[pl.Expr]) -> pl.DataFrame:
        """Return about `SAMPLE_ROWS` rows of `columns`, spread over the data (lazy frames: from their start)."""
        if self.loaded is not None:
            return _spread(self.loaded.lazy().select(columns), self.loaded.height, SAMPLE_ROWS)
        if not self.paths:
            return collect(self.frame.select(columns).head(SAMPLE_ROWS))
        chosen = _evenly(self.paths, FILES_SAMPLED)
        share = SAMPLE_ROWS // len(chosen)
        return pl.concat([_sample_file(path, self.part(path).select(columns), share) for path in chosen])


def read_table(data: object) -> Table:
    """Return any table, path, list of paths or glob as a `Table`; raise `BadInput` where it is none."""
    paths = find_files(data)
    if paths:
        return _from_files(paths)
    if isinstance(data, pl.LazyFrame):
        return _from_lazy(data)
    return _from_loaded(load_frame(data))


def _from_lazy(frame: pl.LazyFrame) -> Table:
    schema = read_schema(frame)
    return _named(frame, schema, list(schema))


def _from_loaded(loaded: Loaded) -> Table:
    frame = loaded.frame
    table = _named(frame.lazy(), frame.schema, loaded.names)
    names = list(table.schema)
    rows = frame.rename(dict(zip(frame.columns, names, strict=True)))
    return Table(
        frame=rows.lazy(),
        schema=rows.schema,
        loaded=rows,
        renamed=table.renamed,
        left_out=loaded.left_out,
        notes=table.notes,
    )


def _from_files(paths: tuple[Path, ...]) -> Table:
    union, agree = union_schema(paths)
    whole = scan(*paths) if agree else pl.concat([_conform(scan(path), union) for path in paths])
    table = _named(whole, union, list(union))
    notes = (
        table.notes if agree else (*table.notes, f"The {len(paths)} files differ in columns or types: brought to one.")
    )
    return Table(frame=table.frame, schema=table.schema, paths=paths, union=union, renamed=table.renamed, notes=notes)


def _named(frame: pl.LazyFrame, schema: Mapping[str, pl.DataType], known_as: Sequence[object]) -> Table:
    """Give safe, unique names; `known_as` is what the user calls the columns."""
    if not schema:
        raise BadInput("the data have no columns: pass a table with at least one column to compare")
    names = unique_names(known_as)
    changed = [(str(old), new) for old, new in zip(known_as, names, strict=True) if str(old) != new]
    notes = tuple(f"A column called {old!r} is called {new!r} here." for old, new in changed)
    first: dict[str, str] = {}
    for old, new in zip(known_as, names, strict=True):
        first.setdefault(str(old), new)
    renamed = {old: new for old, new in first.items() if old != new}
    typed = dict(zip(names, schema.values(), strict=True))
    return Table(frame=_rename(frame, names), schema=typed, renamed=renamed, notes=notes)


def _rename(frame: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    old = list(read_schema(frame))
    mapping = {before: after for before, after in zip(old, names, strict=True) if before != after}
    return frame.rename(mapping) if mapping else frame


def _conform(frame: pl.LazyFrame, union: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    have = read_schema(frame)
    if dict(have) == dict(union):
        return frame
    position = {name: place for place, name in enumerate(have)}
    return frame.select(
        pl.nth(position[name]).cast(dtype) if name in position else pl.lit(None, dtype).alias(name)
        for name, dtype in union.items()
    )


def _evenly(paths: Sequence[Path], wanted: int) -> list[Path]:
    if len(paths) <= wanted:
        return list(paths)
    return [paths[round(place * (len(paths) - 1) / (wanted - 1))] for place in range(wanted)]


def _sample_file(path: Path, frame: pl.LazyFrame, rows: int) -> pl.DataFrame:
    if path.suffix not in {".parquet", ".pq", ".arrow", ".feather", ".ipc"}:
        return collect(frame.head(rows))  # a middle slice of text would be read from its start
    height = int(collect(scan(path).select(pl.len())).item())
    return _spread(frame, height, rows, slices=3)


def _spread(frame: pl.LazyFrame, height: int, rows: int, *, slices: int = SLICES) -> pl.DataFrame:
    if height <= rows:
        return collect(frame)
    length = rows // slices
    starts = [place * (height - length) // (slices - 1) for place in range(slices)]
    return collect(pl.concat([frame.slice(start, length) for start in starts]))
