"""Measure whether the parts of a change cover the truth, and how often a quiet log shows one.

`python benchmarks/explain.py [replicates] [world …]` prints the tables of docs/evidence/performance.md. The truth is
computed on 600,000 rows with the true weights.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from afterlaunch.performance.explain.build import judge_parts
from afterlaunch.performance.explain.favour import choose_accounting
from explain_worlds import WORLDS, World

if TYPE_CHECKING:
    from afterlaunch.performance.explain.payload import Part, PartName

PARTS: tuple[PartName, ...] = ("covariate", "new", "gone", "concept", "label", "given_label", "total")
FAVOURED = ("features_first", "label_first", "cannot_tell")
ALARM_RATE = 0.05
TRUTH_ROWS = 600_000


class Run(NamedTuple):
    """What one log was said to be."""

    parts: dict[PartName, Part]
    favoured: str


def true_parts(world: World) -> dict[str, float]:
    """Return the parts of the change, by the true weights."""
    days = TRUTH_ROWS // (2 * world.rows)
    drawn = world.draw(np.random.default_rng(12), days, days * world.rows // (world.rows_current or world.rows))
    loss, ratio, current, label = world.loss(drawn), world.ratio(drawn.x), drawn.current, world.cells(drawn)
    ratio /= ratio[~current].mean()
    pi = ratio / (1 + ratio)
    before = np.average(loss[~current], weights=pi[~current])
    after = np.average(loss[current], weights=1 - pi[current])
    ends = loss[~current].mean(), loss[current].mean()
    mixes = [np.bincount(label[side], minlength=label.max() + 1) / side.sum() for side in (~current, current)]
    usual = np.bincount(label[~current], loss[~current]) / np.bincount(label[~current])
    moved = float((mixes[1] - mixes[0]) @ usual)
    return {
        "new": ends[1] - after,
        "gone": before - ends[0],
        "covariate": ends[1] - after + before - ends[0],
        "concept": after - before,
        "label": moved,
        "given_label": ends[1] - ends[0] - moved,
        "total": ends[1] - ends[0],
    }


def explain(world: World, seed: int) -> Run:
    """Return the judged parts of one log, and the accounting that was favoured."""
    _, ground, split = world.split(seed)
    parts = judge_parts(split.judged, "rows", ALARM_RATE, regression=world.task == "regression")
    return Run(parts, choose_accounting(ground, split, ALARM_RATE).favoured)


def cell(name: PartName, truth: float, runs: list[Run]) -> str:
    """Return truth, mean estimate, half width, coverage, and how often the part stands out."""
    parts = [run.parts[name] for run in runs if run.parts[name].change is not None]
    if not parts:
        return "cannot tell"
    ends = [(part.low, part.high) for part in parts if part.low is not None and part.high is not None]
    covered = np.mean([low <= truth <= high for low, high in ends])
    width = np.mean([high - low for low, high in ends]) / 2
    told = np.mean([run.parts[name].mark in ("helps", "hurts") for run in runs])
    mean = np.mean([part.change for part in parts])
    return f"{truth:+.3f} {mean:+.3f} ±{width:.3f} {covered:.0%} {told:.0%}"


def report(world: World, replicates: int) -> None:
    """Print one world's line in each table."""
    truth = true_parts(world)
    start = time.process_time()
    runs = [explain(world, seed) for seed in range(replicates)]
    cost = (time.process_time() - start) / replicates
    anything = np.mean([any(part.mark in ("helps", "hurts") for part in run.parts.values()) for run in runs])
    shares = " / ".join(f"{np.mean([run.favoured == name for run in runs]):.0%}" for name in FAVOURED)
    cells = " | ".join(cell(name, truth[name], runs) for name in PARTS)
    print(f"| {world.name} | {cells} | {anything:.0%} | {shares} | {cost:.2f} |", flush=True)


def main() -> None:
    """Print the table: truth, mean estimate, half width, coverage, share of runs in which the part stands out."""
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    wanted = sys.argv[2:]
    print(
        f"{replicates} logs a world; a cell: truth, mean estimate, half width, coverage of 95 %, share that stands out"
    )
    print(f"| world | {' | '.join(PARTS)} | any part | features / label / cannot tell | CPU s |")
    print("|---|" + "---|" * (len(PARTS) + 3))
    for world in WORLDS:
        if not wanted or any(part in world.name for part in wanted):
            report(world, replicates)


if __name__ == "__main__":
    main()
