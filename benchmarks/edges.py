"""Measure what edge cases promise on logs with a known truth: slices where days wander, outlier shares, cost.

    python benchmarks/edges.py [days] [intervals] [odd] [cost] [flights] [--runs 200]

Worlds of `days`: 28 days of 500 rows, alternating weeks, the reference 56 days before where there is one; ten columns;
the value is exponential (mean 1) plus day effects of all rows and of every value of five columns, autoregressive with
correlation rho from day to day and standard deviation sd. None of them lasts, so every confirmed slice is false, but
where one of a cell of two columns is planted. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import afterlaunch as al
from afterlaunch.edges.outliers.outlier import Known, Outlier
from afterlaunch.learners.encode import Encoder
from afterlaunch.stats.alike import most_alike
from afterlaunch.stats.confirmation import confirm
from afterlaunch.stats.conformal import conformal_pvalues
from afterlaunch.stats.crosstabs import Limits, as_codes, rows_of
from afterlaunch.stats.effects import Clock, measure_groups
from afterlaunch.stats.slices import find_slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PARTS = ("days", "intervals", "odd", "cost", "flights")
PLANTED = ((0, 1), (6, 0))
ROWS = 500
REFERENCE, FIND, CONFIRM = 2, 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How days wander, how many of them are the reference, and by how much the planted slice is worse."""

    rho: float = 0.0
    sd: float = 0.0
    n_reference: int = 0
    n_current: int = 28
    effect: float = 0.0

    @property
    def words(self) -> str:
        """The world in words."""
        days = "rows alone vary" if self.sd == 0 else f"AR {self.rho:g}, sd {self.sd:g}"
        return f"{self.n_reference} + {self.n_current} days, {days}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """One log of a world."""

    columns: list[NDArray[np.uint8]]
    value: Floats
    day: NDArray[np.int64]
    part: NDArray[np.int64]

    @property
    def clock(self) -> Clock:
        """Where the rows lie in time."""
        return Clock.of(self.day, self.part, judged=CONFIRM, teacher=REFERENCE)


def draw(world: World, seed: int) -> Rows:
    """Return a log of a world."""
    rng = np.random.default_rng(seed)
    n_days = world.n_reference + world.n_current
    day = np.repeat(np.arange(n_days), ROWS)
    sizes = rng.integers(2, 9, 10)
    columns = [rng.choice(size, len(day), p=rng.dirichlet(np.full(size, 4.0))).astype(np.uint8) for size in sizes]
    value = rng.exponential(1, len(day)) + wander(world, n_days, 1, rng)[day, 0]
    for column, size in zip(columns[:5], sizes[:5].tolist(), strict=True):
        value += wander(world, n_days, size, rng)[day, column]
    value += world.effect * np.logical_and.reduce([columns[column] == code for column, code in PLANTED])
    week = (day - world.n_reference) // 7 % 2
    part = np.where(day < world.n_reference, REFERENCE, np.where(week == 0, FIND, CONFIRM))
    return Rows(columns=columns, value=value, day=day, part=part)


def wander(world: World, n_days: int, n: int, rng: np.random.Generator) -> Floats:
    """Return `n` autoregressive series of day effects."""
    effects = np.zeros((n_days, n))
    effects[0] = rng.normal(size=n)
    for day in range(1, n_days):
        effects[day] = world.rho * effects[day - 1] + np.sqrt(1 - world.rho**2) * rng.normal(size=n)
    return world.sd * effects


def days(runs: int) -> None:
    """Print how often a false slice is confirmed, and the planted one."""
    head = "| world | runs | sent to be confirmed, a run | any false one confirmed, % |"
    print(f"\n{head} planted .4 worse: found, % | confirmed, % |")
    print("|---|---|---|---|---|---|")
    worlds = [
        World(rho=rho, sd=sd, n_reference=n_reference)
        for rho, sd in ((0.0, 0.0), (0.3, 0.1), (0.3, 0.2), (0.6, 0.2), (0.9, 0.3))
        for n_reference in (0, 56)
    ]
    for world in worlds:
        quiet = [run(world, seed) for seed in range(runs)]
        planted = World(
            rho=world.rho, sd=world.sd, n_reference=world.n_reference, n_current=world.n_current, effect=0.4
        )
        hurt = [run(planted, 10_000 + seed) for seed in range(runs // 2)]
        wrong = sum(false > 0 for _, false, _, _ in quiet)
        print(
            f"| {world.words} | {runs} | {np.mean([sent for sent, *_ in quiet]):.1f} | "
            f"{100 * wrong / runs:.1f} ± {margin(wrong, runs):.1f} | "
            f"{100 * np.mean([found for *_, found, _ in hurt]):.0f} | "
            f"{100 * np.mean([held for *_, held in hurt]):.0f} |",
            flush=True,
        )


def margin(count: int, of: int) -> float:
    """Return the Monte-Carlo standard error of a share, in points."""
    share = (count + 0.5) / (of + 1)
    return 100 * float(np.sqrt(share * (1 - share) / of))


def run(world: World, seed: int) -> tuple[int, int, bool, bool]:
    """Return how many slices were sent, how many false ones confirmed; whether the planted one was found, and held."""
    rows = draw(world, seed)
    codes, here = as_codes(rows.columns), rows.part == FIND
    limits = Limits(max_conditions=2, min_rows=50, min_effect=0.1 * rows.value.mean())
    search = find_slices(codes.take(here), rows.value[here], rows.day[here], limits=limits)
    inside = [rows_of(codes, one.conditions) for one in search.slices]
    said = confirm(inside, rows.value, rows.clock)
    held = [
        one.conditions
        for one, what in zip(search.slices, said, strict=True)
        if what.qvalue is not None and what.qvalue <= 0.05 and (what.effect.effect or 0.0) >= limits.min_effect
    ]
    false = [one for one in held if not (world.effect and set(one) & set(PLANTED))]
    return len(inside), len(false), PLANTED in [one.conditions for one in search.slices], PLANTED in held


def intervals(runs: int) -> None:
    """Print how often the interval of a slice that nobody searched for holds its true effect."""
    print("\n| world | intervals | covered, % | median width | cannot tell, % |")
    print("|---|---|---|---|---|")
    for rho, sd in ((0.0, 0.0), (0.3, 0.2), (0.6, 0.2), (0.9, 0.3)):
        for n_reference in (0, 56):
            world = World(rho=rho, sd=sd, n_reference=n_reference, effect=0.3)
            covered, widths = [], []
            for seed in range(runs):
                rows = draw(world, 20_000 + seed)
                others = [column == 1 for column in rows.columns[1:4]]
                inside = np.logical_and.reduce([rows.columns[column] == code for column, code in PLANTED])
                found = measure_groups([(inside, rows.value), *((one, rows.value) for one in others)], rows.clock)[0]
                if found.low is not None and found.high is not None:
                    covered.append(found.low <= world.effect <= found.high)
                    widths.append(found.high - found.low)
            unsure = 100 * (1 - len(covered) / runs)
            print(
                f"| {world.words} | {len(covered)} | {100 * np.mean(covered):.1f} | "
                f"{np.median(widths):.2f} | {unsure:.0f} |",
                flush=True,
            )


def odd(runs: int) -> None:
    """Print how often rows like the reference are called odd, how many strange ones are, and what that costs."""
    head = "| method | like the reference: above .90, % | above .99, % | strange rows above .99, % |"
    print(f"\n{head} CPU s, 100,000 × 20 |")
    print("|---|---|---|---|---|")
    for method in (
        al.outliers.IsolationForest(),
        al.outliers.EmpiricalTail(),
        al.outliers.RobustMahalanobis(),
        al.outliers.NearestNeighbours(),
    ):
        shares, strange = [], []
        for seed in range(max(runs // 20, 1)):
            rng = np.random.default_rng(seed)
            mixing = rng.normal(size=(10, 10))
            x = rng.normal(size=(6000, 10)) @ mixing
            far = rng.normal(size=(500, 10)) @ mixing + 3.0 * rng.normal(size=(500, 10)) * x.std(axis=0)
            encoder = Encoder(names=tuple("abcdefghij"), kinds=("numeric",) * 10, categories=(None,) * 10)
            score = method.learn(Known(x=x[:2000], encoder=encoder), rng=rng)
            calibration = score(x[2000:4000])
            shares.append(1 - conformal_pvalues(calibration, score(x[4000:])))
            strange.append(1 - conformal_pvalues(calibration, score(far)))
        share, other = np.concatenate(shares), np.concatenate(strange)
        print(
            f"| {method.name} | {100 * (share > 0.9).mean():.1f} | {100 * (share > 0.99).mean():.2f} | "
            f"{100 * (other > 0.99).mean():.0f} | {seconds_of(method):.1f} |",
            flush=True,
        )


def seconds_of(method: Outlier) -> float:
    """Return the CPU seconds of learning on half of 100,000 rows and scoring all."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(100_000, 20)) @ rng.normal(size=(20, 20))
    encoder = Encoder(names=tuple(map(str, range(20))), kinds=("numeric",) * 20, categories=(None,) * 20)
    start = time.process_time()
    method.learn(Known(x=x[::2], encoder=encoder), rng=rng)(x)
    return time.process_time() - start


def cost(runs: int) -> None:
    """Print what smoothing and whole reports cost."""
    del runs
    print("\n| what | CPU s | peak MB |")
    print("|---|---|---|")
    x = np.random.default_rng(0).normal(size=(100_000, 20))
    start = time.process_time()
    most_alike(x, 50, rng=np.random.default_rng(0))
    print(
        f"| the 50 rows most alike of each of 100,000 × 20 | {time.process_time() - start:.1f} | {peak()} |", flush=True
    )
    for n in (20_000, 100_000):
        log = al.PredictionLog(big(n), time="at", score="score", target="y")
        start = time.process_time()
        al.find_edge_cases(log, max_conditions=2)
        print(
            f"| find_edge_cases, {n:,} rows × 20 columns | {time.process_time() - start:.1f} | {peak()} |", flush=True
        )


def big(n: int) -> pl.DataFrame:
    """Return a log of ten numbers and ten categories over 90 days."""
    rng = np.random.default_rng(0)
    score = rng.uniform(0.02, 0.98, n)
    frame = {f"x{place}": rng.normal(size=n) for place in range(10)}
    frame |= {f"c{place}": rng.choice(list("abcdef"), n) for place in range(10)}
    frame |= {"at": np.sort(rng.integers(0, 90 * 86_400, n)) + 1_700_000_000, "score": score}
    return pl.DataFrame({**frame, "y": rng.random(n) < score})


def peak() -> int:
    """Return the process's peak memory in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def flights(runs: int) -> None:
    """Print what the report says of the flights, on held-out weeks."""
    del runs
    log = al.datasets.flights()
    for current in (("2013-04-02", "2013-04-30"), ("2013-03-01", "2014-01-01")):
        for worse_than in ("elsewhere", "promise"):
            start = time.process_time()
            report = al.find_edge_cases(
                log, reference=("2013-01-01", "2013-03-01"), current=current, worse_than=worse_than
            )
            seconds = time.process_time() - start
            print(f"\n{current[0]} to {current[1]}, worse than {worse_than}, {seconds:.1f} CPU s\n\n```")
            print(report.summary(), "\n```", flush=True)


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--runs", type=int, default=200)
    chosen = parser.parse_args()
    jobs = {"days": days, "intervals": intervals, "odd": odd, "cost": cost, "flights": flights}
    for part in chosen.parts:
        jobs[part](chosen.runs)


if __name__ == "__main__":
    main()
