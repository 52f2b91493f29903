"""What could be done about a loop, tried in a simulator that starts where a log ends.

The policy of `ecosystem` is given the items of a log: what each earned in clicks, how much it was shown, and what of
that its clicks do not explain. Every setting meets the same items, gains and luck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.stats.concentration import gini
from afterlaunch.stats.ecosystem import Ground, World, run_on

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.ecosystem import Traffic
    from afterlaunch.stats.gain.record import Record

RECENT = 8  # periods that tell how the policy works today
MOST_ITEMS = 400  # that are simulated: a sample, evenly spaced from the most to the least shown
RUNS = 12
BAND = (0.1, 0.5, 0.9)
NEW = 4  # periods for which an item counts as new
LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What is known of the gain: an estimate within an interval, and what the model adds to counts."""

    estimate: float
    low: float
    high: float
    smoothing: float

    def draw(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Return `n` gains from a normal law with this interval, all within it."""
        spread = (self.high - self.low) / (2 * 1.959964)
        return np.clip(rng.normal(self.estimate, spread, n), self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A way to go on: shares of impressions shown at random and kept for new items; whether feedback is corrected."""

    explore: float
    correct: bool
    guarantee: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """Where a log ends, for R runs: the ground of the periods to come, and the policy as it is."""

    ground: Ground
    gain: FloatArray
    smoothing: float
    remedy: Remedy
    new_items: float  # of the catalogue, each period

    @property
    def horizon(self) -> int:
        """The periods that are simulated."""
        return len(self.ground.impressions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a remedy leads to, by run and period (R, T), and at the end the rank correlation (R,) with merit."""

    gini: FloatArray
    click_rate: FloatArray
    clicks: FloatArray
    merit_correlation: FloatArray


def calibrate(
    record: Record, belief: Belief, *, explore: float, horizon: int, rng: np.random.Generator
) -> Today | None:
    """Return where the log of `record` ends; None where nothing was shown or clicked lately.

    An item's content is what of its exposure (logarithm, mean of the last eight periods) `belief`'s gain and its clicks
    of the periods before do not explain; how it moved about that mean goes on, by whole periods drawn from the log. Its
    clicks per impression are drawn from what its clicks leave open.
    """
    recent = slice(max(len(record.shown) - RECENT, 1), None)
    live = record.there()[-1] & (record.shown[recent].sum(axis=0) > 0)
    if live.sum() < 2 or not record.clicked[:, live].any():
        return None
    chosen = _sample(record, live)
    gain = belief.draw(RUNS, rng)
    shown, used = record.shown[:, chosen], record.used[:, chosen].astype(np.float64)
    exposure = record.log_exposure()[recent][:, chosen]
    exposure = np.where(np.isfinite(exposure), exposure, np.log(0.5))
    exposure = _without_explored(exposure, explore)
    before = np.log(used[slice(max(len(used) - RECENT, 1) - 1, -1)] + belief.smoothing)
    content = exposure[None] - gain[:, None, None] * before[None]
    content -= content.mean(axis=2, keepdims=True)
    fresh = _fresh_share(record)
    return Today(
        ground=_ground(content, _rates(record, chosen, rng), shown, used, fresh=fresh, horizon=horizon, rng=rng),
        gain=gain,
        smoothing=belief.smoothing,
        remedy=Remedy(explore=explore, correct=False, guarantee=0.0),
        new_items=fresh,
    )


def _sample(record: Record, live: BoolArray) -> IntArray:
    """Return the items that are simulated: all, or as many, evenly spaced in the order of their exposure."""
    items = np.flatnonzero(live)
    order = items[np.argsort(-record.shown[-RECENT:][:, items].sum(axis=0), kind="stable")]
    if len(order) <= MOST_ITEMS:
        return order
    return order[((np.arange(MOST_ITEMS) + 0.5) * len(order) / MOST_ITEMS).astype(np.int64)]


def _without_explored(exposure: FloatArray, explore: float) -> FloatArray:
    """Return the logarithm of the exposure (T, n) that is not shown at random."""
    amount = np.exp(exposure)
    even = amount.mean(axis=1, keepdims=True)
    return np.log(np.maximum(amount - explore * even, LEAST * even))


def _rates(record: Record, chosen: IntArray, rng: np.random.Generator) -> FloatArray:
    """Return clicks per impression (R, n), drawn from what is known of each item's."""
    clicks, views = (one[:, chosen].sum(axis=0).astype(np.float64) for one in (record.clicked, record.shown))
    mean = clicks.sum() / max(views.sum(), 1.0)
    worth = 1 / max(mean, LEAST)  # the mean counts as much as one click
    return np.minimum(rng.gamma(clicks + 1.0, 1.0, (RUNS, len(chosen))) / (views + worth), 0.9)


def _fresh_share(record: Record) -> float:
    """Return the share of the items that are new in a period, from the third one on."""
    there = record.there()
    first = np.where(there.any(axis=0), there.argmax(axis=0), 0)
    late = first >= 2
    n_live = there[2:].sum(axis=1).mean() if len(there) > 2 else 0.0
    return float(late.sum() / (len(there) - 2) / n_live) if n_live > 0 else 0.0


def _ground(  # noqa: PLR0913 - what the periods to come are made of
    content: FloatArray,
    rate: FloatArray,
    shown: IntArray,
    used: FloatArray,
    *,
    fresh: float,
    horizon: int,
    rng: np.random.Generator,
) -> Ground:
    """Return the periods to come: old items as they are, and new ones like any of them."""
    n_runs, n = int(content.shape[0]), int(content.shape[2])
    n_new = round(fresh * n)
    live, age, old = _catalogue(n, n_new, horizon, rng)
    base, moves = content.mean(axis=1), content - content.mean(axis=1, keepdims=True)
    drawn = rng.integers(0, content.shape[1], horizon)
    like = rng.choice(n, len(old) - n)
    picked = np.concatenate([np.arange(n), like])
    impressions = np.full(horizon, round(float(shown[-RECENT:].sum(axis=1).mean())), dtype=np.int64)
    start = np.zeros((n_runs, len(picked)))
    start[:, :n] = used[-1]
    return Ground(
        rate=np.repeat(rate[:, None, picked], horizon, axis=1),
        content=(base[:, None] + moves[:, drawn])[..., picked],
        noise=np.zeros((n_runs, horizon, len(picked))),
        live=live,
        age=age,
        category=np.zeros(len(picked), dtype=np.int64),
        impressions=np.maximum(impressions, 1),
        learnt=start,
    )


def _catalogue(n: int, n_new: int, horizon: int, rng: np.random.Generator) -> tuple[BoolArray, IntArray, BoolArray]:
    """Return which items are there and how old they are, by period (T, m), and which were there at the start (m,)."""
    m = n + n_new * horizon
    live, born = np.zeros((horizon, m), dtype=bool), np.full(m, -NEW)
    there = np.arange(n)
    for t in range(horizon):
        if n_new:
            fresh = n + n_new * t + np.arange(n_new)
            there = np.concatenate([rng.permutation(there)[n_new:], fresh])
            born[fresh] = t
        live[t, there] = True
    return live, np.arange(horizon)[:, None] - born, np.arange(m) < n


def try_out(today: Today, remedy: Remedy, *, seed: int) -> Outlook:
    """Return what `remedy` leads to; with the same `seed` every remedy meets the same luck."""
    ground = today.ground
    n_live, n_new = int(ground.live[-1].sum()), int((ground.live[-1] & (ground.age[-1] < NEW)).sum())
    world = World(
        gain=today.gain[:, None],
        smoothing=today.smoothing,
        explore=remedy.explore,
        correct=float(remedy.correct),
        guarantee=remedy.guarantee * n_live / n_new if n_new else 0.0,
        n_new=NEW,
    )
    traffic = run_on(ground, world, rng=np.random.default_rng(seed))
    return _outlook(traffic)


def _outlook(traffic: Traffic) -> Outlook:
    ground = traffic.ground
    shown = traffic.shown.sum(axis=-1)
    clicks = (traffic.expected * ground.rate).sum(axis=-1)
    live = ground.live
    spread = np.stack([gini(traffic.expected[:, t][:, live[t]]) for t in range(len(live))], axis=1)
    last = live[-1]
    return Outlook(
        gini=spread,
        click_rate=clicks / np.maximum(shown, 1),
        clicks=clicks,
        merit_correlation=_rank_correlation(traffic.expected[:, -1][:, last], ground.rate[:, -1][:, last]),
    )


def _rank_correlation(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return Spearman's rank correlation of each row; ties are ranked in their order."""
    ranks = [np.argsort(np.argsort(one, axis=-1, kind="stable"), axis=-1).astype(np.float64) for one in (a, b)]
    x, y = (one - one.mean(axis=-1, keepdims=True) for one in ranks)
    return (x * y).sum(axis=-1) / np.sqrt((x * x).sum(axis=-1) * (y * y).sum(axis=-1))


def band(values: FloatArray) -> FloatArray:
    """Return the low end, the middle and the high end of runs (R, ...): 80 % lie between the ends."""
    return np.quantile(values, BAND, axis=0)


def cost(changed: Outlook, today: Outlook) -> FloatArray:
    """Return by run the share of clicks that a remedy loses over the horizon; below 0 it gains."""
    return 1 - changed.clicks.sum(axis=1) / today.clicks.sum(axis=1)
