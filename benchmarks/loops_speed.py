"""Measure what it costs to read impressions, to say how concentrated they are, and to report on them all.

    python benchmarks/loops_speed.py            10 million impressions, 50,000 items, 1 million users, 53 weeks
    python benchmarks/loops_speed.py 1000000    so many impressions

The log is one Parquet file, made anew in a temporary folder. Each step runs in a fresh process, and its time starts
after the imports; medians of several runs, CPU seconds and peak memory. "Whole" is one period, "weeks" are 53. Prints a
Markdown table.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from afterlaunch.logs import InteractionLog
from afterlaunch.loops.groups import read_groups
from afterlaunch.loops.impressions import read_impressions
from afterlaunch.loops.measure import find_feedback_loops
from afterlaunch.stats.spread import jackknife_spread, make_yardstick, measure_spread, null_band

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, ITEMS, USERS, WEEKS = 10_000_000, 50_000, 1_000_000, 53
WEEK = 7 * 86_400_000_000
START = 1_704_067_200_000_000  # a Monday
RUNS = 5


class Spent(NamedTuple):
    """CPU seconds and the peak in megabytes."""

    cpu: float
    peak: float


def write_log(path: Path, rows: int) -> None:
    """Write impressions of items of unequal popularity, to users of unequal activity."""
    rng = np.random.default_rng(0)
    chance = 1 / np.arange(1, ITEMS + 1) ** 0.8
    chance /= chance.sum()
    item = rng.choice(ITEMS, rows, p=chance).astype(np.int32)
    at = np.sort(rng.integers(0, WEEKS * WEEK, rows)) + START
    pl.DataFrame(
        {
            "at": pl.Series(at).cast(pl.Datetime("us")),
            "item": item,
            "user": (USERS * rng.random(rows) ** 2).astype(np.int32),
            "clicked": rng.random(rows) < 0.1,
            "trained": rng.random(rows) < 0.97,
            "p": chance[item],
        }
    ).write_parquet(path)


def open_log(path: Path) -> InteractionLog:
    """Return the log with all that is read of it."""
    roles = {"user": "user", "clicked": "clicked", "in_training": "trained", "propensity": "p"}
    return InteractionLog(path, time="at", item="item", catalog=range(ITEMS), **roles)


def bare_log(path: Path) -> InteractionLog:
    """Return the log with what concentration needs."""
    return InteractionLog(path, time="at", item="item", user="user", catalog=range(ITEMS))


def whole(log: InteractionLog) -> None:
    """Measure the five in one period."""
    found = read_impressions(log, every="2y")
    measure_spread(found.shown, make_yardstick(found.shown.sum(axis=0), head=0.8))


def weeks(log: InteractionLog) -> None:
    """Measure the five in each week."""
    found = read_impressions(log)
    measure_spread(found.shown, make_yardstick(found.shown.sum(axis=0), head=0.8))


def intervals(log: InteractionLog) -> None:
    """Measure the five in each week with intervals by groups of users, and the band of one week's shares."""
    found = read_impressions(log)
    yardstick = make_yardstick(found.shown.sum(axis=0), head=0.8)
    jackknife_spread(read_groups(log, found), yardstick)
    shares = found.shown.sum(axis=0) / found.shown.sum()
    null_band(shares, found.total.astype(float), yardstick, rng=np.random.default_rng(0))


def report(log: InteractionLog) -> None:
    """Make the whole report of all weeks."""
    find_feedback_loops(log)


def nothing(log: InteractionLog) -> None:
    """Measure nothing: what remains is the door."""


STEPS: dict[str, tuple[Callable[[Path], InteractionLog], Callable[[InteractionLog], None], bool]] = {
    "the door: four roles checked": (bare_log, nothing, True),
    "the door: all roles checked": (open_log, nothing, True),
    "five measures, whole": (bare_log, whole, False),
    "five measures, weeks": (bare_log, weeks, False),
    "five measures, weeks, with clicks, training and propensities": (open_log, weeks, False),
    "five measures, weeks, with intervals and band": (bare_log, intervals, False),
    "the whole report": (open_log, report, False),
}


def cpu_seconds() -> float:
    """Return what this process has used, in its own code and in the system's for it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run(step: str, path: Path) -> Spent:
    """Return what a step costs; opening the log counts only where it is the step."""
    make, measure, from_door = STEPS[step]
    began = cpu_seconds()
    log = make(path)
    if not from_door:
        began = cpu_seconds()
    measure(log)
    return Spent(cpu_seconds() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Print what each step costs."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "impressions.parquet"
        write_log(path, rows)
        print(f"{rows:,} impressions, {ITEMS:,} items, {USERS:,} users, {WEEKS} weeks; polars {pl.__version__}\n")
        print("| step | CPU s | peak MB |\n|---|---|---|")
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            for step in STEPS:
                spent = [pool.apply(run, (step, path)) for _ in range(RUNS)]
                cpu, peak = (statistics.median(part) for part in zip(*spent, strict=True))
                print(f"| {step} | {cpu:.2f} | {peak:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
