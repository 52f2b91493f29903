"""Finding and scanning files: Parquet, CSV, NDJSON and Arrow, by a path, a list, a glob or a folder."""

from __future__ import annotations

import glob
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, cast

import polars as pl

from afterlaunch.errors import BadFile, BadInput
from afterlaunch.logs.run import FAILURES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

INFERRED_ROWS = 100_000  # of text files, read to tell their types


def _scan_parquet(paths: list[Path]) -> pl.LazyFrame:
    return pl.scan_parquet(paths, hive_partitioning=any("=" in path.parent.name for path in paths))


def _scan_csv(paths: list[Path]) -> pl.LazyFrame:
    return pl.scan_csv(paths, infer_schema_length=INFERRED_ROWS)


def _scan_tsv(paths: list[Path]) -> pl.LazyFrame:
    return pl.scan_csv(paths, infer_schema_length=INFERRED_ROWS, separator="\t")


def _scan_ndjson(paths: list[Path]) -> pl.LazyFrame:
    return pl.scan_ndjson(paths, infer_schema_length=INFERRED_ROWS)


def _scan_arrow(paths: list[Path]) -> pl.LazyFrame:
    return pl.scan_ipc(paths)


SCANNERS: Mapping[str, Callable[[list[Path]], pl.LazyFrame]] = {
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
            raise BadInput(f"a list holds a {type(one).__name__}: pass paths, or one table such as pl.DataFrame(rows)")
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


def _scanner(path: Path) -> Callable[[list[Path]], pl.LazyFrame]:
    suffix = _suffix(path)
    if suffix is None:
        raise BadInput(f"{str(path)!r} ends in {path.suffix!r}: have {', '.join(SCANNERS)}")
    return SCANNERS[suffix]


def scan(*paths: Path) -> pl.LazyFrame:
    """Return a lazy frame over files of one format."""
    return _scanner(paths[0])(list(paths))


def union_schema(paths: tuple[Path, ...]) -> tuple[Mapping[str, pl.DataType], bool]:
    """Return the columns of all files with types that hold every file's, and whether all files agree already."""
    schemas = [_schema(path) for path in paths]
    alike = all(schema == schemas[0] for schema in schemas) and len({_scanner(path) for path in paths}) == 1
    if alike:
        return schemas[0], True
    union: dict[str, pl.DataType] = {}
    for path, schema in zip(paths, schemas, strict=True):
        for name, dtype in schema.items():
            union[name] = _meet(name, union.get(name, dtype), dtype, path)
    return union, False


def _schema(path: Path) -> pl.Schema:
    try:
        return scan(path).collect_schema()
    except pl.exceptions.NoDataError as failure:
        raise BadInput(f"{str(path)!r} is empty: leave it out") from failure
    except FAILURES as failure:
        reason = (str(failure).splitlines() or [type(failure).__name__])[0]
        raise BadFile(f"{str(path)!r} cannot be read as {_suffix(path)}: {reason}") from failure


def _meet(name: str, known: pl.DataType, found: pl.DataType, path: Path) -> pl.DataType:
    if known == found:
        return known
    pair = [pl.DataFrame(schema={name: dtype}) for dtype in (known, found)]
    try:
        return pl.concat(pair, how="vertical_relaxed").schema[name]
    except pl.exceptions.PolarsError as failure:
        places = f"{found} in {str(path)!r} and {known} in the files before it"
        raise BadInput(f"column {name!r} is {places}: bring the files to one type") from failure
