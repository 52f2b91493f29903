"""Measure whether the shares of the covariate part, by column and by slice, cover the truth.

`python benchmarks/explain_shares.py [replicates] [world …]` prints the tables of docs/evidence/performance.md. A
column's truth is its exact Shapley value on the true expected losses and the true shared rows; a slice's truth is what
its rows add to the part, by the true weights, on as many rows.
"""

from __future__ import annotations

import sys
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri

from afterlaunch.performance.explain.columns import share_among_columns
from afterlaunch.performance.explain.conditions import expression_of
from afterlaunch.performance.explain.slices import share_among_slices
from explain_worlds import BUSY, NAMES, SITES, WORLDS, World, chances, spread

if TYPE_CHECKING:
    from afterlaunch.performance.explain.payload import ColumnPart, SlicePart
    from afterlaunch.stats.arrays import FloatArray

N_TRUTH = 300_000
N_PAIRS = 40_000
NODES = ndtri((np.arange(9) + 0.5) / 9)  # of what a day does


class Truth(NamedTuple):
    """Each column's share, the part itself, and rows with what each adds to it."""

    column: dict[str, float]
    covariate: float
    rows: pl.DataFrame
    added: FloatArray


def expected_loss(world: World, x: FloatArray, *, current: bool) -> FloatArray:
    """Return the loss to be expected of rows in either window."""
    side = np.full(len(x), current)
    level = world.level(x)
    return np.mean([_expected(world, world.truth_of(x, side, world.days * node), level) for node in NODES], axis=0)


def _expected(world: World, truth: FloatArray, level: FloatArray) -> FloatArray:
    if world.task == "regression":
        far, sd = truth - level, spread(truth)
        return sd * np.sqrt(2 / np.pi) * np.exp(-((far / sd) ** 2) / 2) + far * (1 - 2 * ndtr(-far / sd))
    given, said = chances(truth, world.task), chances(level, world.task)
    if given.ndim == 1:
        given, said = (np.column_stack([1 - one, one]) for one in (given, said))
    return -(given * np.log(said)).sum(axis=1)


def true_shares(world: World) -> Truth:
    """Return what each column and each row adds."""
    rng = np.random.default_rng(5)
    days = N_TRUTH // (2 * world.rows)
    drawn = world.draw(rng, days, days)
    x, current, ratio = drawn.x, drawn.current, world.ratio(drawn.x)
    pi = ratio / ratio[~current].mean()
    pi = pi / (1 + pi)
    losses = [expected_loss(world, x, current=side) for side in (False, True)]
    p, q = np.where(~current, 1 / (~current).sum(), 0), np.where(current, 1 / current.sum(), 0)
    shared = (p * pi + q * (1 - pi)) / (p @ pi + q @ (1 - pi))
    before, after = shared @ losses[0], shared @ losses[1]
    added = (q - shared) * (losses[1] - after) - (p - shared) * (losses[0] - before)
    picked = rng.choice(len(x), N_PAIRS, p=shared)
    ends = rng.choice(np.flatnonzero(~current), N_PAIRS), rng.choice(np.flatnonzero(current), N_PAIRS)
    value = shapley(world, x[ends[0]], x[picked], current=False) + shapley(world, x[picked], x[ends[1]], current=True)
    sites = pl.Series([("v", "w", "x", "y", "z")[int(code)] for code in range(SITES)])
    rows = pl.DataFrame(x, schema=list(NAMES)).with_columns(site=sites[x[:, 4].astype(int).tolist()])
    return Truth(dict(zip(NAMES, value.tolist(), strict=True)), float(added.sum()), rows, added)


def shapley(world: World, start: FloatArray, end: FloatArray, *, current: bool) -> FloatArray:
    """Return each column's exact Shapley value as rows turn from start to end, by all sets of columns."""
    p = start.shape[1]
    level: dict[frozenset[int], float] = {}
    for size in range(p + 1):
        for chosen in combinations(range(p), size):
            turned = start.copy()
            turned[:, list(chosen)] = end[:, list(chosen)]
            level[frozenset(chosen)] = float(expected_loss(world, turned, current=current).mean())
    value = np.zeros(p)
    for column in range(p):
        for chosen, before in level.items():
            if column not in chosen:
                weight = factorial(len(chosen)) * factorial(p - len(chosen) - 1) / factorial(p)
                value[column] += weight * (level[chosen | {column}] - before)
    return value


def explain(world: World, seed: int) -> tuple[tuple[ColumnPart, ...], tuple[SlicePart, ...]]:
    """Return the shares of one log."""
    _, ground, split = world.split(seed)
    by_column = share_among_columns(ground, split, rng=np.random.default_rng(seed))
    return by_column, share_among_slices(ground, split, by_column)


def report(world: World, replicates: int) -> None:
    """Print one world's lines."""
    truth = true_shares(world)
    runs = [explain(world, seed) for seed in range(replicates)]
    cells = [_column(name, value, [columns for columns, _ in runs]) for name, value in truth.column.items()]
    rest = [one.change for columns, _ in runs for one in columns if one.column is None]
    slices = [
        (one, truth.added[truth.rows.select(expression_of(one.conditions)).to_series().to_numpy()].sum())
        for _, found in runs
        for one in found
    ]
    sure = [one.low * one.high > 0 for one, _ in slices if one.low is not None and one.high is not None]
    held = [one.low <= value <= one.high for one, value in slices if one.low is not None and one.high is not None]
    error = np.mean([one.change - value for one, value in slices])
    print(
        f"| {world.name} | {truth.covariate:+.3f} | {' | '.join(cells)} | {np.mean(rest):+.3f} | {np.mean(held):.0%} "
        f"({len(held)}) {error:+.4f} {np.mean(sure):.0%} | {_first(truth, runs)} |",
        flush=True,
    )


def _column(name: str, value: float, runs: list[tuple[ColumnPart, ...]]) -> str:
    found = [next(one for one in columns if one.column == name) for columns in runs]
    ends = [(one.low, one.high) for one in found if one.low is not None and one.high is not None]
    covered = np.mean([low <= value <= high for low, high in ends])
    sure = np.mean([low * high > 0 for low, high in ends])
    width = np.mean([high - low for low, high in ends]) / 2
    return f"{value:+.4f} {np.mean([one.change for one in found]):+.4f} ±{width:.4f} {covered:.0%} {sure:.0%}"


def _first(truth: Truth, runs: list[tuple[tuple[ColumnPart, ...], tuple[SlicePart, ...]]]) -> str:
    """Return how often the first column is the one that adds most."""
    most = max(truth.column, key=lambda name: abs(truth.column[name]))
    return f"{np.mean([columns[0].column == most for columns, _ in runs]):.0%}"


def main() -> None:
    """Print truth, mean estimate, half width, coverage and share of sure ones by column; coverage of the slices."""
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    wanted = sys.argv[2:] or ["quiet", "covariate"]
    print(f"{replicates} logs a world; site {BUSY} is the busier one")
    print(f"| world | covariate | {' | '.join(NAMES)} | rest | slices: held, error, sure | first column |")
    print("|---|" + "---|" * (len(NAMES) + 4))
    for world in WORLDS:
        same_labels = world.label == 1 and not world.weekend and not world.rows_current and not world.weather
        if same_labels and any(part in world.name for part in wanted):
            report(world, replicates)


if __name__ == "__main__":
    main()
