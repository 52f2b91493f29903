"""Finding and scanning files: Parquet, CSV, NDJSON and Arrow, by a path, a list, a glob or a folder."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import polars as pl

from afterlaunch.errors import BadFile, BadInput
from afterlaunch.logs.run import FAILURES, collect, first_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DUPLICATED = re.compile(r"(.+)_duplicated_\d+", re.DOTALL)
INFERRED_ROWS = 100_000  # of text files, read once to tell their types

Scanner: TypeAlias = "Callable[[list[Path], pl.Schema | None], pl.LazyFrame]"


def _scan_parquet(paths: list[Path], schema: pl.Schema | None) -> pl.LazyFrame:
    del schema  # the files bring it
    return pl.scan_parquet(paths, hive_partitioning=any("=" in path.parent.name for path in paths))


def _scan_csv(paths: list[Path], schema: pl.Schema | None) -> pl.LazyFrame:
    return pl.scan_csv(paths, schema=schema, infer_schema_length=INFERRED_ROWS)


def _scan_tsv(paths: list[Path], schema: pl.Schema | None) -> pl.LazyFrame:
    return pl.scan_csv(paths, schema=schema, infer_schema_length=INFERRED_ROWS, separator="\t")


def _scan_ndjson(paths: list[Path], schema: pl.Schema | None) -> pl.LazyFrame:
    return pl.scan_ndjson(paths, schema=schema, infer_schema_length=INFERRED_ROWS)


def _scan_arrow(paths: list[Path], schema: pl.Schema | None) -> pl.LazyFrame:
    del schema  # the files bring it
    return pl.scan_ipc(paths)


SCANNERS: Mapping[str, Scanner] = {
    ".parquet": _scan_parquet,
    ".pq": _scan_parquet,
    ".csv": _scan_csv,
    ".csv.gz": _scan_csv,
    ".tsv": _scan_tsv,
    ".ndjson": _scan_ndjson,
    ".jsonl": _scan_ndjson,
    ".arrow": _scan_arrow,
    ".feather": _scan_arrow,
    ".ipc": _scan_arrow,
}


def find_files(data: object) -> tuple[Path, ...]:
    """Return the files that `data` names, sorted within a glob or a folder; none where it is a table in memory."""
    if isinstance(data, str | PathLike):
        return tuple(_expand(cast("str | PathLike[str]", data)))
    if not isinstance(data, list | tuple):
        return ()
    named = cast("Sequence[object]", data)
    if not named:
        raise BadInput("an empty list names no file: pass at least one path")
    for one in named:
        if not isinstance(one, str | PathLike):
            raise BadInput(
                f"a list holds {type(one).__name__} values: pass paths, or one table such as pl.DataFrame(rows)"
            )
    found = (path for one in cast("Sequence[str | PathLike[str]]", named) for path in _expand(one))
    return tuple(dict.fromkeys(found))  # a file named twice is read once


def _expand(name: str | PathLike[str]) -> list[Path]:
    text = str(name)
    if not text:
        raise BadInput("an empty path names no file: pass one such as 'served/*.parquet'")
    if "://" in text:
        raise BadInput(f"{text!r} is not a local path: pass a scan of it, such as pl.scan_parquet({text!r})")
    try:
        found = _look(Path(name).expanduser())
    except OSError as failure:
        raise BadInput(f"no file can be read at {text[:200]!r}: {failure.strerror}") from failure
    if not found:
        raise BadInput(f"no file {text!r}: check the path, which is taken from {str(Path.cwd())!r}")
    for one in found:
        _scanner(one)
    return found


def _look(path: Path) -> list[Path]:
    if path.is_dir():
        return _inside(path)
    if path.is_file():
        return [path]
    matches = glob.glob(str(path), recursive=True)  # noqa: PTH207 - absolute patterns too, which Path.glob refuses
    return sorted(filter(Path.is_file, map(Path, matches)))


def _inside(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and _suffix(path) and path.name[0] not in "._")
    if not found:
        raise BadInput(f"the folder {str(folder)!r} holds no file ending in {', '.join(SCANNERS)}")
    return found


def _suffix(path: Path) -> str | None:
    name = path.name.lower()
    return next((suffix for suffix in SCANNERS if name.endswith(suffix)), None)


def _scanner(path: Path) -> Scanner:
    suffix = _suffix(path)
    if suffix is None:
        raise BadInput(f"{str(path)!r} ends in {path.suffix!r}: have {', '.join(SCANNERS)}")
    return SCANNERS[suffix]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files as one table: the columns of each, and `union`, which holds them all in types that hold every file's."""

    schemas: Mapping[Path, pl.Schema]
    union: pl.Schema

    @property
    def alike(self) -> bool:
        """Whether all files are of one format and have the columns of `union`, in its order."""
        one_format = len({_scanner(path) for path in self.schemas}) == 1
        return one_format and all(list(schema.items()) == list(self.union.items()) for schema in self.schemas.values())

    def written(self, name: str) -> str:
        """Return a column's name as text files have it: Polars tells a second `x` apart as `x_duplicated_0`."""
        found = DUPLICATED.fullmatch(name)
        is_text = any(_scanner(path) in (_scan_csv, _scan_tsv) for path in self.schemas)
        return found[1] if found and is_text and found[1] in self.union else name

    def scan(self) -> pl.LazyFrame:
        """Return the rows of all files, in their order."""
        if self.alike:
            paths = list(self.schemas)
            return _scanner(paths[0])(paths, self.union)
        return pl.concat([self.scan_one(path) for path in self.schemas])

    def scan_one(self, path: Path) -> pl.LazyFrame:
        """Return the rows of one file under the columns of all; what it lacks is null."""
        have = self.schemas[path]
        frame = _scanner(path)([path], have)
        if list(have.items()) == list(self.union.items()):
            return frame
        position = {name: place for place, name in enumerate(have)}
        return frame.select(
            pl.nth(position[name]).cast(dtype) if name in position else pl.lit(None, dtype).alias(name)
            for name, dtype in self.union.items()
        )

    def count(self, path: Path) -> int | None:
        """Return the rows of a file where its footer tells them, else `None`."""
        if _scanner(path) not in (_scan_parquet, _scan_arrow):
            return None
        return int(collect(_scanner(path)([path], None).select(pl.len())).item())


def read_files(paths: Sequence[Path]) -> Files:
    """Return files as one table; raise where one cannot be read or two disagree on a type beyond repair."""
    schemas = {path: _schema(path) for path in paths}
    union: dict[str, pl.DataType] = {}
    for path, schema in schemas.items():
        for name, dtype in schema.items():
            union[name] = _meet(name, union.get(name, dtype), dtype, path)
    return Files(schemas=schemas, union=pl.Schema(union))


def _schema(path: Path) -> pl.Schema:
    try:
        return _scanner(path)([path], None).collect_schema()
    except pl.exceptions.NoDataError as failure:
        raise BadInput(f"{str(path)!r} is empty: leave it out") from failure
    except FAILURES as failure:
        raise BadFile(f"{str(path)!r} cannot be read as {_suffix(path)}: {first_line(failure)}") from failure


def _meet(name: str, known: pl.DataType, found: pl.DataType, path: Path) -> pl.DataType:
    if known == found:
        return known
    pair = [pl.DataFrame(schema={name: dtype}) for dtype in (known, found)]
    try:
        return pl.concat(pair, how="vertical_relaxed").schema[name]
    except pl.exceptions.PolarsError as failure:
        places = f"{found} in {str(path)!r} and {known} in the files before it"
        raise BadInput(f"column {name!r} is {places}: bring the files to one type") from failure
