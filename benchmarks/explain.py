"""Measure whether the parts of a change cover the truth, and how often a quiet log shows one.

Worlds with known densities of rows and known answers; the truth is computed on a million rows with the true weights.
`python benchmarks/explain.py [replicates] [world …]` prints the tables of docs/evidence/performance.md.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from afterlaunch.logs import PredictionLog
from afterlaunch.performance.explain.build import judge_parts
from afterlaunch.performance.explain.favour import choose_accounting
from afterlaunch.performance.explain.ground import lay_ground
from afterlaunch.performance.explain.parts import split_change
from afterlaunch.performance.source import read_source

if TYPE_CHECKING:
    from afterlaunch.performance.explain.payload import Part, PartName
    from afterlaunch.stats.arrays import FloatArray

DAY_US = 86_400_000_000
PARTS = ("covariate", "new", "gone", "concept", "label", "given_label", "total")


@dataclass(frozen=True)
class World:
    """What differs between the windows: a shift of rows, of the mix of labels, of answers; and how days vary."""

    name: str
    covariate: float = 0.0  # shift of the first column's mean
    label: float = 1.0  # share of the current negatives that are kept
    concept: float = 0.0  # on the logit, where the last column is positive
    interacting: bool = False
    days: float = 0.0  # standard deviation on the logit of what days do to answers
    weather: float = 0.0  # standard deviation of a column that all rows of a day share
    persistence: float = 0.6
    n_reference: int = 40
    n_current: int = 20
    rows: int = 70  # a day

    def logit(self, x: FloatArray) -> FloatArray:
        """Return the model's logit of rows, right in the reference."""
        return 1.2 * x[:, 0] - 0.8 * x[:, 1] - 1 + (0.9 * x[:, 1] * x[:, 2] if self.interacting else 0.0)

    def draw(self, rng: np.random.Generator, n_reference: int, n_current: int) -> tuple[np.ndarray, ...]:
        """Return columns, answers, scores, day and window of the rows of so many days."""
        day = np.repeat(np.arange(n_reference + n_current), self.rows)
        current = day >= n_reference
        x = rng.normal(size=(len(day), 4))
        x[:, 0] += self.covariate * current
        if self.weather:
            x[:, 2] = self.weather * persistent(rng, day.max() + 1, 0.8)[day]
        score = 1 / (1 + np.exp(-self.logit(x)))
        effect = self.days * persistent(rng, day.max() + 1, self.persistence)[day]
        chance = 1 / (1 + np.exp(-(self.logit(x) + effect + self.concept * current * (x[:, 3] > 0))))
        answer = rng.random(len(day)) < chance
        kept = ~current | answer | (rng.random(len(day)) < self.label)
        return x[kept], answer[kept], score[kept], day[kept], current[kept]

    def ratio(self, x: FloatArray) -> FloatArray:
        """Return q/p at rows: how much more frequent they are in the current window, up to a factor."""
        shifted = np.exp(self.covariate * x[:, 0] - self.covariate**2 / 2)
        chance = 1 / (1 + np.exp(-(self.logit(x) + self.concept * (x[:, 3] > 0))))
        return shifted * (chance + self.label * (1 - chance))

    def truth(self) -> dict[str, float]:
        """Return the parts of the change, by the true weights."""
        rng = np.random.default_rng(12)
        x, answer, score, _, current = self.draw(rng, 12_000, 12_000)
        loss = -np.log(np.where(answer, score, 1 - score))
        ratio = self.ratio(x)
        ratio /= ratio[~current].mean()
        pi = ratio / (1 + ratio)
        before = np.average(loss[~current], weights=pi[~current])
        after = np.average(loss[current], weights=1 - pi[current])
        p, q = (answer[side].mean() for side in (~current, current))
        usual = [loss[~current & (answer == value)].mean() for value in (False, True)]
        ends = loss[~current].mean(), loss[current].mean()
        label = (q - p) * (usual[1] - usual[0])
        return {
            "new": ends[1] - after,
            "gone": before - ends[0],
            "covariate": ends[1] - after + before - ends[0],
            "concept": after - before,
            "label": label,
            "given_label": ends[1] - ends[0] - label,
            "total": ends[1] - ends[0],
        }


def persistent(rng: np.random.Generator, n: int, rho: float) -> FloatArray:
    """Return a series of variance 1 whose neighbours have correlation `rho`."""
    noise, series = rng.normal(size=n), np.zeros(n)
    series[0] = noise[0]
    for place in range(1, n):
        series[place] = rho * series[place - 1] + np.sqrt(1 - rho**2) * noise[place]
    return series


WORLDS = (
    World("quiet, independent rows"),
    World("quiet, independent rows, interacting", interacting=True),
    World("quiet, days of AR .6", days=0.4),
    World("quiet, days of AR .9", days=0.4, persistence=0.9),
    World("quiet, a column that is weather", weather=1.0, interacting=True, days=0.2),
    World("quiet, 14 + 7 days", n_reference=14, n_current=7, rows=200, days=0.3),
    World("covariate", covariate=0.8),
    World("covariate, interacting", covariate=0.8, interacting=True),
    World("covariate, days of AR .6", covariate=0.8, interacting=True, days=0.3),
    World("label", label=0.4),
    World("label, interacting", label=0.4, interacting=True),
    World("label, days of AR .6", label=0.4, days=0.3),
    World("concept", concept=1.5),
    World("concept, interacting", concept=1.5, interacting=True),
    World("covariate and concept", covariate=0.8, concept=1.5, interacting=True),
    World("label and concept", label=0.4, concept=1.5, interacting=True),
)


def explain(world: World, seed: int) -> tuple[dict[PartName, Part], str]:
    """Return the judged parts of one log, and the accounting that was favoured."""
    rng = np.random.default_rng(seed)
    x, answer, score, day, _ = world.draw(rng, world.n_reference, world.n_current)
    frame = pl.DataFrame(x, schema=["a", "b", "c", "d"]).with_columns(
        at=pl.Series(day * DAY_US + rng.integers(0, DAY_US, len(day))).cast(pl.Datetime("us", "UTC")),
        score=pl.Series(score),
        answer=pl.Series(answer),
    )
    log = PredictionLog(frame, time="at", score="score", target="answer")
    edge, end = (
        np.datetime64(int(n), "D").item().isoformat() for n in (world.n_reference, world.n_reference + world.n_current)
    )
    source = read_source(log, ("1970-01-01", edge), (edge, end), every="1d", by=None)
    ground = lay_ground(source, None)
    split = split_change(ground, rng=rng)
    choice = choose_accounting(ground, split, 0.05)
    return judge_parts(split.judged, "rows", 0.05, regression=False), choice.favoured


def report(world: World, replicates: int) -> None:
    """Print one world's line in each table."""
    truth = world.truth()
    start = time.process_time()
    runs = [explain(world, seed) for seed in range(replicates)]
    cost = (time.process_time() - start) / replicates
    covered, told, mean, width = {}, {}, {}, {}
    for name in PARTS:
        parts = [parts[name] for parts, _ in runs]
        ends = [(part.low, part.high) for part in parts if part.low is not None and part.high is not None]
        covered[name] = np.mean([low <= truth[name] <= high for low, high in ends]) if ends else np.nan
        width[name] = np.mean([high - low for low, high in ends]) / 2 if ends else np.nan
        told[name] = np.mean([part.mark in ("helps", "hurts") for part in parts])
        mean[name] = np.mean([part.change for part in parts if part.change is not None])
    anything = np.mean([any(part.mark in ("helps", "hurts") for part in parts.values()) for parts, _ in runs])
    favoured = [
        sum(one == name for _, one in runs) / replicates for name in ("features_first", "label_first", "cannot_tell")
    ]
    cells = [
        f"{truth[name]:+.3f} {mean[name]:+.3f} ±{width[name]:.3f} {covered[name]:.0%} {told[name]:.0%}"
        for name in PARTS
    ]
    shares = " / ".join(f"{one:.0%}" for one in favoured)
    print(
        f"| {world.name} | {' | '.join(cells)} | {anything:.0%} | {shares} | {cost:.2f} |",
        flush=True,
    )


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
