"""Measure whether the loop gain covers the truth, how often a loop-free log raises an alarm, and how others fail.

Worlds with known truth: 200 items × 27 periods × 40,000 impressions, quality as confounder. The truth of an interval is
found by drawing each period's chance again in the very history that was judged.
`python benchmarks/loops_gain.py [replicates] [gains | naive | awkward | needed …]` prints the tables of
docs/evidence/loops.md.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import kendalltau, linregress

from afterlaunch.stats.ecosystem import Traffic, World, simulate
from afterlaunch.stats.gain import Record, measure_gain
from afterlaunch.stats.gain.instruments import read_instruments
from afterlaunch.stats.gain.needed import foresee
from afterlaunch.stats.perturbed import History, elasticities, true_gain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afterlaunch.stats.gain import Estimated, Gain

GAINS = (0.0, 0.1, 0.25, 0.5, 0.8, 1.0)
BASE = World(withheld=0.03, noise=0.1)
BATCH = 50  # histories simulated at a time
AWKWARD: dict[str, World] = {
    "as above": BASE,
    "thin: 4,000 impressions": replace(BASE, n_impressions=4_000),
    "8 periods": replace(BASE, n_periods=8),
    "14 periods": replace(BASE, n_periods=14),
    "53 periods": replace(BASE, n_periods=53),
    "30 items": replace(BASE, n_items=30),
    "heavy-tailed popularity": replace(BASE, content=1.5, quality=1.0),
    "shocks of categories": replace(BASE, shock=0.4),
    "quality that wanders": replace(BASE, drift=0.1, confounding=1.0),
    "5 % of items replaced": replace(BASE, churn=0.05),
    "a new version every 5 periods": replace(BASE, version_every=5),
    "traffic up and down": replace(BASE, traffic=0.5),
    "lists shown 5 times": replace(BASE, burst=5),
    "half remembered": replace(BASE, memory=0.5),
    "restless content": replace(BASE, wander=0.5),
}


def record_of(traffic: Traffic, *, weighted: bool = False) -> Record:
    """Return what a log of `traffic` holds: expected exposure, or only the inverse propensities of what was shown."""
    n = traffic.ground.impressions[:, None]
    inverse = n / np.where(traffic.expected > 0, traffic.expected, 1.0)
    return Record(
        shown=traffic.shown,
        clicked=traffic.clicked,
        used=traffic.used,
        expected=None if weighted else traffic.expected,
        inverse=traffic.shown * inverse if weighted else None,
        inverse_squares=traffic.shown * inverse**2 if weighted else None,
        withheld=None if weighted else traffic.withheld,
        noise=None if weighted else traffic.ground.noise,
        live=traffic.ground.live,
    )


def histories(world: World, n: int, seed: int) -> Iterator[Traffic]:
    """Yield `n` histories of `world`."""
    rng = np.random.default_rng(seed)
    for start in range(0, n, BATCH):
        runs = simulate(world, rng=rng, n_runs=min(BATCH, n - start))
        yield from (runs.run(i) for i in range(min(BATCH, n - start)))


@dataclass
class Tally:
    """What an instrument said over many histories."""

    alarms: list[bool] = field(default_factory=list)
    estimates: list[float] = field(default_factory=list)
    truths: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    overlaps: list[float] = field(default_factory=list)

    def add(self, one: Estimated, truth: float) -> None:
        """Add what was said where `truth` is true."""
        set_ = one.accepted
        inside = (set_.low is None or set_.low <= truth) and (set_.high is None or truth <= set_.high)
        hole = set_.excluded is not None and set_.excluded[0] < truth < set_.excluded[1]
        self.alarms.append(one.pvalue <= 0.05)
        self.estimates.append(one.estimate)
        self.truths.append(truth)
        self.covered.append(inside and not hole)
        self.widths.append(np.inf if set_.low is None or set_.high is None else (set_.high - set_.low) / 2)
        self.overlaps.append(one.overlap)

    def row(self) -> str:
        """Return the cells of a table's row."""
        return (
            f"{100 * np.mean(self.alarms):.1f} % | {np.median(self.estimates):.3f} | {np.median(self.truths):.3f} | "
            f"{100 * np.mean(self.covered):.1f} % | {np.median(self.widths):.3f} | "
            f"{100 * np.mean(np.isinf(self.widths)):.0f} % | {np.median(self.overlaps):.2f} | {len(self.alarms)}"
        )


HEADER = "alarms | estimate | truth | covered | half-width | unbounded | overlap | histories"


def tallied(world: World, n: int, seed: int) -> tuple[dict[str, Tally], list[Gain]]:
    """Return what every instrument said in `n` histories, and the judgements of logs that hold all but "inverse"."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    gains: list[Gain] = []
    rng = np.random.default_rng(seed + 1)
    for traffic in histories(world, n, seed):
        history = History(world, traffic)
        gains.append(measure_gain(record_of(traffic)))
        for weighted in (False, True):
            record = record_of(traffic, weighted=weighted)
            kept = {one.name: one.kept for one in read_instruments(record, smoothing=world.smoothing)}
            for one in (measure_gain(record) if weighted else gains[-1]).instruments:
                truth = true_gain(history, one.name, kept[one.name], rng=rng, n_draws=15) if world.gain else 0.0
                tallies[one.name].add(one, truth)
    return tallies, gains


def gains_table(n: int) -> None:
    """Print what each instrument says at each gain, and what the report says."""
    print(f"| gain | instrument | {HEADER.replace('|', ' | ')} |")
    reports: list[str] = []
    for gain in GAINS:
        world = replace(BASE, gain=gain)
        tallies, judged = tallied(world, n if gain else 4 * n, seed=1)
        for name, tally in tallies.items():
            print(f"| {gain} | {name} | {tally.row()} |", flush=True)
        found = [one.found for one in judged]
        honest = [(one.low is None or one.low <= gain) and (one.high is None or gain <= one.high) for one in judged]
        reports.append(
            f"| {gain} | {100 * np.mean([f == 'loop' for f in found]):.1f} % | "
            f"{100 * np.mean([one.bound for one in judged]):.0f} % | {100 * np.mean(honest):.1f} % | "
            f"{np.mean([one.low if one.low is not None else np.nan for one in judged]):.3f} | "
            f"{100 * np.mean([bool(one.at_odds) for one in judged]):.1f} % |"
        )
    print("| gain | verdict loop | a bound only | parameter inside | mean low end | at odds |")
    print("\n".join(reports))


def naive_table(n: int) -> None:
    """Print how often what others do raises an alarm without a loop, and what it says of a gain of .5."""
    for gain in (0.0, 0.25, 0.5):
        world = replace(BASE, gain=gain, drift=0.05)
        said: dict[str, list[tuple[float, bool]]] = defaultdict(list)
        for traffic in histories(world, n, seed=5):
            for name, result in naive(traffic).items():
                said[name].append(result)
            judged = measure_gain(record_of(traffic))
            said["this report"].append((judged.estimate or 0.0, judged.found == "loop"))
        for name, results in said.items():
            estimates, alarms = zip(*results, strict=True)
            print(f"| {gain} | {name} | {100 * np.mean(alarms):.0f} % | {np.median(estimates):.2f} |", flush=True)


def naive(traffic: Traffic) -> dict[str, tuple[float, bool]]:
    """Return an estimate and an alarm by each of the usual ways to look for a loop."""
    clicks, shown = np.log(traffic.used + 0.5), np.log(traffic.shown + 0.5)
    trend = [gini(one) for one in traffic.shown]
    slope = linregress(np.arange(len(trend)), trend)
    centred = [one - one.mean(axis=1, keepdims=True) for one in (clicks[:-1], shown[1:], shown[:-1])]
    pooled = linregress(centred[0].ravel(), centred[1].ravel())
    within = [one - one.mean(axis=0) for one in centred]
    fixed = linregress(within[0].ravel(), within[1].ravel())
    growth = linregress(centred[0].ravel(), (centred[1] - centred[2]).ravel())
    return {
        "trend of the Gini (slope)": (float(slope.slope), bool(slope.pvalue < 0.05)),
        "trend of the Gini (Mann-Kendall)": (0.0, bool(kendalltau(np.arange(len(trend)), trend).pvalue < 0.05)),
        "exposure on clicks": (float(pooled.slope), bool(pooled.pvalue < 0.05)),
        "the same, items and periods fixed": (float(fixed.slope), bool(fixed.pvalue < 0.05)),
        "growth of exposure on clicks": (float(growth.slope), bool(growth.pvalue < 0.05)),
    }


def gini(shown: np.ndarray) -> float:
    """Return the Gini coefficient of counts (n,)."""
    n = len(shown)
    return float(((2 * np.arange(1, n + 1) - n - 1) * np.sort(shown)).sum() / (n * shown.sum()))


def awkward_table(n: int) -> None:
    """Print alarms without a loop and coverage at .25 and .5 in awkward worlds."""
    print("| world | instrument | alarms at 0 | covered at .25 | at .5 | estimate / truth at .5 | unbounded at .5 |")
    for name, world in AWKWARD.items():
        by_gain = {gain: tallied(replace(world, gain=gain), n if gain else 2 * n, seed=3) for gain in (0.0, 0.25, 0.5)}
        report = np.mean([one.found == "loop" for one in by_gain[0.0][1]])
        for instrument, quiet in by_gain[0.0][0].items():
            quarter, half = (by_gain[gain][0].get(instrument, Tally()) for gain in (0.25, 0.5))
            print(
                f"| {name} | {instrument} | {100 * np.mean(quiet.alarms):.1f} % | {percent(quarter.covered)} | "
                f"{percent(half.covered)} | {middle(half.estimates)} / {middle(half.truths)} | "
                f"{percent([np.isinf(w) for w in half.widths])} |",
                flush=True,
            )
        print(f"| {name} | all but inverse, corrected | {100 * report:.1f} % | | | | |", flush=True)


def percent(said: list[bool]) -> str:
    """Return a share as a percentage."""
    return f"{100 * np.mean(said):.1f} %" if said else "-"


def middle(values: list[float]) -> str:
    """Return a median."""
    return f"{np.median(values):.3f}" if values else "-"


def needed_table(n: int) -> None:
    """Print foreseen half-widths of logs without randomisation beside those of logs that had it."""
    print("| gain | way | periods | foreseen | had |")
    for gain in (0.0, 0.5):
        quiet = replace(BASE, gain=gain, withheld=0.0, noise=0.0)
        seen = [foresee(record_of(traffic), smoothing=0.5) for traffic in histories(quiet, n, seed=7)]
        for way, share, noise in (("withheld", 0.03, 0.0), ("withheld", 0.1, 0.0), ("noise", 0.0, 0.1)):
            for n_periods in (8, 26):
                world = replace(quiet, withheld=share, noise=noise, n_periods=n_periods + 2)
                amount = share or noise
                foreseen = np.median([one.half_width(way, amount, n_periods) for one in seen if one])
                tallies, _ = tallied(world, n, seed=9)
                had = np.median(tallies[way].widths)
                print(f"| {gain} | {way} {amount} | {n_periods} | {foreseen:.3f} | {had:.3f} |", flush=True)


def elasticity_table(n: int) -> None:
    """Print the parameter beside the elasticities that a nudge of one item's clicks finds."""
    print("| gain | nudged, mean item | nudged, weighted by exposure |")
    for gain in GAINS:
        world = replace(BASE, gain=gain)
        plain, weighted = [], []
        for traffic in histories(world, min(n, 10), seed=1):
            found = elasticities(History(world, traffic))
            plain.append(found.mean())
            weighted.append((found * traffic.expected[:-1]).sum() / traffic.expected[:-1].sum())
        print(f"| {gain} | {np.mean(plain):.3f} | {np.mean(weighted):.3f} |", flush=True)


TABLES = {
    "gains": gains_table,
    "nudged": elasticity_table,
    "naive": naive_table,
    "awkward": awkward_table,
    "needed": needed_table,
}

if __name__ == "__main__":
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    for table in sys.argv[2:] or list(TABLES):
        TABLES[table](replicates)
