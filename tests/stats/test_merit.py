"""Merit: what items earn by their clicks, whatever place they stood in; and exposure against it."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats.concentration import gini
from afterlaunch.stats.merit import (
    measure_merit,
    measure_ratios,
    measure_tenths,
    misplaced,
    place_attention,
)

AT = np.linspace(0, 1, 51)


def everyone(n):
    return np.ones(n, dtype=bool)


def test_attention_is_found_where_items_change_places_and_good_ones_stand_on_top():
    rng = np.random.default_rng(0)
    rate = rng.uniform(0.02, 0.3, 200)
    truth = np.array([1.0, 0.6, 0.35, 0.2])
    usual = np.exp(3 * np.outer(rate - rate.mean(), [1, 0.3, -0.3, -1]) / rate.std() / 3)
    shown = np.round(2_000 * usual / usual.sum(axis=1, keepdims=True))
    clicked = rng.poisson(shown * rate[:, None] * truth)
    naive = clicked.sum(axis=0) / shown.sum(axis=0)
    assert place_attention(shown, clicked.astype(float)) == pytest.approx(truth, abs=0.02)
    assert naive / naive[0] != pytest.approx(truth, abs=0.05)


def test_places_with_hardly_a_click_take_the_attention_of_the_place_before():
    shown = np.array([[1000.0, 1000.0, 1.0], [1000.0, 1000.0, 0.0]])
    clicked = np.array([[100.0, 50.0, 1.0], [100.0, 50.0, 0.0]])
    assert place_attention(shown, clicked) == pytest.approx([1, 0.5, 0.5])


def test_merit_draws_rates_of_few_impressions_to_the_mean_and_leaves_those_of_many():
    rng = np.random.default_rng(1)
    rate = rng.gamma(4, 0.02, 2_000)
    views = rng.choice([10.0, 10_000.0], 2_000)
    found = measure_merit(rng.poisson(rate * views).astype(float), views)
    many = views > 100
    assert np.corrcoef(found.rate[many], rate[many])[0, 1] > 0.99
    assert np.mean((found.rate - rate)[~many] ** 2) < 0.86 * np.var(rate)
    assert found.share.sum() == pytest.approx(1)


def test_an_item_without_impressions_has_the_mean_rate():
    found = measure_merit(np.array([50.0, 10.0, 0.0]), np.array([1_000.0, 1_000.0, 0.0]))
    assert found.rate[2] == pytest.approx(0.03, rel=0.05)


def test_without_a_click_there_is_no_merit():
    assert np.isnan(measure_merit(np.zeros(3), np.ones(3)).share).all()


def test_exposure_by_merit_has_a_ratio_of_one_in_every_tenth_and_one_lorenz_curve():
    rng = np.random.default_rng(2)
    rate = rng.uniform(0.05, 0.15, 100)
    shown = np.round(1e6 * rate / rate.sum())
    clicked = rng.poisson(shown * rate).astype(float)
    merit = measure_merit(clicked, shown)
    found = measure_tenths(shown, shown, clicked, shown, merit=merit, live=everyone(100), at=AT)
    assert found.n_items.tolist() == [10] * 10
    assert found.ratio.value == pytest.approx(1, abs=0.05)
    assert found.lorenz_exposure == pytest.approx(found.lorenz_merit, abs=0.01)
    area = np.trapezoid(found.lorenz_exposure, AT)
    assert 1 - 2 * area == pytest.approx(gini(shown), abs=0.002)


@pytest.mark.simulation
def test_intervals_of_tenths_hold_the_true_ratio():
    rng = np.random.default_rng(3)
    held = []
    rate = rng.gamma(8, 0.01, 50)
    chance = rng.dirichlet(np.full(50, 2.0))
    true_merit = rate / rate.sum()
    for _ in range(200):
        shown = rng.multinomial(30_000, chance).astype(float)
        clicked = rng.poisson(shown * rate).astype(float)
        merit = measure_merit(clicked, shown)
        found = measure_tenths(chance, shown, clicked, shown, merit=merit, live=everyone(50), at=AT)
        for k in range(10):
            inside = found.tenth == k
            truth = chance[inside].sum() / true_merit[inside].sum()
            held.append(found.ratio.low[k] <= truth <= found.ratio.high[k])
    assert 0.9 <= np.mean(held) <= 0.99


@pytest.mark.simulation
def test_items_that_are_shown_as_they_deserve_are_hardly_ever_named():
    rng = np.random.default_rng(4)
    named = 0
    for _ in range(200):
        rate = rng.gamma(8, 0.01, 80)
        shown = rng.multinomial(100_000, rate / rate.sum()).astype(float)
        merit = measure_merit(rng.poisson(shown * rate).astype(float), shown)
        over, under = misplaced(shown, merit, everyone(80), most=10)
        named += bool(len(over) or len(under))
    assert named <= 200 * 0.05 + 3 * np.sqrt(200 * 0.05 * 0.95)


def test_items_far_from_their_merit_are_named_the_surest_first():
    rng = np.random.default_rng(5)
    rate = np.full(60, 0.1)
    chance = np.ones(60)
    chance[[3, 7]] = (8, 4)
    chance[[11, 12]] = (0.05, 0.2)
    shown = rng.multinomial(60_000, chance / chance.sum()).astype(float)
    merit = measure_merit(rng.poisson(np.maximum(shown, 1) * 5 * rate).astype(float), np.maximum(shown, 1) * 5)
    over, under = misplaced(shown, merit, everyone(60), most=2)
    assert over.tolist() == [3, 7]
    assert set(under.tolist()) == {11, 12}
    ratio = measure_ratios(shown, merit, everyone(60))
    assert ratio.value[3] > 5
    assert ratio.high[11] < 0.3


def test_items_that_cannot_be_shown_any_more_are_left_out():
    live = np.array([True, True, False, True])
    shown = np.array([10.0, 20.0, 0.0, 30.0])
    merit = measure_merit(np.array([5.0, 5.0, 50.0, 5.0]), np.array([50.0, 50.0, 50.0, 50.0]))
    found = measure_tenths(shown, shown, shown / 10, shown, merit=merit, live=live, at=AT)
    assert found.tenth[2] == -1
    assert found.merit.sum() == pytest.approx(1)
    assert np.isnan(measure_ratios(shown, merit, live).value[2])


def test_a_period_in_which_nothing_was_shown_has_no_tenths():
    merit = measure_merit(np.ones(4), np.full(4, 10.0))
    assert (
        measure_tenths(np.zeros(4), np.zeros(4), np.zeros(4), np.zeros(4), merit=merit, live=everyone(4), at=AT) is None
    )
