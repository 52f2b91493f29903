"""Intervals of concentration by groups of users, and the band of what merit alone would show."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats.spread import MEASURES, jackknife_spread, make_yardstick, measure_spread, null_band

N_ITEMS, N_USERS, RUNS, GROUPS = 150, 600, 200, 20
BY_NAME = {name: place for place, name in enumerate(MEASURES)}


def weights(rng):
    chance = np.exp(0.9 * rng.normal(size=N_ITEMS))
    return chance / chance.sum()


def shown_to_groups(chance, rng):
    """Draw users with a taste of their own, each shown a few to many items: whole users are alike, rows are not."""
    n_shown = 1 + rng.negative_binomial(1, 0.08, size=N_USERS)
    counts = np.zeros((GROUPS, N_ITEMS), dtype=np.int64)
    own = rng.dirichlet(200 * chance, size=N_USERS)
    np.add.at(counts, np.arange(N_USERS) % GROUPS, rng.multinomial(n_shown, own))
    return counts


def test_measures_stand_in_their_order():
    yardstick = make_yardstick(np.array([8, 1, 1]), head=0.8)
    found = dict(zip(MEASURES, measure_spread(np.array([50, 50, 0]), yardstick).tolist(), strict=True))
    assert found["coverage"] == pytest.approx(2 / 3)
    assert found["tail_share"] == pytest.approx(0.5)
    assert found["mean_popularity"] == pytest.approx(3 * (0.8 + 0.1) / 2)
    assert found["entropy"] == pytest.approx(1, abs=0.01)


@pytest.mark.simulation
def test_intervals_hold_the_truth_about_as_often_as_they_say():
    rng = np.random.default_rng(11)
    chance = weights(rng)
    yardstick = make_yardstick(1000 * chance, head=0.8)
    truth = measure_spread((1e9 * chance).astype(np.int64), yardstick)
    inside = np.zeros(len(MEASURES))
    for _ in range(RUNS):
        spread = jackknife_spread([shown_to_groups(chance, rng)], yardstick)
        inside += (spread.low[0] <= truth) & (truth <= spread.high[0])
    covered = inside / RUNS
    for name in ("gini", "tail_share", "mean_popularity"):
        assert 0.905 <= covered[BY_NAME[name]] <= 0.99, f"{name}: {covered[BY_NAME[name]]:.3f}"


def test_one_group_has_no_interval():
    spread = jackknife_spread([np.array([[3, 4, 5]])], make_yardstick(np.ones(3), head=0.8))
    assert np.isnan(spread.low).all()
    assert np.isfinite(spread.value).all()


def test_intervals_stay_within_what_measures_can_be():
    rng = np.random.default_rng(0)
    groups = rng.multinomial(20, np.full(40, 1 / 40), size=(5, 10))
    spread = jackknife_spread(groups, make_yardstick(np.ones(40), head=0.8))
    assert (spread.low >= 0).all()
    assert (spread.high[:, :1] <= 1).all()
    assert (spread.high[:, 2:4] <= 1).all()
    assert (spread.low <= spread.value).all()
    assert (spread.value <= spread.high).all()


def test_a_band_holds_what_merit_alone_shows():
    rng = np.random.default_rng(5)
    chance = weights(rng)
    yardstick = make_yardstick(1000 * chance, head=0.8)
    totals = rng.integers(500, 20_000, size=60).astype(float)
    low, high = null_band(chance, totals, yardstick, rng=rng)
    shown = np.stack([measure_spread(rng.multinomial(int(total), chance), yardstick) for total in totals])
    inside = ((low - 1e-9 <= shown) & (shown <= high + 1e-9)).mean(axis=0)
    assert (inside >= 0.86).all()
    uneven = measure_spread(rng.multinomial(20_000, chance**2 / (chance**2).sum()), yardstick)
    assert uneven[0] > high[:, 0].max()


def test_a_band_of_no_impressions_is_none():
    low, high = null_band(
        np.ones(3) / 3, np.zeros(2), make_yardstick(np.ones(3), head=0.8), rng=np.random.default_rng(0)
    )
    assert np.isnan(low).all()
    assert np.isnan(high).all()
