"""The simulator starts where a log ends, goes on as it would have, and knows what corrections do."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats.concentration import gini
from afterlaunch.stats.ecosystem import World, run_on, simulate
from afterlaunch.stats.gain.record import Record
from afterlaunch.stats.remedies import MOST_ITEMS, Belief, Remedy, band, calibrate, cost, try_out

TODAY = Remedy(explore=0.0, correct=False, guarantee=0.0)


def record_of(run, *, told=True):
    return Record(shown=run.shown, clicked=run.clicked, used=run.used, expected=run.expected if told else None)


def believe(gain, reach=0.02):
    return Belief(estimate=gain, low=gain - reach, high=gain + reach, smoothing=0.5)


def start(world, *, seed=0, gain=None, **options):
    rng = np.random.default_rng(seed)
    run = simulate(world, rng=rng).run(0)
    given = {"explore": 0.0, "horizon": 12, **options}
    return run, calibrate(record_of(run), believe(world.gain if gain is None else gain), rng=rng, **given)


@pytest.mark.parametrize("gain", [0.0, 0.5, 0.8])
def test_as_today_it_goes_on_where_the_log_ends(gain):
    run, today = start(World(gain=gain, n_impressions=20_000))
    ahead = try_out(today, TODAY, seed=1)
    low, middle, high = band(ahead.gini)
    assert middle[0] == pytest.approx(gini(run.expected[-1]), abs=0.04)
    assert middle[-1] == pytest.approx(middle[0], abs=0.05)
    assert (low <= middle).all()
    assert (middle <= high).all()
    assert np.median(ahead.click_rate) == pytest.approx(run.clicked[-5:].sum() / run.shown[-5:].sum(), rel=0.03)


def test_what_it_foresees_of_a_correction_is_what_happens_where_the_policy_is_changed():
    world = World(gain=0.7, n_impressions=40_000)
    run, today = start(world, horizon=15)
    foreseen = try_out(today, Remedy(explore=0.0, correct=True, guarantee=0.0), seed=1)
    rng = np.random.default_rng(9)
    ground = simulate(world, rng=rng).ground
    went_on = run_on(ground, World(gain=0.7, n_impressions=40_000, correct=1.0), rng=rng).run(0)
    assert band(foreseen.gini)[1][-1] == pytest.approx(gini(went_on.expected[-1]), abs=0.12)
    assert band(foreseen.gini)[1][-1] < gini(run.expected[-1]) - 0.15


def test_a_correction_of_a_loop_costs_clicks_and_without_a_loop_changes_nothing():
    for gain, changes in ((0.7, True), (0.0, False)):
        _, today = start(World(gain=gain, n_impressions=20_000))
        as_now, corrected = (
            try_out(today, Remedy(explore=0.0, correct=one, guarantee=0.0), seed=1) for one in (False, True)
        )
        lost = float(np.median(cost(corrected, as_now)))
        assert (lost > 0.03) == changes
        assert (np.median(as_now.gini[:, -1] - corrected.gini[:, -1]) > 0.1) == changes


def test_exploration_spreads_exposure_in_proportion():
    _, today = start(World(gain=0.3, n_impressions=20_000))
    spread = [
        np.median(try_out(today, Remedy(explore=e, correct=False, guarantee=0.0), seed=1).gini) for e in (0, 0.5, 1)
    ]
    assert spread[0] > spread[1] > spread[2]
    assert spread[2] == pytest.approx(0, abs=1e-9)


def test_new_items_get_what_they_are_guaranteed_where_there_are_any():
    run, today = start(World(gain=0.6, churn=0.05, n_impressions=20_000))
    assert today.new_items == pytest.approx(0.05, abs=0.02)
    plain, kept = (try_out(today, Remedy(explore=0.0, correct=False, guarantee=g), seed=1) for g in (0.0, 0.2))
    assert np.median(kept.gini[:, -1]) < np.median(plain.gini[:, -1])
    assert run.shown.shape[1] > 200


def test_a_large_catalogue_is_sampled_from_the_most_to_the_least_shown():
    run, today = start(World(gain=0.4, n_items=1_000, n_impressions=100_000))
    assert today.ground.rate.shape[2] == MOST_ITEMS
    ahead = try_out(today, TODAY, seed=1)
    assert np.median(ahead.gini[:, 0]) == pytest.approx(gini(run.expected[-1]), abs=0.05)


def test_what_was_never_clicked_or_shown_cannot_be_simulated():
    nothing = np.zeros((6, 5), dtype=np.int64)
    record = Record(shown=nothing + 10, clicked=nothing, used=nothing)
    assert calibrate(record, believe(0.5), explore=0.0, horizon=5, rng=np.random.default_rng(0)) is None


def test_gains_are_drawn_within_their_interval():
    drawn = Belief(estimate=0.5, low=0.2, high=0.6, smoothing=0.5).draw(500, np.random.default_rng(0))
    assert drawn.min() >= 0.2
    assert drawn.max() <= 0.6
