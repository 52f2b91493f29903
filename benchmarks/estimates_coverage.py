"""How often estimates hold what they promise, in worlds whose truth is known.

    OMP_NUM_THREADS=1 python benchmarks/estimates_coverage.py 100 40

Takes how many logs of classifiers and of regressors are drawn in each world. Prints, for each world and metric: in how
many buckets and windows the realized value lies in the interval of the estimate (95 % promised), how often an estimate
is called wrong, of this metric and of any in a report (at most 5 % where nothing drifts), and how far the window's
estimate is off on average.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from afterlaunch.logs import PredictionLog
from afterlaunch.performance import measure_performance

if TYPE_CHECKING:
    from collections.abc import Callable

    Make: TypeAlias = Callable[["World", np.random.Generator], PredictionLog]

START = datetime(2026, 1, 1)  # noqa: DTZ001 - taken as UTC
REFERENCE = 40  # days
CLASSIFIED = ("roc_auc", "log_loss", "accuracy", "recall", "calibration_error")
REGRESSED = ("mae", "rmse", "bias", "r2")


@dataclass(frozen=True)
class World:
    """Rows a day, how far covariates move in the current window, how far days wander, and what concept drift adds."""

    name: str
    rows: int = 200
    days: int = 60
    shift: float = 0.0
    wander: float = 0.0
    concept: float = 0.0
    sharpness: float = 1.6  # of scores: 1 is calibrated


WORLDS = (
    World("quiet, scores too sure"),
    World("quiet, scores right", sharpness=1.0),
    World("other covariates", shift=0.7),
    World("days wander", wander=0.25),
    World("few rows", rows=40),
    World("concept drift", concept=0.6),
)


def classified(world: World, rng: np.random.Generator) -> PredictionLog:
    """Return a log of a classifier's scores and what came true."""
    day = np.repeat(np.arange(world.days), world.rows)
    is_new = day >= REFERENCE
    x = rng.normal(world.shift * is_new)
    logit = 1.2 * x - 0.8
    true = logit + (world.wander * rng.normal(size=world.days))[day] + world.concept * is_new
    target = rng.random(len(day)) < 1 / (1 + np.exp(-true))
    score = 1 / (1 + np.exp(-world.sharpness * logit))
    return PredictionLog(_frame(day, rng, x=x, target=target, score=score), time="at", target="target", score="score")


def regressed(world: World, rng: np.random.Generator) -> PredictionLog:
    """Return a log of predictions of numbers, whose errors are larger where a column is larger."""
    day = np.repeat(np.arange(world.days), world.rows)
    is_new = day >= REFERENCE
    x, z = rng.normal(world.shift * is_new), rng.normal(size=len(day))
    spread = np.exp(0.5 * x + (world.wander * rng.normal(size=world.days))[day] + world.concept * is_new)
    frame = _frame(day, rng, x=x, z=z, target=10 + 3 * z + spread * rng.normal(size=len(day)), guess=10 + 3 * z)
    return PredictionLog(frame, time="at", target="target", prediction="guess", task="regression")


def _frame(day: np.ndarray, rng: np.random.Generator, **columns: np.ndarray) -> pl.DataFrame:
    at = [START + timedelta(days=float(one)) for one in day + np.sort(rng.random(len(day)))]
    return pl.DataFrame({"at": at, **columns})


def main(n_classified: int, n_regressed: int) -> None:
    """Print the table."""
    print("| world | metric | realized in interval: buckets | window | called wrong | in any metric | mean miss |")
    print("|---|---|---|---|---|---|---|")
    for make, metrics, n in ((classified, CLASSIFIED, n_classified), (regressed, REGRESSED, n_regressed)):
        for place, world in enumerate(WORLDS):
            if n == 0 or (make is regressed and world.sharpness != WORLDS[0].sharpness):
                continue
            study(world, make, metrics, n, place)


def study(world: World, make: Make, metrics: tuple[str, ...], n: int, place: int) -> None:
    """Print one world's rows."""
    inside, window, wrong, miss = (defaultdict(list) for _ in range(4))
    for seed in range(n):
        log = make(world, np.random.default_rng([place, seed]))
        reference = (START, START + timedelta(days=REFERENCE))
        report = measure_performance(log, reference=reference, metrics=metrics)
        for one in report.data.series:
            found = one.estimates
            gap = found.gap
            wrong[one.metric].append(gap.held == "wrong")
            window[one.metric].append(found.current.low <= one.judgement.current.value <= found.current.high)
            miss[one.metric].append(gap.realized - gap.estimated)
            inside[one.metric] += [
                low <= value <= high
                for value, low, high in zip(one.realized.value, one.estimated.low, one.estimated.high, strict=True)
                if value is not None and low is not None and high is not None
            ]
    anywhere = np.mean(np.any([wrong[metric] for metric in metrics], axis=0))
    for metric in metrics:
        shares = [f"{100 * np.mean(one[metric]):.1f} %" for one in (inside, window, wrong)]
        print(
            f"| {make.__name__}, {world.name} | {metric} | {' | '.join(shares)} | {100 * anywhere:.0f} % | "
            f"{np.mean(miss[metric]):+.4f} |",
            flush=True,
        )


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
