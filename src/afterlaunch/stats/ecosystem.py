"""A recommender that learns from its own clicks, in counts by period and item: known truth for what measures loops.

Each period the policy scores the items, shows them at random in proportion to exp(score), counts clicks, and learns:
score = gain × log(clicks in training + smoothing) + content + noise. Quality raises clicks and, through content, also
exposure: what is shown more would be clicked more without any loop, which is what misleads regressions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray

HIGHEST_RATE = 0.9  # clicks per impression
CONTENT_PERSISTENCE = 0.8  # of what the model's other features do, from one period to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How an ecosystem works: `n_items` over `n_periods` of `n_impressions` each.

    Learning: `gain` is the power of the clicks in the score (or (R, 1): one for each run), `smoothing` what is added to
    them, `memory` the share of the clicks learnt from that lasts another period, `correct` the power of the expected
    exposure that they are divided by (1: propensity-corrected). Randomisation: `explore` is the share of impressions
    shown evenly, `withheld` the share kept out of training (from period `withheld_from` on), `noise` the standard
    deviation of the noise added to scores. `guarantee` is the least exposure of an item in its first `n_new` periods,
    as a share of an even one.

    Items: clicks per impression `click_rate` on average, their logarithm spread by `quality`, and wandering by `drift`
    a period; content is spread by `content`, follows quality by `confounding`, wanders by `wander`, is drawn anew every
    `version_every` periods; `shock` is what a period does to the scores of one of `n_categories`. `churn` is the share
    of items replaced each period; `traffic` spreads the logarithm of the impressions; `burst` impressions are drawn as
    one (a list that is shown again).
    """

    n_items: int = 200
    n_periods: int = 27
    n_impressions: int = 40_000
    gain: float | FloatArray = 0.0
    smoothing: float = 0.5
    memory: float = 0.0
    correct: float = 0.0
    explore: float = 0.03
    withheld: float = 0.0
    withheld_from: int = 0
    noise: float = 0.0
    guarantee: float = 0.0
    n_new: int = 4
    click_rate: float = 0.08
    quality: float = 0.5
    drift: float = 0.0
    content: float = 0.5
    confounding: float = 0.5
    wander: float = 0.1
    version_every: int | None = None
    shock: float = 0.0
    n_categories: int = 8
    churn: float = 0.0
    traffic: float = 0.0
    burst: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the policy finds, by run, period and item (R, T, n): it does not depend on what is shown.

    `rate` is clicks per impression, `content` the score apart from clicks and noise, `noise` what is injected. `live`
    (T, n) tells which items are in the catalogue, `age` (T, n) for how many periods they have been; `category` (n,);
    `impressions` (T,); `learnt` (R, n) are the clicks remembered at the start.
    """

    rate: FloatArray
    content: FloatArray
    noise: FloatArray
    live: BoolArray
    age: IntArray
    category: IntArray
    impressions: IntArray
    learnt: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What happened, by run, period and item (R, T, n).

    `shown` impressions, `clicked` of them; `withheld` impressions kept out of training, `withheld_clicked` of them
    clicked; `used` clicks in training; `expected` impressions by the policy's own probabilities; `learnt` (R, T, n) the
    clicks as the policy remembered them when it scored the period. `ground` is what it all rests on.
    """

    shown: IntArray
    clicked: IntArray
    withheld: IntArray
    withheld_clicked: IntArray
    expected: FloatArray
    learnt: FloatArray
    ground: Ground

    @property
    def used(self) -> IntArray:
        """The clicks that the policy was trained on."""
        return self.clicked - self.withheld_clicked

    def run(self, i: int) -> Traffic:
        """Return run `i` alone, its arrays by period and item (T, n)."""
        g = self.ground
        ground = replace(g, rate=g.rate[i], content=g.content[i], noise=g.noise[i], learnt=g.learnt[i])
        return Traffic(
            shown=self.shown[i],
            clicked=self.clicked[i],
            withheld=self.withheld[i],
            withheld_clicked=self.withheld_clicked[i],
            expected=self.expected[i],
            learnt=self.learnt[i],
            ground=ground,
        )


def simulate(world: World, *, rng: np.random.Generator, n_runs: int = 1) -> Traffic:
    """Return `n_runs` independent histories of `world`, each on a ground of its own.

    >>> traffic = simulate(World(gain=0.6), rng=np.random.default_rng(0)).run(0)
    >>> traffic.shown.shape, int(traffic.shown[-1].sum()), round(float(traffic.expected[-1].sum()))
    ((27, 200), 40000, 40000)
    """
    return run_on(lay_ground(world, rng=rng, n_runs=n_runs), world, rng=rng)


def run_on(ground: Ground, world: World, *, rng: np.random.Generator) -> Traffic:
    """Return what happens on `ground`, period by period, where the policy learns as `world` says."""
    counts = {name: np.zeros(ground.content.shape, np.int64) for name in ("shown", "clicked", "withheld", "kept_out")}
    expected, remembered = np.zeros(ground.content.shape), np.zeros(ground.content.shape)
    learnt = ground.learnt
    for t, n in enumerate(ground.impressions.tolist()):
        remembered[:, t] = learnt
        expected[:, t] = n * exposure_shares(learnt, ground, world, t)
        shown = world.burst * rng.multinomial(n // world.burst, expected[:, t] / expected[:, t].sum(-1, keepdims=True))
        clicked = rng.binomial(shown, ground.rate[:, t])
        share = world.withheld if t >= world.withheld_from else 0.0
        kept_out = rng.binomial(clicked, share)
        counts["shown"][:, t], counts["clicked"][:, t], counts["kept_out"][:, t] = shown, clicked, kept_out
        counts["withheld"][:, t] = kept_out + rng.binomial(shown - clicked, share)
        learnt = learn(learnt, clicked - kept_out, expected[:, t], world)
    return Traffic(
        shown=counts["shown"],
        clicked=counts["clicked"],
        withheld=counts["withheld"],
        withheld_clicked=counts["kept_out"],
        expected=expected,
        learnt=remembered,
        ground=ground,
    )


def exposure_shares(learnt: FloatArray, ground: Ground, world: World, t: int) -> FloatArray:
    """Return each item's share of the impressions of period `t` (..., n), given the clicks `learnt` (..., n)."""
    live = ground.live[t]
    score = world.gain * np.log(learnt + world.smoothing) + ground.content[..., t, :] + ground.noise[..., t, :]
    weight = np.exp(score - score.max(axis=-1, keepdims=True)) * live
    even = live / live.sum()
    shares = (1 - world.explore) * weight / weight.sum(axis=-1, keepdims=True) + world.explore * even
    if world.guarantee:
        shares = np.maximum(shares, world.guarantee * even * (ground.age[t] < world.n_new))
        shares = shares / shares.sum(axis=-1, keepdims=True)
    return shares


def learn(learnt: FloatArray, used: IntArray | FloatArray, expected: FloatArray, world: World) -> FloatArray:
    """Return the clicks remembered after a period of `used` clicks at `expected` impressions (..., n)."""
    signal = used.astype(np.float64)
    if world.correct:
        there = expected > 0
        usual = expected.sum(axis=-1, keepdims=True) / np.maximum(there.sum(axis=-1, keepdims=True), 1)
        signal = signal / np.where(there, expected / usual, 1.0) ** world.correct
    return world.memory * learnt + signal


def lay_ground(world: World, *, rng: np.random.Generator, n_runs: int = 1) -> Ground:
    """Return what the policy of `world` finds, drawn anew for each run; who comes and goes is the same in all."""
    live, age = _catalogue(world, rng)
    n_periods, n = live.shape
    category: IntArray = np.arange(n, dtype=np.int64) % world.n_categories
    quality = world.quality * rng.normal(size=(n_runs, 1, n))
    quality = quality + world.drift * np.cumsum(rng.normal(size=(n_runs, n_periods, n)), axis=1)
    rate = world.click_rate * np.exp(quality - world.quality**2 / 2)
    spread = world.traffic * rng.normal(size=(n_periods, 1))
    learnt = (1 - world.withheld) * world.click_rate * world.n_impressions / world.n_items / (1 - world.memory)
    shock = world.shock * rng.normal(size=(n_runs, n_periods, world.n_categories))
    return Ground(
        rate=np.minimum(rate, HIGHEST_RATE),
        content=world.confounding * quality + _content(world, (n_runs, n_periods, n), rng) + shock[..., category],
        noise=world.noise * rng.normal(size=(n_runs, n_periods, n)),
        live=live,
        age=age,
        category=category,
        impressions=np.rint(world.n_impressions * np.exp(spread[:, 0])).astype(np.int64),
        learnt=np.where(live[0], learnt, 0.0) * np.ones((n_runs, 1)),
    )


def _content(world: World, shape: tuple[int, int, int], rng: np.random.Generator) -> FloatArray:
    """Return what the model thinks of items apart from their quality and clicks: fixed by version, and wandering."""
    n_runs, n_periods, n = shape
    version = np.arange(n_periods) // (world.version_every or n_periods)
    fixed = world.content * rng.normal(size=(n_runs, version[-1] + 1, n))[:, version]
    wandering = rng.normal(size=shape)
    for t in range(1, n_periods):
        fresh = np.sqrt(1 - CONTENT_PERSISTENCE**2) * wandering[:, t]
        wandering[:, t] = CONTENT_PERSISTENCE * wandering[:, t - 1] + fresh
    return fixed + world.wander * wandering


def _catalogue(world: World, rng: np.random.Generator) -> tuple[BoolArray, IntArray]:
    """Return which items are there and for how many periods they have been (T, n); those of the start are not new."""
    n_replaced = round(world.churn * world.n_items)
    n = world.n_items + n_replaced * (world.n_periods - 1)
    live, born = np.zeros((world.n_periods, n), dtype=bool), np.full(n, -world.n_new)
    there = np.arange(world.n_items)
    for t in range(world.n_periods):
        if t and n_replaced:
            fresh = world.n_items + n_replaced * (t - 1) + np.arange(n_replaced)
            there = np.concatenate([rng.permutation(there)[n_replaced:], fresh])
            born[fresh] = t
        live[t, there] = True
    return live, np.arange(world.n_periods)[:, None] - born
