"""Measure what profiles cost: CPU and wall seconds and peak memory, each case in a process of its own.

    python benchmarks/profiles_speed.py                 all cases
    python benchmarks/profiles_speed.py targets kernel  some of: targets, kernel, rows, columns, buckets, lake

Prints a Markdown table. Times are taken after the import; the peak is the whole process's, Python included. The lake
writes about 5 GB to the temporary folder, and removes it.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl

from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import learn_plan, profile
from afterlaunch.profiles.buckets import Buckets, cut
from afterlaunch.profiles.count import count_categories, count_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from afterlaunch.profiles import ColumnPlan

Result = TypeVar("Result")

DAY = 86_400_000_000
START = datetime(2024, 1, 1)  # noqa: DTZ001 - naive on purpose: the log takes it as UTC


@dataclass(frozen=True, kw_only=True)
class Case:
    """Files to write, as (rows, columns, days), and to profile against the first."""

    name: str
    n_files: int = 1
    rows: int = 1_000_000
    columns: int = 25
    days: int = 30
    dtype: type[np.floating] = np.float64
    repeats: int = 3


CASES = {
    "targets": [
        Case(name="1M + 1M rows x 25", n_files=2),
        Case(name="100k + 100k rows x 25", n_files=2, rows=100_000),
    ],
    "rows": [Case(name=f"{rows:,} rows", rows=rows) for rows in (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)],
    "columns": [Case(name=f"{n} columns of 100,000 rows", rows=100_000, columns=n) for n in (25, 50, 100, 250, 500)],
    "buckets": [Case(name=f"1M rows x 25 in {days:,} days", days=days) for days in (30, 100, 500, 2_000)],
    "lake": [Case(name="50M rows x 25 in 30 files", n_files=30, rows=1_666_667, days=1, dtype=np.float32, repeats=1)],
}


def write_files(case: Case, folder: Path) -> list[Path]:
    """Write the case's files: four numeric columns to one categorical, in order of time."""
    paths = [folder / f"{place:03d}.parquet" for place in range(case.n_files)]
    for place, path in enumerate(paths):
        write_file(case, path, place)
    return paths


def write_file(case: Case, path: Path, place: int) -> None:
    """Write one file, whose days follow those of the file before it."""
    rng = np.random.default_rng(place)
    base = rng.normal(size=case.rows).astype(case.dtype)
    at = (np.arange(case.rows) * (case.days * DAY) // case.rows) + place * case.days * DAY
    data: dict[str, pl.Series] = {"at": pl.Series(at).cast(pl.Duration("us")) + START}
    for column in range(case.columns):
        if column % 5 == 4:
            names = [f"category {i}" for i in range(4 * column + 4)]
            data[f"c{column}"] = pl.Series(rng.integers(0, len(names), case.rows)).replace_strict(
                range(len(names)), names
            )
        else:
            shaped = np.exp(base) if column % 5 == 3 else base
            data[f"x{column}"] = pl.Series(np.roll(shaped, column * 7_919))
    pl.DataFrame(data).write_parquet(path)


def run(paths: list[Path]) -> None:
    """Learn from the first file, profile all, merge."""
    plan = learn_plan(PredictionLog(paths[0], time="at"))
    profile(PredictionLog(paths, time="at"), like=plan)


def measure(paths: list[Path]) -> tuple[float, float, float]:
    """Return CPU seconds, wall seconds and peak megabytes of one run in this process."""
    cpu, wall = time.process_time(), time.perf_counter()
    run(paths)
    spent = time.process_time() - cpu, time.perf_counter() - wall
    return *spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_case(case: Case) -> str:
    """Return a table row with the median over processes, and the largest peak."""
    with tempfile.TemporaryDirectory() as folder:
        in_a_process(write_files, case, Path(folder))
        paths = sorted(Path(folder).glob("*.parquet"))
        runs = np.array([in_a_process(measure, paths) for _ in range(case.repeats)])
    cpu, wall, _ = np.median(runs, axis=0)
    return f"| {case.name} | {cpu:.2f} | {wall:.2f} | {runs[:, 2].max():.0f} |"


def in_a_process(function: Callable[..., Result], *arguments: object) -> Result:
    """Return what `function` returns in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def kernel() -> Iterator[str]:
    """Yield a table row for each way of counting one column of 1M values: CPU milliseconds."""
    case = Case(name="kernel")
    with tempfile.TemporaryDirectory() as folder:
        path = write_files(case, Path(folder))[0]
        plan = learn_plan(PredictionLog(path, time="at"))
        frame = pl.read_parquet(path).rechunk()
    buckets = cut(plan, frame["at"].dt.epoch("us").to_numpy())
    for name in ("x0", "x3", "c24"):
        column = plan[name]
        ways = NUMBERS if column.ordered else CATEGORIES
        expected = None
        for way, count in ways.items():
            counts = count(frame[name], buckets, column)
            expected = counts if expected is None else expected
            assert np.array_equal(counts, expected), way  # noqa: S101 - a benchmark of equal counts
            spent = median_milliseconds(partial(count, frame[name], buckets, column))
            yield f"| {name}, {column.n_bins} bins x {buckets.n} days | {way} | {spent:.1f} |"


def by_table(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Count as the package does, sums included."""
    return count_numbers(values, buckets, column).counts[:, : column.n_bins]


def by_search(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Count by a binary search for every value."""
    bins = np.searchsorted(column.edges, values.to_numpy(), side="right")
    flat = buckets.of_row.astype(np.int64) * column.n_bins + bins
    return np.bincount(flat, minlength=buckets.n * column.n_bins).reshape(buckets.n, column.n_bins)


def by_polars(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Count by Polars' `bin_intervals` and a streaming group_by."""
    cell = values.name
    bins = pl.col(cell).bin_intervals(column.edges.tolist(), labels=False)
    return grouped(pl.LazyFrame({"bucket": buckets.of_row, cell: values}).with_columns(bins), cell, buckets, column)


def by_code(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Count as the package does."""
    return count_categories(values, buckets, column).counts[:, : column.n_bins]


def by_group(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Count by a streaming group_by of the strings."""
    codes = pl.col(values.name).replace_strict(column.categories, range(column.n_bins), return_dtype=pl.UInt32)
    frame = (
        pl.LazyFrame({"bucket": buckets.of_row, values.name: values}).group_by("bucket", values.name).agg(n=pl.len())
    )
    return table(frame.with_columns(codes).collect(engine="streaming"), values.name, buckets, column)


def by_replacement(values: pl.Series, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Count by Polars' `replace_strict` and NumPy."""
    codes = values.replace_strict(column.categories, range(column.n_bins), return_dtype=pl.UInt32).to_numpy()
    flat = buckets.of_row.astype(np.int64) * column.n_bins + codes
    return np.bincount(flat, minlength=buckets.n * column.n_bins).reshape(buckets.n, column.n_bins)


def grouped(frame: pl.LazyFrame, cell: str, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Return the counts of a frame with a bucket and a cell per row."""
    counted = frame.group_by("bucket", cell).agg(n=pl.len()).collect(engine="streaming")
    return table(counted, cell, buckets, column)


def table(counted: pl.DataFrame, cell: str, buckets: Buckets, column: ColumnPlan) -> np.ndarray:
    """Return counted cells as an array of shape (D, n_bins)."""
    counts = np.zeros((buckets.n, column.n_bins), np.int64)
    counts[counted["bucket"].to_numpy(), counted[cell].to_numpy()] = counted["n"].to_numpy()
    return counts


NUMBERS = {
    "table, exact where unsure (ours, with sums)": by_table,
    "NumPy searchsorted": by_search,
    "Polars bin_intervals, streaming group_by": by_polars,
}
CATEGORIES = {
    "codes of an Enum (ours)": by_code,
    "Polars replace_strict": by_replacement,
    "Polars streaming group_by": by_group,
}


def median_milliseconds(function: Callable[[], object]) -> float:
    """Return the median CPU time of nine calls."""
    spent: list[float] = []
    for _ in range(9):
        began = time.process_time()
        function()
        spent.append(time.process_time() - began)
    return float(np.median(spent)) * 1e3


def main(chosen: list[str]) -> None:
    """Print a table for each chosen group of cases."""
    for group in chosen or [*CASES, "kernel"]:
        print(f"\n### {group}\n")
        if group == "kernel":
            print("| column of 1M rows | way | CPU ms |\n|---|---|---|", *kernel(), sep="\n")
            continue
        print("| case | CPU s | wall s | peak MB |\n|---|---|---|---|")
        for case in CASES[group]:
            print(measure_case(case), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
