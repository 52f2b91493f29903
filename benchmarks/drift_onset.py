"""Measure how well the start of a drift is dated and its shape is told, on simulated logs; print Markdown.

    python benchmarks/drift_onset.py [--runs 400]

Drift begins in the middle of a 28-day current window after 28 days: at once, within some days, or as a ramp that has
not ended when the window does. Columns that were not found to have drifted have no onset and are left out.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

from afterlaunch import stats
from drift_null import DAYS, World, drifted_from, replicates

SHAPES = {"at once": 1, "within 4 days": 4, "within 7 days": 7, "within 10 days": 10, "without end": 14}
COLUMNS = 10


def onsets(world: World, runs: int) -> list[stats.Onset]:
    """Return the onset of every column found to have drifted."""
    found = [
        stats.onset(cells, windows)
        for columns, windows in replicates(world, runs)
        for cells, one in zip(columns, stats.judge(columns, windows), strict=True)
        if one.verdict == "drifted"
    ]
    return [one for one in found if one is not None]


def row(world: World, found: list[stats.Onset]) -> str:
    """Return a world's row."""
    truth, shape = drifted_from(world), "step" if world.rise == 1 else "ramp"
    if not found:
        return f"| {world.name} | 0 | | | | |"
    covered = 100 * np.mean([one.low <= truth <= one.high for one in found])
    width = np.median([one.high - one.low + 1 for one in found])
    near = 100 * np.mean([abs(one.index - truth) <= 1 for one in found])
    right = 100 * np.mean([one.shape == shape for one in found])
    return f"| {world.name} | {len(found)} | {covered:.1f} | {width:.0f} | {near:.0f} | {right:.0f} |"


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    runs = max(parser.parse_args().runs // 10, 10)
    start = time.process_time()
    print("| world | columns drifted | covered, % | median width, days | exact or one day off, % | shape right, % |")
    print("|---|---|---|---|---|---|")
    for how, days in list(DAYS.items())[:3]:
        for shape, rise in SHAPES.items():
            for shift in (0.3, 0.6):
                name = f"{how}, {shift:g} sd {shape}"
                plain = World(name=name, current=28, shift=shift, late=True, plain=True, columns=COLUMNS, **days)
                world = replace(plain, rise=rise)
                print(row(world, onsets(world, runs)), flush=True)
    print(f"\n{time.process_time() - start:.0f} CPU seconds, numpy {np.__version__}")


if __name__ == "__main__":
    main()
