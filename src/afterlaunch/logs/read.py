"""Any table in, a lazy Polars frame out: frames of every library, and Parquet, CSV, NDJSON or Arrow files.

Files are scanned, never loaded whole. Files that differ are brought to one schema: a column that some lack is null
there, and types that differ meet in the narrowest type that holds both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from afterlaunch.errors import BadInput
from afterlaunch.logs.files import find_files, read_files
from afterlaunch.logs.frames import Loaded, load_frame
from afterlaunch.logs.names import unique_names
from afterlaunch.logs.run import collect, read_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from afterlaunch.logs.files import Files

SAMPLE_ROWS = 10_000
SLICES = 10
FILE_SLICES = 3
FILES_SAMPLED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Data of any origin, as one lazy frame with safe, unique names."""

    frame: pl.LazyFrame
    schema: Mapping[str, pl.DataType]
    loaded: pl.DataFrame | None = None  # the rows, where they are in memory
    files: Files | None = None  # where they are not
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])  # as the user knows it -> as it is called here
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])  # columns that could not be read, and why
    notes: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are scanned."""
        return tuple(self.files.schemas) if self.files is not None else ()

    def part(self, path: Path) -> pl.LazyFrame:
        """Return the same table made of one of `paths`."""
        if self.files is None:
            raise BadInput(f"{str(path)!r} is not a file of this table, which is in memory")
        return _rename(self.files.scan_one(path), list(self.schema))

    def sample(self, columns: Sequence[pl.Expr]) -> pl.DataFrame:
        """Return about `SAMPLE_ROWS` rows of `columns`, spread over the data (lazy frames: from their start)."""
        if self.loaded is not None:
            return _spread(self.loaded.lazy().select(columns), self.loaded.height, SAMPLE_ROWS)
        if self.files is None:
            return collect(self.frame.select(columns).head(SAMPLE_ROWS))
        chosen = _evenly(self.paths, FILES_SAMPLED)
        share = SAMPLE_ROWS // len(chosen)
        return pl.concat([self._sample_file(path, columns, share) for path in chosen])

    def _sample_file(self, path: Path, columns: Sequence[pl.Expr], rows: int) -> pl.DataFrame:
        frame = self.part(path).select(columns)
        height = self.files.count(path) if self.files is not None else None
        # A slice from the middle of text would be read from the start of the file.
        if height is None:
            return collect(frame.head(rows), paths=[path])
        return _spread(frame, height, rows, slices=FILE_SLICES)


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
    return replace(table, frame=rows.lazy(), loaded=rows, left_out=loaded.left_out)


def _from_files(paths: tuple[Path, ...]) -> Table:
    files = read_files(paths)
    table = _named(files.scan(), files.union, [files.written(name) for name in files.union])
    differ = () if files.alike else (f"The {len(paths)} files differ in columns or types: brought to one.",)
    return replace(table, files=files, notes=(*table.notes, *differ))


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


def _evenly(paths: Sequence[Path], wanted: int) -> list[Path]:
    if len(paths) <= wanted:
        return list(paths)
    return [paths[round(place * (len(paths) - 1) / (wanted - 1))] for place in range(wanted)]


def _spread(frame: pl.LazyFrame, height: int, rows: int, *, slices: int = SLICES) -> pl.DataFrame:
    if height <= rows:
        return collect(frame)
    length = rows // slices
    starts = [place * (height - length) // (slices - 1) for place in range(slices)]
    return collect(pl.concat([frame.slice(start, length) for start in starts]))
