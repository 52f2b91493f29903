"""Measure what a first look without a reference promises: false alarms and faults found by the length of the log.

    python benchmarks/drift_first_look.py [--runs 400] [alarms] [power]

Prints Markdown. Logs are those of `drift_null.py`; the reference is the one that the package chooses.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

import drift_null as null
from afterlaunch import stats
from afterlaunch.profiles.first_stretch import length_of

LENGTHS = (14, 21, 28, 42, 90)
UNIT = 4.3  # standard deviations: miles that become kilometres, at a mean of seven
FAULTS = {"a unit": UNIT, "1 sd": 1.0}
BEGINS = (0.55, 2 / 3, 0.8, 0.93)  # of the log
WORLDS = {
    "rows alone vary": {"weekend": 0.0},
    "weekend .4 sd": {},
    "AR .6, sd .125": {"weekend": 0.0, "rho": 0.6, "sd": 0.125},
}


def split(world: null.World, days: int) -> null.World:
    """Return the world with the windows that a first look compares."""
    length = length_of(days)
    return replace(world, reference=length, current=days - length)


def alarms(runs: int) -> None:
    """Print the chance of any false `drifted` in a report of ten columns."""
    print("\n## Any false alarm without a reference, ten columns\n")
    print("| days | reference | days vary | replicates | any false `drifted`, % | `cannot_tell`, % of columns |")
    print("|---|---|---|---|---|---|")
    for days in LENGTHS:
        for name, how in WORLDS.items():
            world = split(null.World(name=f"{days} {name}", columns=10, rows=300, **how), days)
            judged = null.verdicts(world, runs)
            false = null.rate([any(one.verdict == "drifted" for one in report) for report in judged])
            unsure = null.share(judged, "cannot_tell")
            print(f"| {days} | {world.reference} | {name} | {runs} | {false} | {unsure} |", flush=True)


def power(runs: int) -> None:
    """Print how often a fault in one of five columns is found, by when it begins."""
    print("\n## Faults found without a reference, one column of five, %\n")
    print("| days | days vary | fault | " + " | ".join(f"begins at {100 * at:.0f} %" for at in BEGINS) + " |")
    print("|---" * (3 + len(BEGINS)) + "|")
    for days in LENGTHS:
        for name, how in WORLDS.items():
            for fault, shift in FAULTS.items():
                found = [f"{100 * np.mean(_found(days, at, shift, how, runs)):.0f}" for at in BEGINS]
                print(f"| {days} | {name} | {fault} | {' | '.join(found)} |", flush=True)


def _found(days: int, at: float, shift: float, how: dict[str, float], runs: int) -> list[bool]:
    """Return whether each replicate's faulty column is called drifted; the fault begins with a day."""
    first = round(days * at)
    quiet = null.World(
        name=f"{days} {at} {shift} {how}", columns=5, rows=300, plain=True, reference=first, current=days - first, **how
    )
    rng = np.random.default_rng([days, first])
    found: list[bool] = []
    for _ in range(runs):
        columns = null.draw(rng, quiet)
        columns[0] = null.draw(rng, replace(quiet, columns=1, shift=shift))[0]
        windows = null.windows_of(split(quiet, days), columns)
        found.append(stats.judge(columns, windows)[0].verdict == "drifted")
    return found


SECTIONS = {"alarms": alarms, "power": power}


def main() -> None:
    """Run the sections named on the command line, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("sections", nargs="*", default=list(SECTIONS))
    options = parser.parse_args()
    start = time.process_time()
    for section in options.sections:
        SECTIONS[section](options.runs if section == "alarms" else max(options.runs // 20, 10))
    print(f"\n{time.process_time() - start:.0f} CPU seconds, numpy {np.__version__}")


if __name__ == "__main__":
    main()
