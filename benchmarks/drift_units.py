"""Measure how often a change of unit is named: where there was one, and where a step only looks like one.

    python benchmarks/drift_units.py [--runs 20]

Twelve columns a log, 60 days of 300 rows, a step on day 40; values are of gamma shape, and each day has a level of its
own. Either a known unit changed, or the step is a factor from .2 to 4.5, a shift, or both, drawn at random. Prints
Markdown.
"""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import afterlaunch as al
from afterlaunch.quality.units import CONVERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    Step = Callable[[Generator, np.ndarray], np.ndarray]

DAYS, ROWS, FIRST, COLUMNS = 60, 300, 40, 12
START = datetime(2024, 1, 1)  # noqa: DTZ001 - naive on purpose: the log takes it as UTC
GROWTH = tuple(one for one in CONVERSIONS if one.could_be_growth)
OTHERS = tuple(one for one in CONVERSIONS if not one.could_be_growth)
NOISES = (0.0, 0.01, 0.03)


def unit(rng: Generator, values: np.ndarray) -> np.ndarray:
    """Return values after a change of unit that growth could look like."""
    return GROWTH[rng.integers(len(GROWTH))].factor * values


def other_unit(rng: Generator, values: np.ndarray) -> np.ndarray:
    """Return values after another change of unit: a zero that moved, or a large factor."""
    one = OTHERS[rng.integers(len(OTHERS))]
    return one.factor * values + one.offset


def factor(rng: Generator, values: np.ndarray) -> np.ndarray:
    """Return values times a random factor."""
    return rng.uniform(0.2, 4.5) * values


def shift(rng: Generator, values: np.ndarray) -> np.ndarray:
    """Return values moved by one to six standard deviations, either way."""
    return values + rng.choice([-1, 1]) * rng.uniform(1, 6) * values.std()


def both(rng: Generator, values: np.ndarray) -> np.ndarray:
    """Return values moved and spread anew."""
    return shift(rng, factor(rng, values))


STEPS: dict[str, Step] = {
    "a unit, factor below five": unit,
    "a unit, other": other_unit,
    "a random factor": factor,
    "a random shift": shift,
    "both": both,
}


def log(rng: Generator, step: Step, noise: float) -> al.PredictionLog:
    """Return a log all of whose columns make such a step."""
    day = np.repeat(np.arange(DAYS), ROWS)
    columns: dict[str, np.ndarray] = {}
    for place in range(COLUMNS):
        level = np.exp(noise * rng.normal(size=DAYS))
        values = rng.gamma(rng.uniform(2, 12), size=day.size) * rng.uniform(5, 50) * level[day]
        columns[f"x{place}"] = np.where(day >= FIRST, step(rng, values), values)
    at = pl.lit(START) + pl.duration(days=pl.Series(day), seconds=pl.Series(np.tile(np.arange(ROWS) * 280, DAYS)))
    return al.PredictionLog(pl.DataFrame(columns).with_columns(at=at), time="at")


def row(name: str, noise: float, runs: int) -> str:
    """Return one row of the table."""
    rng = np.random.default_rng([len(name), int(1000 * noise)])
    n_drifted = n_named = n_other = 0
    for _ in range(runs):
        report = al.measure_drift(log(rng, STEPS[name], noise), reference=(START, datetime(2024, 2, 5)))  # noqa: DTZ001
        drifted = report.table.filter(pl.col("verdict") == "drifted")
        causes = drifted["cause"].drop_nulls().to_list()
        n_drifted += drifted.height
        n_named += sum(cause.startswith(("unit change", "the sign was turned")) for cause in causes)
        n_other += len(causes)
    return (
        f"| {name} | {100 * noise:.0f} % | {n_drifted} | {100 * n_named / max(n_drifted, 1):.0f} "
        f"| {100 * (n_other - n_named) / max(n_drifted, 1):.0f} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    start = time.process_time()
    print("| the step | days' own noise | columns drifted | named a unit, % | another hint, % |\n|---|---|---|---|---|")
    for name in STEPS:
        for noise in NOISES:
            print(row(name, noise, runs), flush=True)
    print(f"\n{time.process_time() - start:.0f} CPU seconds")


if __name__ == "__main__":
    main()
