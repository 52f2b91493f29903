"""Measure how often each kind of feedback loop is found where there is none, and where there is one.

    python benchmarks/loops_kinds.py                 100 logs a world
    python benchmarks/loops_kinds.py 20              so many
    python benchmarks/loops_kinds.py 100 reports     of the three parts (users, reports, decisions) these alone

**Users.** A user likes one category, and a share of what is shown goes to users who like it. Where that share stays,
what users see is narrower than chance from the first week on, and no bubble closes; where it grows, one does. 200
items, 12 weeks of 10,000 impressions, 2,000 users. Beside the trend, which decides, stands the level: the mean share of
users below the line of 5 % of chance, and how often it exceeds the line by more than chance in the last week.

**Reports.** Whole reports of logs of 120 items, 16 weeks of 20,000 impressions and 4,000 users, with a gain or none.

**Decisions.** 3,000 rows that a scorer accepts by their score, by lot, or both, with outcomes that follow the score or
do not. Rates of accepted and of all rows differ where both follow the score. Prints a Markdown table each.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np

from afterlaunch.datasets import recommender
from afterlaunch.loops.measure import find_feedback_loops
from afterlaunch.stats.bubbles import Draws, Variety, draw_rows, measure_variety
from afterlaunch.stats.drawn import draw_impressions
from afterlaunch.stats.ecosystem import World, simulate
from afterlaunch.stats.selective import Decisions, measure_selective

RUNS, WEEKS, USERS, SIZE, BLOCKS = 100, 12, 2_000, 4, 7
LINE = 0.05
GAINS = (0.0, 0.3, 0.6)
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


def kinds_of(gain: float, seed: int) -> list[bool]:
    """Return which kinds the report of one log finds."""
    log = recommender(gain, n_items=120, n_weeks=16, rng=seed)
    return [kind.verdict == "found" for kind in find_feedback_loops(log).data.kinds[:3]]


def decided(*, by_score: bool, follows: bool, rng: np.random.Generator) -> tuple[bool, bool]:
    """Return whether a scorer's labels are found selective, and whether the interval holds the rate of all rows."""
    n = 3_000
    score = rng.uniform(size=n)
    chance = np.where(score < 0.5, 0.9, 0.2) if by_score else rng.choice([0.3, 0.6], n)
    rows = Decisions(
        score=score,
        labelled=rng.uniform(size=n) < chance,
        outcome=(rng.uniform(size=n) < (score if follows else 0.3)).astype(float),
        chance=chance,
    )
    found = measure_selective(rows)
    return found.pvalue <= LINE, found.weighted.low <= (0.5 if follows else 0.3) <= found.weighted.high


def rate(found: list[bool]) -> str:
    """Return a share in per cent with its standard error."""
    share = float(np.mean(found))
    return f"{100 * share:.1f} ± {100 * (share * (1 - share) / len(found)) ** 0.5:.1f}"


def print_users(n: int) -> None:
    """Print the rates of every world of users."""
    print(f"{n} logs a world\n\n| world | said to narrow, % | below the line, % | level alone alarms, % |")
    print("|---|---|---|---|")
    for name, (gain, first, last) in WORLDS.items():
        rng = np.random.default_rng(20)
        narrowed, below, level = zip(*(run(gain, first, last, rng) for _ in range(n)), strict=True)
        print(f"| {name} | {rate(narrowed)} | {100 * np.mean(below):.1f} | {100 * np.mean(level):.0f} |", flush=True)


def print_reports(n: int) -> None:
    """Print how often whole reports find each kind."""
    print(f"\n{n} logs each\n\n| gain | exposure bias, % | popularity bias, % | filter bubble, % |\n|---|---|---|---|")
    for gain in GAINS:
        found = zip(*(kinds_of(gain, seed) for seed in range(n)), strict=True)
        print(f"| {gain} | {' | '.join(map(rate, found))} |", flush=True)


def print_decisions(n: int) -> None:
    """Print how often labels are found selective."""
    print(f"\n{n} logs each\n\n| accepted | outcomes | found selective, % | interval holds, % |\n|---|---|---|---|")
    for by_score, accepted in ((False, "by lot"), (True, "by score, with chance")):
        for follows, outcomes in ((False, "as likely for every score"), (True, "follow the score")):
            rng = np.random.default_rng(30)
            found, held = zip(*(decided(by_score=by_score, follows=follows, rng=rng) for _ in range(n)), strict=True)
            print(f"| {accepted} | {outcomes} | {rate(found)} | {rate(held)} |", flush=True)


def main() -> None:
    """Print what was asked for."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    for name in sys.argv[2:] or PARTS:
        PARTS[name](n)


PARTS = {"users": print_users, "reports": print_reports, "decisions": print_decisions}

if __name__ == "__main__":
    main()
