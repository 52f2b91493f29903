"""The true gain of a simulated ecosystem, by experiment: the same period again, with other chance or one more click."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from afterlaunch.stats.ecosystem import exposure_shares, learn

if TYPE_CHECKING:
    from afterlaunch.stats.arrays import BoolArray, FloatArray, IntArray
    from afterlaunch.stats.ecosystem import Traffic, World
    from afterlaunch.stats.gain.instruments import InstrumentName

_Counts: TypeAlias = "FloatArray | IntArray"


@dataclass(frozen=True, slots=True)
class History:
    """A world and what happened in it, in one run."""

    world: World
    traffic: Traffic


def elasticities(history: History, *, nudge: float = 0.01) -> FloatArray:
    """Return by how many per cent each item's exposure rises after one per cent more of its clicks (T - 1, n).

    Clicks are those of the period before plus the smoothing constant, and the exposure is relative to that of the other
    live items. One item is nudged at a time, with the same chance otherwise.
    """
    world, traffic = history.world, history.traffic
    n_periods, n = traffic.shown.shape
    found = np.zeros((n_periods - 1, n))
    for t in range(n_periods - 1):
        used, live = traffic.used[t].astype(np.float64), traffic.ground.live[t + 1]
        nudged = used + np.diag((used + world.smoothing) * np.expm1(nudge))
        before = _next_shares(history, t, used, traffic.expected[t])
        after = _next_shares(history, t, nudged, np.broadcast_to(traffic.expected[t], (n, n)))
        change = np.where(live, np.log(np.where(live, after / np.where(live, before, 1.0), 1.0)), 0.0)
        own = np.diagonal(change)
        others = (change.sum(axis=1) - own) / max(int(live.sum()) - 1, 1)
        found[t] = np.where(live, (own - others) / nudge, 0.0)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    """A period drawn again many times (k, n): the deviation, the clicks learnt from, the exposure that was meant."""

    d: FloatArray
    used: IntArray
    expected: FloatArray


def true_gain(
    history: History, name: InstrumentName, kept: BoolArray, *, rng: np.random.Generator, n_draws: int = 40
) -> float:
    """Return the gain that an instrument aims at in this very history: the elasticity, weighted as it weighs cells.

    Each period's chance, and nothing else, is drawn again `n_draws` times from where the period began; the gain is
    the covariance of the deviation with the next exposure over that with the logarithm of the clicks, over the cells
    `kept` (T - 2, n) that the estimate uses.
    """
    dy, dx = 0.0, 0.0
    for t, inside in enumerate(kept, start=1):
        if not inside.any():
            continue
        again = _again(history, name, t, n_draws, rng)
        shares = _next_shares(history, t, again.used, again.expected)
        deviation = _centred(again.d[:, inside], over_items=False)
        dy += float((deviation * _centred(np.log(shares[:, inside]), over_items=True)).sum())
        dx += float(
            (deviation * _centred(np.log(again.used[:, inside] + history.world.smoothing), over_items=True)).sum()
        )
    return dy / dx if dx else float("nan")


def _next_shares(history: History, t: int, used: _Counts, expected: FloatArray) -> FloatArray:
    """Return the shares of the impressions after period `t` that those clicks would have led to."""
    world, traffic = history.world, history.traffic
    return exposure_shares(learn(traffic.learnt[t], used, expected, world), traffic.ground, world, t + 1)


def _again(history: History, name: InstrumentName, t: int, n_draws: int, rng: np.random.Generator) -> _Again:
    world, traffic = history.world, history.traffic
    shape = (n_draws, traffic.shown.shape[1])
    expected = np.broadcast_to(traffic.expected[t], shape)
    shown, clicked = np.broadcast_to(traffic.shown[t], shape), np.broadcast_to(traffic.clicked[t], shape)
    share = world.withheld if t >= world.withheld_from else 0.0
    noise = np.zeros(shape)
    if name == "noise":
        noise = world.noise * rng.normal(size=shape)
        expected = _with_noise(history, t, noise)
    if name != "withheld":
        n = int(traffic.ground.impressions[t])
        shown = world.burst * rng.multinomial(n // world.burst, expected / expected.sum(axis=-1, keepdims=True))
        clicked = rng.binomial(shown, np.broadcast_to(traffic.ground.rate[t], shape))
    kept_out = rng.binomial(clicked, share)
    if name == "noise":
        d = noise
    elif name == "withheld":
        d = _kept_in(shown, clicked, kept_out, kept_out + rng.binomial(shown - clicked, share))
    else:
        d = (shown - expected) * _per_impression(traffic, name, t)
    return _Again(d=d, used=clicked - kept_out, expected=expected)


def _with_noise(history: History, t: int, noise: FloatArray) -> FloatArray:
    g = history.traffic.ground
    learnt = np.broadcast_to(history.traffic.learnt[t], noise.shape)
    now = replace(g, content=g.content[t : t + 1], noise=noise[:, None], live=g.live[t : t + 1], age=g.age[t : t + 1])
    return float(g.impressions[t]) * exposure_shares(learnt, now, history.world, 0)


def _kept_in(shown: IntArray, clicked: IntArray, kept_out: IntArray, withheld: IntArray) -> FloatArray:
    there = np.maximum(shown, 1)
    variance = clicked * (shown - withheld) * withheld * (shown - clicked) / (there**2 * np.maximum(shown - 1.0, 1))
    return (withheld / there * clicked - kept_out) / np.sqrt(np.where(variance > 0, variance, 1.0))


def _per_impression(traffic: Traffic, name: InstrumentName, t: int) -> FloatArray:
    """Return what one surprising impression adds to the deviation of each item (n,)."""
    expected = np.where(traffic.expected > 0, traffic.expected, 1.0)
    if name == "surprise":
        return 1 / np.sqrt(expected[t])
    n = traffic.ground.impressions[t - 1 : t + 1]
    squares = traffic.shown[t - 1] * (n[0] / expected[t - 1]) ** 2
    return n[1] / expected[t] / np.sqrt(np.where(squares > 0, squares, 1.0))


def _centred(values: FloatArray, *, over_items: bool) -> FloatArray:
    """Return `values` (k, n) less their mean over draws, and within each draw less that over items."""
    if over_items:
        values = values - values.mean(axis=1, keepdims=True)
    return values - values.mean(axis=0)
