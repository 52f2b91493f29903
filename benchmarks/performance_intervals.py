"""Measure what intervals and verdicts on performance promise, on simulated logs whose truth is known; print Markdown.

python benchmarks/performance_intervals.py [--runs 400] [rows] [days] [alarms] [power] [speed]
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import afterlaunch as al
from afterlaunch.performance import metrics
from afterlaunch.performance.bucketed import Bucketed
from afterlaunch.performance.noise import interval, measured
from afterlaunch.performance.scored import Scored
from afterlaunch.performance.steps import measure_steps
from afterlaunch.performance.verdicts import judge_steps
from afterlaunch.stats import Windows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from afterlaunch.performance.metrics.metric import Metric

ALARM_RATE = 0.05
TRUTH_ROWS = 2_000_000
BINARY = (
    metrics.RocAuc(),
    metrics.AveragePrecision(),
    metrics.LogLoss(),
    metrics.Brier(),
    metrics.CalibrationError(),
    metrics.Accuracy(),
    metrics.Precision(),
    metrics.Recall(),
    metrics.Specificity(),
    metrics.F1(),
    metrics.MCC(),
    metrics.Cost(matrix=[[0, 1], [5, 0]]),
)
REGRESSION = (
    metrics.MAE(),
    metrics.RMSE(),
    metrics.MedianAbsoluteError(),
    metrics.Bias(),
    metrics.R2(),
    metrics.MAPE(),
    metrics.Own(
        function=lambda target, _, prediction, weight: float(np.average(np.abs(target - prediction), weights=weight)),
        name="own (the same as mae)",
        greater_is_better=False,
        min_effect=0.1,
        scale="log",
    ),
)
JUDGED = (
    metrics.LogLoss(),
    metrics.RocAuc(),
    metrics.CalibrationError(),
    metrics.Accuracy(),
    metrics.Precision(),
    metrics.Recall(),
)
Rng = np.random.Generator


@dataclass(frozen=True, kw_only=True)
class Model:
    """A binary log: the logit of a row is `base` + `skill` × z; the score shrinks it by `honest` (1: calibrated)."""

    base: float = -1.0
    skill: float = 1.5
    honest: float = 1.0
    threshold: float = 0.4

    def rows(self, z: np.ndarray, logit: np.ndarray, rng: Rng) -> Scored:
        """Return rows of features `z` whose true logits are `logit`."""
        score = 1 / (1 + np.exp(-self.honest * (self.base + self.skill * z)))
        target = (rng.random(len(z)) < 1 / (1 + np.exp(-logit))).astype(np.float64)
        predicted = (score >= self.threshold).astype(np.float64)
        return Scored(task="binary", n_classes=2, target=target, score=score, prediction=predicted)

    def draw(self, n: int, rng: Rng) -> Scored:
        """Return n independent rows."""
        z = rng.normal(size=n)
        return self.rows(z, self.base + self.skill * z, rng)


def draw_regression(spread: float) -> Callable[[int, Rng], Scored]:
    """Return a drawer of rows with lognormal targets and errors that grow with them; `spread` makes tails heavy."""

    def draw(n: int, rng: Rng) -> Scored:
        target = np.exp(rng.normal(1, spread, n))
        return Scored(task="regression", n_classes=0, target=target, prediction=target * np.exp(rng.normal(0, 0.3, n)))

    return draw


WORLDS: dict[str, tuple[Sequence[Metric], Callable[[int, Rng], Scored]]] = {
    "binary, 34 % positive": (BINARY, Model().draw),
    "binary, 3 % positive": (BINARY, Model(base=-4.5, threshold=0.1).draw),
    "binary, AUC .99": (BINARY, Model(base=-3.0, skill=7.0).draw),
    "binary, overconfident scores": (BINARY, Model(honest=1.6).draw),
    "regression": (REGRESSION, draw_regression(0.5)),
    "regression, heavy tails": (REGRESSION, draw_regression(1.0)),
}


def say_rows(runs: int) -> None:
    """Print the coverage of each metric's interval where rows are independent."""
    print("\n| world | metric | truth | " + " | ".join(f"{n} rows" for n in (100, 300, 1000, 10_000)) + " |")
    print("|---|---|---|---|---|---|---|")
    for name, (measures, draw) in WORLDS.items():
        rng = np.random.default_rng(1)
        truth_rows = draw(TRUTH_ROWS, rng)
        truth = {metric.name: metric.value(truth_rows) for metric in measures}
        cells = [cover(measures, truth, draw, n, runs) for n in (100, 300, 1000, 10_000)]
        for metric in measures:
            row = " | ".join(cell[metric.name] for cell in cells)
            print(f"| {name} | {metric.name} | {truth[metric.name]:.4g} | {row} |", flush=True)


def cover(
    measures: Sequence[Metric], truth: dict[str, float | None], draw: Callable[[int, Rng], Scored], n: int, runs: int
) -> dict[str, str]:
    """Return the share of intervals that hold the truth, and in brackets the share of runs without a value."""
    rng = np.random.default_rng(n)
    held = {metric.name: 0 for metric in measures}
    known = {metric.name: 0 for metric in measures}
    for _ in range(runs if n < 10_000 else runs // 2):
        rows = draw(n, rng)
        for metric in measures:
            found = measured(metric, rows)
            if found is None:
                continue
            span = interval(metric.scale, found)
            known[metric.name] += 1
            held[metric.name] += span.low <= (truth[metric.name] or 0.0) <= span.high
    total = runs if n < 10_000 else runs // 2
    return {name: share(held[name], known[name], total) for name in held}


def share(held: int, known: int, total: int) -> str:
    """Return a coverage in per cent, with the share of runs without a value where there are any."""
    if not known:
        return "none"
    missing = f" ({100 * (total - known) / total:.0f} % without)" if known < total else ""
    return f"{100 * held / known:.1f}{missing}"


@dataclass(frozen=True, kw_only=True)
class World:
    """Days: `sd` and `rho` of their effects on the base rate and, half as large, on the skill of the model.

    From the current window on, skill is multiplied by `skill`, and logits move by `shift`.
    """

    name: str
    reference: int = 28
    current: int = 7
    rows: int = 500
    rows_current: int | None = None
    sd: float = 0.0
    rho: float = 0.0
    weekend: float = 0.0
    yearly: float = 0.0
    base: float = -1.0
    skill: float = 1.0
    shift: float = 0.0


def effects(world: World, rng: Rng) -> np.ndarray:
    """Return autocorrelated effects of the days, in standard deviations (2, D): on the base rate, on the skill."""
    days = world.reference + world.current
    noise = rng.normal(size=(2, days))
    for day in range(1, days):
        noise[:, day] = world.rho * noise[:, day - 1] + math.sqrt(1 - world.rho**2) * noise[:, day]
    return world.sd * noise * np.array([[1.0], [0.5]])


def simulate(world: World, rng: Rng) -> tuple[Bucketed, Windows]:
    """Return a log's rows by day, and its two windows."""
    model = Model(base=world.base, threshold=0.4 if world.base > -2 else 0.1)
    days = np.arange(world.reference + world.current)
    late = days >= world.reference
    moved, skilled = effects(world, rng)
    volume = np.where(late, world.rows_current or world.rows, world.rows)
    n_rows = rng.poisson(volume * np.exp(rng.normal(0, 0.1, len(days)))).clip(1)
    day = np.repeat(days, n_rows)
    z = rng.normal(size=len(day))
    season = world.weekend * (days % 7 >= 5) + world.yearly * np.sin(2 * np.pi * (days / 365 + rng.random()))
    level = model.base + moved + season + world.shift * late
    slope = model.skill * np.exp(skilled) * np.where(late, world.skill, 1.0)
    rows = model.rows(z, level[day] + slope[day] * z, rng)
    labels = (days % 7 >= 5).astype(np.int64) if world.weekend else days * 0
    windows = Windows(reference=days[~late], current=days[late], position=days, season=labels)
    return Bucketed(rows=rows, first=np.append(0, np.cumsum(n_rows)), n_rows=n_rows), windows


NULLS = [
    World(name=f"{reference}/{current} days, {kind}", reference=reference, current=current, **how)
    for reference, current in ((14, 7), (28, 7), (56, 28), (90, 1))
    for kind, how in (
        ("rows alone vary", {}),
        ("AR .3, sd .2", {"rho": 0.3, "sd": 0.2}),
        ("AR .6, sd .3", {"rho": 0.6, "sd": 0.3}),
        ("AR .9, sd .4", {"rho": 0.9, "sd": 0.4}),
    )
] + [
    World(name="28/7 days, weekends .5 lower, AR .3", weekend=-0.5, rho=0.3, sd=0.2),
    World(name="28/7 days, 50 rows a day", rows=50),
    World(name="28/7 days, 50 rows a day, AR .3, sd .2", rows=50, rho=0.3, sd=0.2),
    World(name="56/7 days, 1000 rows a day, then 50", reference=56, rows=1000, rows_current=50),
    World(
        name="56/7 days, 100 rows a day, then 2000, AR .6", reference=56, rows=100, rows_current=2000, rho=0.6, sd=0.3
    ),
    World(name="28/7 days, 3 % positive, 200 rows a day", rows=200, base=-4.5),
    World(name="56/28 days, a yearly season of .3, AR .3", reference=56, current=28, yearly=0.3, rho=0.3, sd=0.2),
]
DROPS = [
    World(name=f"{reference}/{current} days, {kind}; {what}", reference=reference, current=current, **how, **drop)
    for reference, current in ((28, 7), (56, 28))
    for kind, how in (
        ("rows alone vary", {}),
        ("AR .3, sd .1", {"rho": 0.3, "sd": 0.1}),
        ("AR .3, sd .2", {"rho": 0.3, "sd": 0.2}),
    )
    for what, drop in (
        ("nine tenths of the skill left", {"skill": 0.9}),
        ("two thirds of the skill left", {"skill": 0.67}),
        ("positives more frequent, logit +.5", {"shift": 0.5}),
    )
]


def say_days(runs: int) -> None:
    """Print the coverage of the window's and the change's interval where days vary."""
    print("\n| world | current window: " + ", ".join(metric.name for metric in JUDGED) + " | change: the same |")
    print("|---|---|---|")
    for world in NULLS[:16]:
        if world.current == 1:
            continue
        truth = long_run(world)
        rng = np.random.default_rng(2)
        held = np.zeros((2, len(JUDGED)))
        known = np.zeros((2, len(JUDGED)))
        for _ in range(runs):
            rows, windows = simulate(world, rng)
            for place, step in enumerate(measure_steps(JUDGED, rows, windows)):
                if step.current is not None:
                    known[0, place] += 1
                    held[0, place] += step.current.interval.low <= truth[place] <= step.current.interval.high
                if step.low is not None and step.high is not None:
                    known[1, place] += 1
                    held[1, place] += step.low <= 0 <= step.high
        cells = [
            ", ".join(f"{100 * h / max(k, 1):.0f}" for h, k in zip(*pair, strict=True))
            for pair in zip(held, known, strict=True)
        ]
        print(f"| {world.name} | {cells[0]} | {cells[1]} |", flush=True)


def long_run(world: World) -> list[float]:
    """Return each metric's value over very many days."""
    rng = np.random.default_rng(3)
    model = Model(base=world.base)
    n = TRUTH_ROWS
    z, day = rng.normal(size=n), rng.normal(size=(2, n))
    logit = model.base + world.sd * day[0] + model.skill * np.exp(world.sd / 2 * day[1]) * z
    rows = model.rows(z, logit, rng)
    return [metric.value(rows) or 0.0 for metric in JUDGED]


def say_alarms(runs: int) -> None:
    """Print how often a report on a log without any change says that a metric dropped or improved."""
    print("\n| world | any false verdict, % | cannot tell, % of metrics |")
    print("|---|---|---|")
    for world in NULLS:
        rng = np.random.default_rng(4)
        alarms = unsure = 0
        for _ in range(runs):
            verdicts = judge(world, rng)
            alarms += any(verdict in {"dropped", "improved"} for verdict in verdicts)
            unsure += sum(verdict == "cannot_tell" for verdict in verdicts)
        p = alarms / runs
        error = math.sqrt(max(p, 1 / runs) * (1 - p) / runs)
        print(
            f"| {world.name} | {100 * p:.1f} ± {100 * error:.1f} | {100 * unsure / runs / len(JUDGED):.0f} |",
            flush=True,
        )


def say_power(runs: int) -> None:
    """Print how often each metric is said to have dropped, or improved, where the model or the traffic changed."""
    print("\n| world | " + " | ".join(metric.name for metric in JUDGED) + " |")
    print("|---|" + "---|" * len(JUDGED))
    for world in DROPS:
        rng = np.random.default_rng(5)
        found = np.zeros((len(JUDGED), 2))
        for _ in range(runs):
            for place, verdict in enumerate(judge(world, rng)):
                found[place] += [verdict == "dropped", verdict == "improved"]
        cells = [f"{100 * down / runs:.0f}" + (f" (+{100 * up / runs:.0f})" if up else "") for down, up in found]
        print(f"| {world.name} | {' | '.join(cells)} |", flush=True)


def judge(world: World, rng: Rng) -> list[str]:
    """Return the verdicts of one simulated report."""
    rows, windows = simulate(world, rng)
    return [one.verdict for one in judge_steps(measure_steps(JUDGED, rows, windows), ALARM_RATE)]


def say_speed(runs: int) -> None:
    """Print the processor time of whole reports on a million rows, medians of three."""
    del runs
    rng = np.random.default_rng(6)
    n = 1_000_000
    rows = Model().draw(n, rng)
    at = pl.Series(np.sort(rng.integers(0, 180 * 86_400, n)) * 1_000_000 + 1_735_689_600_000_000)
    frame = pl.DataFrame(
        {"at": at.cast(pl.Datetime("us", "UTC")), "p": rows.score, "y": rows.target, "g": rng.integers(0, 5, n)}
    )
    log = al.PredictionLog(frame, time="at", score="p", target="y", features=["g"])
    window = ("2025-01-01", "2025-05-01")
    print("\n| 1,000,000 rows, 180 days, six metrics | CPU seconds |")
    print("|---|---|")
    for what, options in (("by day", {}), ("by hour", {"every": "1h"}), ("by day, five segments", {"by": "g"})):
        taken = []
        for _ in range(3):
            start = time.process_time()
            al.measure_performance(log, reference=window, **options)
            taken.append(time.process_time() - start)
        print(f"| {what} | {sorted(taken)[1]:.1f} |", flush=True)


PARTS = {"rows": say_rows, "days": say_days, "alarms": say_alarms, "power": say_power, "speed": say_speed}


def main() -> int:
    """Print the parts that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    parser.add_argument("--runs", type=int, default=400)
    chosen = parser.parse_args()
    for part in chosen.parts or PARTS:
        PARTS[part](chosen.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
