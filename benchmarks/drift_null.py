"""Measure what the drift verdicts promise, on simulated logs where the truth is known; print Markdown.

    python benchmarks/drift_null.py [--runs 400] [alarms] [power] [intervals] [bands]

Each replicate is a fresh log of binned counts. Every fifth column is categorical and every fifth has a share of missing
values that varies from day to day; seasons are looked for in the data, as a report does.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, ndtri

from afterlaunch import stats
from afterlaunch.stats.learnt import learn
from afterlaunch.stats.multiplicity import holm_threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

K = 32
CATEGORIES = 8
ALARM_RATE = 0.05
MIN_EFFECT = 0.03
DAY_US = 86_400 * 1_000_000


@dataclass(frozen=True, kw_only=True)
class World:
    """How one simulated log behaves: `sd` and `rho` of the day effects in the mean, in standard deviations of a row.

    A part `shared` of the day effects' variance is common to all columns. From the current window on (`late`: from its
    middle), means move by `shift`, within `rise` buckets; spreads by a factor `scale`, and a share `mass` of rows falls
    into one bin.
    """

    name: str
    reference: int = 28
    current: int = 7
    rows: int = 500
    rows_current: int | None = None
    columns: int = 25
    hours: float = 24
    weekend: float = 0.4
    hourly: float = 0.0
    sd: float = 0.0
    rho: float = 0.0
    flutter: float = 0.0
    tails: float = math.inf
    shared: float = 0.5
    holiday: float = 0.0
    shift: float = 0.0
    scale: float = 1.0
    mass: float = 0.0
    late: bool = False
    rise: int = 1
    plain: bool = False  # ordered columns without missing values alone

    @property
    def n_buckets(self) -> int:
        """Buckets in all."""
        return self.reference + self.current


def day_effects(rng: np.random.Generator, world: World) -> np.ndarray:
    """Return effects (C, D) on the mean of every column and bucket, autocorrelated, partly common."""
    noise = rng.normal(size=(world.columns + 1, world.n_buckets))
    for i in range(1, world.n_buckets):
        noise[:, i] = world.rho * noise[:, i - 1] + math.sqrt(1 - world.rho**2) * noise[:, i]
    mixed = math.sqrt(world.shared) * noise[:1] + math.sqrt(1 - world.shared) * noise[1:]
    if math.isfinite(world.tails):
        mixed = mixed * np.sqrt((world.tails - 2) / rng.chisquare(world.tails, size=world.n_buckets))
    return world.sd * mixed


def season_effects(world: World) -> np.ndarray:
    """Return effects (D,) of the clock and of two holidays on the mean."""
    hour = np.arange(world.n_buckets) * world.hours
    weekend = world.weekend * ((hour // 24).astype(int) % 7 >= 5)
    day = (hour // 24).astype(int)
    holidays = world.holiday * np.isin(day, [10, world.reference * world.hours // 24 - 5])
    return weekend + world.hourly * np.sin(2 * np.pi * hour / 24) + holidays


def drifted_from(world: World) -> int:
    """Return the first bucket of the drift."""
    return world.reference + (world.current // 2 if world.late else 0)


def probabilities(rng: np.random.Generator, world: World) -> np.ndarray:
    """Return the share of every bin (C, D, K)."""
    since = np.arange(world.n_buckets) - drifted_from(world)
    gone = since >= 0
    rise = np.clip((since + 1) / world.rise, 0, 1)
    mean = day_effects(rng, world) + season_effects(world) + world.shift * rise
    spread = np.exp(world.flutter * rng.normal(size=mean.shape)) * np.where(gone, world.scale, 1.0)
    edges = ndtri(np.arange(1, K) / K) * math.sqrt(1 + world.sd**2)
    cumulative = ndtr((edges - mean[..., None]) / spread[..., None])
    p = np.diff(cumulative, axis=-1, prepend=0.0, append=1.0)
    one = np.zeros(K)
    one[int(0.7 * K)] = 1.0
    moved = (world.mass * gone)[:, None]
    return (1 - moved) * p + moved * one


def volumes(rng: np.random.Generator, world: World) -> np.ndarray:
    """Return the rows of every bucket (D,)."""
    current = world.rows if world.rows_current is None else world.rows_current
    usual = np.r_[np.full(world.reference, world.rows), np.full(world.current, current)]
    return np.maximum(rng.poisson(usual * np.exp(0.1 * rng.normal(size=len(usual)))), 5)


def draw(rng: np.random.Generator, world: World) -> list[stats.Cells]:
    """Return a fresh log's columns."""
    n = volumes(rng, world)
    return [column(rng, world, i, p, n) for i, p in enumerate(probabilities(rng, world))]


def column(rng: np.random.Generator, world: World, i: int, p: np.ndarray, n: np.ndarray) -> stats.Cells:
    """Return column i: categorical, with missing values, or plain."""
    special = np.zeros((len(n), 4), dtype=np.int64)
    if not world.plain and i % 5 == 3:
        merged = p.reshape(len(n), K // CATEGORIES, CATEGORIES).sum(axis=1)
        return stats.Cells(counts=np.hstack([rng.multinomial(n, _unit(merged)), special]), ordered=False)
    if not world.plain and i % 5 == 4:
        lost = 0.05 * np.exp(2 * world.sd * rng.normal(size=len(n)))
        special[:, 0] = rng.binomial(n, lost)
    counts = rng.multinomial(n - special[:, 0], _unit(p))
    return stats.Cells(counts=np.hstack([counts, special]), ordered=True, widths=np.full(K, 4 / K))


def _unit(p: np.ndarray) -> np.ndarray:
    return p / p.sum(axis=-1, keepdims=True)


def windows_of(world: World, columns: list[stats.Cells]) -> stats.Windows:
    """Return the two windows, with the season that the data show."""
    bucket = np.arange(world.n_buckets)
    timeless = world.n_buckets == 2
    season = bucket * 0
    if not timeless:
        edges = (4 * DAY_US + np.arange(world.n_buckets + 1) * world.hours * (DAY_US / 24)).astype(np.int64)  # a Monday
        season, _ = stats.find_season(columns, bucket, edges[:-1], edges[1:])
    current = bucket[world.reference :]
    reference = bucket[: world.reference]
    return stats.Windows(reference=reference, current=current, position=bucket, season=season, timeless=timeless)


def replicates(world: World, runs: int, seed: int = 0) -> Iterator[tuple[list[stats.Cells], stats.Windows]]:
    """Yield `runs` fresh logs of a world."""
    rng = np.random.default_rng([seed, *world.name.encode()])
    for _ in range(runs):
        columns = draw(rng, world)
        yield columns, windows_of(world, columns)


def verdicts(world: World, runs: int, seed: int = 0) -> list[tuple[stats.Judged, ...]]:
    """Return every replicate's verdicts."""
    return [stats.judge(columns, windows) for columns, windows in replicates(world, runs, seed)]


def any_false(columns: list[stats.Cells], windows: stats.Windows) -> bool:
    """Return whether `judge` would call any column drifted, without the bands and intervals that take it longest."""
    parts = [part for name in ("values", "absence") if (part := learn(columns, windows, name))]
    level = holm_threshold(np.concatenate([part.pvalue for part in parts]), ALARM_RATE)
    return any(
        bool(
            np.any(
                (part.pvalue <= level) & (part.evidence.effect >= MIN_EFFECT) & part.evidence.covered & ~part.wandering
            )
        )
        for part in parts
    )


def rate(flags: list[bool]) -> str:
    """Return a share in percent with its Monte-Carlo standard error."""
    share = float(np.mean(flags))
    return f"{100 * share:.1f} ± {100 * math.sqrt(max(share * (1 - share), 0.25 / len(flags)) / len(flags)):.1f}"


def share(judged: list[tuple[stats.Judged, ...]], verdict: stats.Verdict) -> str:
    """Return the share of columns with a verdict, in percent."""
    return f"{100 * np.mean([one.verdict == verdict for report in judged for one in report]):.0f}"


def natural(judged: list[tuple[stats.Judged, ...]]) -> str:
    """Return the median natural band."""
    return f"{np.median([one.natural for report in judged for one in report if one.natural is not None]):.3f}"


DAYS = {
    "rows alone vary": {},
    "AR .3, sd .1": {"rho": 0.3, "sd": 0.1},
    "AR .6, sd .125": {"rho": 0.6, "sd": 0.125},
    "AR .9, sd .2": {"rho": 0.9, "sd": 0.2},
}
HOURLY = {"hours": 1.0, "hourly": 0.5, "weekend": 0.0, "rows": 50}


def quiet_worlds() -> Iterator[World]:
    """Yield the worlds in which nothing drifts."""
    for reference in (8, 14, 28, 90):
        for current in (1, 7, 28):
            for days, how in DAYS.items():
                yield World(name=f"{reference}/{current} days, {days}", reference=reference, current=current, **how)
    ar6 = DAYS["AR .6, sd .125"]
    yield World(name="no time, 5,000 rows a side", reference=1, current=1, rows=5000)
    yield World(name="no time, 50 rows a side", reference=1, current=1, rows=50)
    yield World(name="no time, 20,000 against 50 rows", reference=1, current=1, rows=20_000, rows_current=50)
    yield World(name="50 rows a day, 28/7", rows=50)
    yield World(name="50 rows a day, 56/1", rows=50, reference=56, current=1)
    yield World(name="5,000 rows a day, 28/7, AR .6", rows=5000, **ar6)
    yield World(name="1,000 : 50 rows a day, 56/28", reference=56, current=28, rows=1000, rows_current=50)
    yield World(name="1,000 : 50 rows a day, 56/7", reference=56, rows=1000, rows_current=50)
    yield World(name="1,000 : 50, 56/28, AR .6", reference=56, current=28, rows=1000, rows_current=50, **ar6)
    yield World(name="100 : 2,000, 56/28, AR .6", reference=56, current=28, rows=100, rows_current=2000, **ar6)
    yield World(name="hours, 168/24", reference=168, current=24, **HOURLY)
    yield World(name="hours, 168/6, AR .6, sd .1", reference=168, current=6, rho=0.6, sd=0.1, **HOURLY)
    yield World(name="hours, 168/24, AR .9, sd .1", reference=168, current=24, rho=0.9, sd=0.1, **HOURLY)
    yield World(
        name="wandering mean, fluttering spread, 56/28", reference=56, current=28, rho=0.8, sd=0.08, flutter=0.25
    )
    yield World(name="wandering mean, fluttering spread, 28/7", rho=0.9, sd=0.1, flutter=0.25)
    yield World(name="holidays of .8 sd, 56/7", reference=56, holiday=0.8)
    yield World(name="holidays of .8 sd, 28/28, AR .3", current=28, holiday=0.8, **DAYS["AR .3, sd .1"])
    yield World(name="heavy-tailed days (t5), 28/7, AR .6", tails=5, **ar6)
    yield World(name="barely moving days, AR .6, sd .05, 28/7", rho=0.6, sd=0.05)
    for columns, shared in ((1, 0.0), (5, 0.0), (5, 1.0), (25, 0.0), (25, 1.0), (200, 0.0), (200, 0.5)):
        name = f"{columns} columns, {100 * shared:.0f} % shared, AR .6, 28/7"
        yield World(name=name, columns=columns, shared=shared, **ar6)
    yield World(name="200 columns, rows alone vary, 56/7", columns=200, reference=56)


def drifting_worlds() -> Iterator[World]:
    """Yield the worlds in which every column drifts."""
    mild = {"rho": 0.3, "sd": 0.05}
    for reference, current in ((28, 7), (56, 28), (56, 1)):
        for days, how in (("rows alone vary", {}), ("AR .3, sd .05", mild), ("AR .6, sd .125", DAYS["AR .6, sd .125"])):
            base = World(name="", reference=reference, current=current, plain=True, **how)
            for label, change in (
                (".1 sd", {"shift": 0.1}),
                (".2 sd", {"shift": 0.2}),
                (".3 sd", {"shift": 0.3}),
                ("scale × 1.5", {"scale": 1.5}),
                ("10 % in one bin", {"mass": 0.1}),
            ):
                yield replace(base, name=f"{reference}/{current}, {days}, {label}", **change)
    yield World(name="50 rows a day, 28/7, .3 sd", rows=50, shift=0.3, plain=True)
    yield World(
        name="1,000 : 50, 56/28, .3 sd", reference=56, current=28, rows=1000, rows_current=50, shift=0.3, plain=True
    )
    yield World(name="28/7, AR .3, sd .1, .3 sd", rho=0.3, sd=0.1, shift=0.3, plain=True)
    yield World(name="from mid-window, 28/7, .3 sd", late=True, shift=0.3, plain=True)
    yield World(name="no time, 5,000 rows, .1 sd", reference=1, current=1, rows=5000, shift=0.1, plain=True)
    yield World(name="no time, 500 rows, .3 sd", reference=1, current=1, rows=500, shift=0.3, plain=True)


def alarms(runs: int) -> None:
    """Print the chance of any false `drifted` in a report."""
    print("\n## Any false alarm in a report\n")
    print("| world | replicates | any false `drifted`, % | `cannot_tell`, % of columns | natural band |")
    print("|---|---|---|---|---|")
    for world in quiet_worlds():
        print(alarm_row(world, runs if world.columns < 100 else runs // 4), flush=True)


def alarm_row(world: World, runs: int) -> str:
    """Return a world's row; every tenth replicate is judged in full."""
    false: list[bool] = []
    judged: list[tuple[stats.Judged, ...]] = []
    for columns, windows in replicates(world, runs):
        if len(false) % 10 == 0:
            judged.append(stats.judge(columns, windows, alarm_rate=ALARM_RATE, min_effect=MIN_EFFECT))
        false.append(any_false(columns, windows))
    return f"| {world.name} | {runs} | {rate(false)} | {share(judged, 'cannot_tell')} | {natural(judged)} |"


def power(runs: int) -> None:
    """Print how many columns are found when all drift."""
    print("\n## Power\n")
    print("| world | replicates | `drifted`, % | `cannot_tell`, % | natural band | effect |")
    print("|---|---|---|---|---|---|")
    for world in drifting_worlds():
        judged = verdicts(world, max(runs // 10, 10))
        effect = np.median([one.effect for report in judged for one in report if one.effect is not None])
        found = f"{share(judged, 'drifted')} | {share(judged, 'cannot_tell')} | {natural(judged)}"
        print(f"| {world.name} | {len(judged)} | {found} | {effect:.3f} |", flush=True)


def true_effect(world: World) -> float:
    """Return the effect between the two windows' long-run shares."""
    rng = np.random.default_rng(1)
    p = np.mean([probabilities(rng, world).mean(axis=0) for _ in range(200)], axis=0)
    before, after = p[: world.reference].mean(axis=0), p[world.reference :].mean(axis=0)
    return float(np.abs(np.cumsum(after - before)).max())


def intervals(runs: int) -> None:
    """Print how often the effect's interval holds the truth."""
    print("\n## Coverage of the effect's interval, nominal 95 %\n")
    print("| world | true effect | intervals | covered, % | median width |")
    print("|---|---|---|---|---|")
    for how, days in DAYS.items():
        for shift in (0.0, 0.1, 0.3, 1.0):
            world = World(name=f"28/7, {how}, {shift:g} sd", shift=shift, weekend=0.0, plain=True, columns=10, **days)
            truth = true_effect(world)
            found = [one for report in verdicts(world, max(runs // 4, 20)) for one in report]
            inside = np.mean([one.low <= truth <= one.high for one in found])
            width = np.median([one.high - one.low for one in found])
            print(f"| {world.name} | {truth:.3f} | {len(found)} | {100 * inside:.1f} | {width:.3f} |", flush=True)


def band_exits(runs: int) -> None:
    """Print how often any window of a quiet column leaves its band."""
    print("\n## Bands over time: any of 28 daily windows outside, a column\n")
    print("| world | columns | any window outside, % |")
    print("|---|---|---|")
    for how, days in DAYS.items():
        world = World(name=f"28 + 28 days, {how}", current=28, plain=True, columns=10, **days)
        outside = [
            bool(np.nanmax(band.effects - band.natural) > 0)
            for columns, windows in replicates(world, max(runs // 4, 20))
            for band in stats.bands(columns, windows, list(windows.current[:, None]))
        ]
        print(f"| {world.name} | {len(outside)} | {rate(outside)} |", flush=True)


SECTIONS = {"alarms": alarms, "power": power, "intervals": intervals, "bands": band_exits}


def main() -> None:
    """Run the sections named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("sections", nargs="*", default=list(SECTIONS))
    options = parser.parse_args()
    start = time.process_time()
    for section in options.sections:
        SECTIONS[section](options.runs)
    print(f"\n{time.process_time() - start:.0f} CPU seconds, numpy {np.__version__}")


if __name__ == "__main__":
    main()
