"""Measure false alarms in worlds that had no part in choosing the null; print Markdown.

    python benchmarks/drift_held_out.py [--runs 200] [worlds whose name holds one of these words]

The worlds differ in kind from those of `drift_null.py`, on which the null was built. Nothing drifts in any of them.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch import stats
from drift_held_out_worlds import PAIRS, Log, bells, groups, growing, lost_by_a_factor, plain, two_seasons, wander
from drift_null import ALARM_RATE, any_false, natural, rate, share

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator


def straddling(rng: Generator, made: Straddling) -> Log:
    """Rows with the clock's cycles, cut into buckets that know nothing of them."""
    slot = np.arange(int(made.days * 24 / made.slot)) * made.slot
    free = slot // 24 % 7 >= 5
    clock = made.daily * np.sin(2 * np.pi * slot / 24) + made.weekend * free
    mean = clock + wander(rng, (10, len(slot)), 0.5 ** (made.slot / 24), made.sd)
    rows = rng.poisson(made.rows_a_day * made.slot / 24 * np.where(slot % 24 < 7, 1 - made.night, 1 + made.night / 3))
    group = (np.cumsum(rows) - rows) // made.rows if made.rows else (slot // made.hours).astype(int)
    first = np.flatnonzero(np.diff(group, prepend=-1))
    columns = [_grouped(cells, first) for cells in bells(rng, mean, rows)]
    edges = np.append(slot[first], made.days * 24)
    return Log(columns=columns, edges=edges, reference=len(first) - made.current)


def _grouped(cells: stats.Cells, first: np.ndarray) -> stats.Cells:
    return stats.Cells(counts=np.add.reduceat(cells.counts, first, axis=0), ordered=True, widths=cells.widths)


@dataclass(frozen=True, kw_only=True)
class Straddling:
    """Buckets of so many `rows`, or of so many `hours`, of which the last `current` are the current window."""

    days: float
    current: int
    rows: int = 0
    hours: float = 24.0
    rows_a_day: int = 500
    daily: float = 0.0
    weekend: float = 0.0
    night: float = 0.0
    sd: float = 0.0
    slot: float = 24.0


def worlds() -> dict[str, Callable[[Generator], Log]]:
    """Return how each world's logs are made, by name."""

    def cut(**how: float) -> Callable[[Generator], Log]:
        return lambda rng: straddling(rng, Straddling(**how))  # pyright: ignore[reportArgumentType]

    made: dict[str, Callable[[Generator], Log]] = {
        "growing volume, 42/14": lambda rng: growing(rng, 0.0, 0.0),
        "growing volume, AR .5, sd .1, 42/14": lambda rng: growing(rng, 0.5, 0.1),
        "hours, two seasons, 504/24": lambda rng: two_seasons(rng, 24),
        "hours, two seasons, 504/7": lambda rng: two_seasons(rng, 7),
        "groups of columns, 35/7": groups,
        "short windows, AR .5, sd .1, 20/2": lambda rng: plain(rng, 20, 2, 0.5, 0.1),
        "short windows, AR .5, sd .1, 12/3": lambda rng: plain(rng, 12, 3, 0.5, 0.1),
        "long windows, AR .4, sd .1, 180/30": lambda rng: plain(rng, 180, 30, 0.4, 0.1),
        "long windows, AR .7, sd .1, 365/7": lambda rng: plain(rng, 365, 7, 0.7, 0.1),
        "days that alternate, AR −.5, sd .1, 42/3": lambda rng: plain(rng, 42, 3, -0.5, 0.1),
    }
    for reference, current in ((56, 7), (56, 1)):
        made |= {
            f"{name}, {reference}/{current}": lambda rng, make=make, a=reference, b=current: make(rng, a, b)
            for name, make in PAIRS.items()
        }
    made |= {
        "5 columns missing by a factor, 28/1": lambda rng: lost_by_a_factor(rng, 28, 1, 5),
        "100 rows a bucket, daily cycle .5 sd, half a day": cut(
            days=14.5, current=5, rows=100, rows_a_day=1000, daily=0.5, night=0.5, slot=0.5
        ),
        "100 rows a bucket, daily cycle .5 sd, two days, AR": cut(
            days=16, current=20, rows=100, rows_a_day=1000, daily=0.5, night=0.5, slot=0.5, sd=0.1
        ),
        "5,000 rows a bucket of 1.3 days, weekends .4 sd": cut(
            days=60, current=5, rows=5000, rows_a_day=3750, daily=0.3, weekend=0.4, night=0.5, slot=1.0
        ),
        "600 rows a bucket of .6 days, both cycles": cut(
            days=40, current=7, rows=600, rows_a_day=1000, daily=0.5, weekend=0.3, night=0.5, slot=0.5
        ),
        "buckets of 2 days, weekends .3 sd": cut(days=62, current=3, hours=48, weekend=0.3),
        "buckets of 3 days, weekends .3 sd": cut(days=60, current=3, hours=72, weekend=0.3),
        "buckets of 3 days, weekends .3 sd, one": cut(days=60, current=1, hours=72, weekend=0.3),
        "buckets of 5 days, weekends .3 sd, AR": cut(days=120, current=4, hours=120, weekend=0.3, sd=0.05),
        "buckets of 36 hours, both cycles": cut(days=48, current=5, hours=36, weekend=0.3, daily=0.5, slot=1.0),
        "buckets of 5 hours, daily cycle .5 sd, 8 days": cut(days=8, current=5, hours=5, daily=0.5, slot=1.0),
        "hours, a day and a half before 6 hours": cut(
            days=1.75, current=6, hours=1, rows_a_day=6000, daily=0.5, slot=1.0
        ),
        "buckets of 10 days, weekends .4 sd": cut(days=240, current=2, hours=240, weekend=0.4),
    }
    return made


def row(name: str, make: Callable[[Generator], Log], runs: int) -> str:
    """Return a world's row; every tenth replicate is judged in full."""
    rng = np.random.default_rng([1, *name.encode()])
    false: list[bool] = []
    judged: list[tuple[stats.Judged, ...]] = []
    for run in range(runs):
        log = make(rng)
        windows = log.windows()
        if run % 10 == 0:
            judged.append(stats.judge(log.columns, windows, alarm_rate=ALARM_RATE))
        false.append(any_false(log.columns, windows))
    return f"| {name} | {runs} | {rate(false)} | {share(judged, 'cannot_tell')} | {natural(judged)} |"


def main() -> None:
    """Run the worlds that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    start = time.process_time()
    print("| held-out world | replicates | any false `drifted`, % | `cannot_tell`, % of columns | natural band |")
    print("|---|---|---|---|---|")
    for name, make in worlds().items():
        if not options.words or any(word in name for word in options.words):
            print(row(name, make, options.runs), flush=True)
    print(f"\n{time.process_time() - start:.0f} CPU seconds, numpy {np.__version__}")


if __name__ == "__main__":
    main()
