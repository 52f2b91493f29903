"""Measure how often users who only have tastes are said to narrow, and how often users who do narrow are.

    python benchmarks/loops_kinds.py        100 logs a world
    python benchmarks/loops_kinds.py 20     so many

A user likes one category, and a share of what is shown goes to users who like it. Where that share stays, what users
see is narrower than chance from the first week on, and no bubble closes; where it grows, one does. 200 items, 12 weeks
of 10,000 impressions, 2,000 users. Beside the trend, which decides, stands the level: the mean share of users below the
line of 5 % of chance, and how often it exceeds the line by more than chance in the last week. Prints a Markdown table.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np

from afterlaunch.stats.bubbles import Draws, Variety, draw_rows, measure_variety
from afterlaunch.stats.drawn import draw_impressions
from afterlaunch.stats.ecosystem import World, simulate

RUNS, WEEKS, USERS, SIZE, BLOCKS = 100, 12, 2_000, 4, 7
LINE = 0.05
WORLDS = {
    "no taste, no loop": (0.0, 0.0, 0.0),
    "no taste, gain .6": (0.6, 0.0, 0.0),
    "taste .3, no loop": (0.0, 0.3, 0.3),
    "taste .3, gain .6": (0.6, 0.3, 0.3),
    "taste .6, gain .6": (0.6, 0.6, 0.6),
    "taste grows 0 to .2": (0.6, 0.0, 0.2),
    "taste grows .1 to .5": (0.6, 0.1, 0.5),
}


class Row(NamedTuple):
    """One log: whether its users narrowed, the share below the line, and whether that alone would alarm."""

    narrowed: bool
    below: float
    level_alarm: bool


def variety_of(gain: float, first: float, last: float, rng: np.random.Generator) -> Variety:
    """Return the variety of one log, in which the share that follows taste goes from `first` to `last`."""
    world = World(gain=gain, n_periods=WEEKS, n_impressions=10_000)
    traffic = simulate(world, rng=rng).run(0)
    early = draw_impressions(traffic, n_users=USERS, slots=5, narrow=first, rng=rng)
    late = draw_impressions(traffic, n_users=USERS, slots=5, narrow=last, rng=rng)
    share = np.arange(WEEKS) / (WEEKS - 1)
    parts = []
    for one, weight in ((early, 1 - share), (late, share)):
        week = one.moment.astype(np.int64)
        # Each week's users come from one of the two draws or the other, by their number.
        kept = (one.user / USERS < weight[week]) if one is early else (one.user / USERS >= 1 - weight[week])
        parts.append((week[kept], one.user[kept], one.item[kept], one.moment[kept]))
    week, user, item, moment = (np.concatenate(part) for part in zip(*parts, strict=True))
    rows = draw_rows(week, user, SIZE, rng)
    block = ((moment - week) * BLOCKS).astype(np.int64)
    category = traffic.ground.category[item]
    draws = Draws(
        period=week[rows[:, 0]], user=user[rows[:, 0]], item=item[rows], category=category[rows], block=block[rows]
    )
    return measure_variety(draws, WEEKS, rng)


def run(gain: float, first: float, last: float, rng: np.random.Generator) -> Row:
    """Return what one log says."""
    found = variety_of(gain, first, last, rng)
    share, n = float(found.narrowed[-1]), int(found.n_users[-1])
    alarm = share - 1.96 * (max(share * (1 - share), LINE * (1 - LINE)) / n) ** 0.5 > LINE
    return Row(found.trend is not None and found.trend[2] < 0, float(np.nanmean(found.narrowed)), alarm)


def main() -> None:
    """Print the rates of every world."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    print(f"{n} logs a world\n\n| world | said to narrow, % | below the line, % | level alone alarms, % |")
    print("|---|---|---|---|")
    for name, (gain, first, last) in WORLDS.items():
        rng = np.random.default_rng(20)
        rows = [run(gain, first, last, rng) for _ in range(n)]
        narrowed, below, level = (100 * float(np.mean(part)) for part in zip(*rows, strict=True))
        margin = 100 * (narrowed / 100 * (1 - narrowed / 100) / n) ** 0.5
        print(f"| {name} | {narrowed:.0f} ± {margin:.1f} | {below:.1f} | {level:.0f} |", flush=True)


if __name__ == "__main__":
    main()
