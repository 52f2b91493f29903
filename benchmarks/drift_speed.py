"""Measure what drift costs, from two Parquet files to verdicts: CPU and wall seconds and peak memory.

    python benchmarks/drift_speed.py                    both sizes
    python benchmarks/drift_speed.py --write FOLDER     write the two smaller files, for a peer
    python benchmarks/drift_speed.py --once NEW OLD     one run in this process

20 numeric columns (one of them shifted, one in other units, three heavy-tailed, two of few values) and 5 categorical
ones, 30 daily buckets on either side. Each run is a fresh process, whose time starts after the import of Polars, NumPy
and the analysis, whatever else the first call imports included; a second call in the same process follows. A yardstick
of the same process, sorting two million numbers, tells a slow machine from slow code. Prints Markdown tables of
medians.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

import afterlaunch as al
import afterlaunch.drift.measure  # what the first call would import: Polars, NumPy and the analysis

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = 30
DAY = 86_400_000_000
START = datetime(2024, 1, 1)  # noqa: DTZ001 - naive on purpose: the log takes it as UTC
IMPORTS = ("import afterlaunch", "import polars, numpy", "import afterlaunch.drift.measure")
SIZES = {"100k + 100k rows x 25": (100_000, 9), "1M + 1M rows x 25": (1_000_000, 7)}


class Spent(NamedTuple):
    """CPU and wall seconds of the first call, the peak in megabytes, a later call's CPU seconds, the yardstick's."""

    cpu: float
    wall: float
    peak: float
    again: float
    yardstick: float


@dataclass(frozen=True, kw_only=True)
class Side:
    """One file: its rows, its seed, and whether its values have drifted."""

    rows: int
    seed: int
    drifted: bool


def write_file(side: Side, path: Path) -> None:
    """Write one side's file."""
    rng = np.random.default_rng(side.seed)
    at = np.arange(side.rows) * (DAYS * DAY) // side.rows + side.drifted * DAYS * DAY
    data = {"t": pl.Series(at).cast(pl.Duration("us")) + START}
    data |= {f"x{place}": pl.Series(values) for place, values in enumerate(numbers(side, rng))}
    for place, n_names in enumerate((4, 12, 30, 60, 100)):
        names = pl.Series([f"category {name}" for name in range(n_names)])
        data[f"c{place}"] = names.gather(rng.integers(0, n_names, side.rows))
    pl.DataFrame(data).write_parquet(path)


def numbers(side: Side, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield the values of 20 columns."""
    for place in range(20):
        values = rng.normal(size=side.rows)
        if place == 0:
            values += 0.3 * side.drifted
        elif place == 1:
            values = (values + 20) * (1.609344 if side.drifted else 1)
        elif place in {2, 3, 4}:
            values = np.exp(values)
        elif place in {5, 6}:
            values = np.floor(values * 10)
        yield values


def verdicts(new: Path, old: Path) -> al.DriftReport:
    """Return the report that is timed."""
    return al.measure_drift(al.PredictionLog(new, time="t"), reference=al.PredictionLog(old, time="t"))


def measure(new: Path, old: Path) -> Spent:
    """Return what a first and a second run cost in this process."""
    yardstick = sort_numbers()
    cpu, wall = cpu_seconds(), time.perf_counter()
    verdicts(new, old)
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = cpu_seconds()
    verdicts(new, old)
    return Spent(cpu, wall, peak, cpu_seconds() - began, yardstick)


def cpu_seconds() -> float:
    """Return what this process has used, in its own code and in the system's for it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def sort_numbers() -> float:
    """Return the CPU seconds of a fixed piece of work."""
    numbers = np.random.default_rng(0).normal(size=2_000_000)
    began = cpu_seconds()
    numbers.sort()
    return cpu_seconds() - began


def in_a_process(new: Path, old: Path) -> Spent:
    """Return what one run costs in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (new, old))


def write_files(rows: int, folder: Path) -> tuple[Path, Path]:
    """Write both sides and return their paths, the new one first."""
    new, old = folder / f"new-{rows}.parquet", folder / f"old-{rows}.parquet"
    write_file(Side(rows=rows, seed=1, drifted=False), old)
    write_file(Side(rows=rows, seed=2, drifted=True), new)
    return new, old


def table_row(name: str, rows: int, repeats: int) -> str:
    """Return a size's row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_files(rows, Path(folder))
        runs = [in_a_process(*files) for _ in range(repeats)]
    cpu, wall, _, again, yardstick = np.median(runs, axis=0)
    quickest, peak = min(run.cpu for run in runs), max(run.peak for run in runs)
    return f"| {name} | {cpu:.2f} | {quickest:.2f} | {again:.2f} | {wall:.2f} | {peak:.0f} | {yardstick:.3f} |"


def import_row(code: str) -> str:
    """Return the table row of an import: its CPU milliseconds beyond Python's own start."""
    spent = [run_python(code) - run_python("pass") for _ in range(9)]
    return f"| `{code}` | {np.median(spent) * 1e3:.0f} |"


def run_python(code: str) -> float:
    """Return the CPU seconds of a fresh Python that runs `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    parser.add_argument("--once", type=Path, nargs=2, metavar=("NEW", "OLD"))
    asked = parser.parse_args()
    if asked.write:
        print(*write_files(100_000, asked.write))
    elif asked.once:
        print(measure(*asked.once))
    else:
        print("| import | CPU ms |\n|---|---|", *map(import_row, IMPORTS), sep="\n")
        print(
            "\n| case | CPU s | quickest | later call | wall s | peak MB | yardstick s |\n|---|---|---|---|---|---|---|"
        )
        for name, (rows, repeats) in SIZES.items():
            print(table_row(name, rows, repeats), flush=True)


if __name__ == "__main__":
    main()
