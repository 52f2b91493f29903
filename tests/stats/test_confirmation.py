"""Confirmation where days wander: its level and its power by simulation, at known truth."""

from __future__ import annotations

import numpy as np
import pytest

from afterlaunch.stats.confirmation import confirm
from afterlaunch.stats.effects import Clock, measure_groups

DAYS, ROWS = 28, 150


def wandering(rng, *, rho, spread, n=1):
    """Return day effects (days, n) of an autoregressive series."""
    effects = np.zeros((DAYS, n))
    effects[0] = rng.normal(size=n)
    for day in range(1, DAYS):
        effects[day] = rho * effects[day - 1] + np.sqrt(1 - rho**2) * rng.normal(size=n)
    return spread * effects


def one_log(seed, *, rho, spread, effect=0.0):
    """Return one group's rows, values and clock: alternating weeks, the odd ones judged."""
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(DAYS), ROWS)
    inside = rng.random(len(day)) < 0.2
    value = rng.exponential(1, len(day)) + effect * inside
    value += wandering(rng, rho=rho, spread=spread)[day, 0] + inside * wandering(rng, rho=rho, spread=spread)[day, 0]
    return inside, value, Clock.of(day, (day // 7) % 2, judged=1)


@pytest.mark.parametrize(("rho", "spread"), [(0.0, 0.0), (0.3, 0.2), (0.6, 0.2)])
def test_groups_without_effect_are_confirmed_in_one_case_of_twenty_at_most(rho, spread):
    wrong = 0
    for seed in range(120):
        inside, value, clock = one_log(seed, rho=rho, spread=spread)
        q = confirm([inside], value, clock)[0].qvalue
        wrong += q is not None and q <= 0.05
    assert wrong <= 6 + 2 * np.sqrt(6)


@pytest.mark.parametrize(("rho", "spread", "least"), [(0.0, 0.0, 0.9), (0.3, 0.1, 0.9), (0.6, 0.2, 0.4)])
def test_a_lasting_effect_is_confirmed(rho, spread, least):
    right = 0
    for seed in range(40):
        inside, value, clock = one_log(seed, rho=rho, spread=spread, effect=0.5)
        q = confirm([inside], value, clock)[0].qvalue
        right += q is not None and q <= 0.05
    assert right >= least * 40


@pytest.mark.parametrize(("rho", "spread"), [(0.0, 0.0), (0.6, 0.2)])
def test_intervals_hold_the_true_effect(rho, spread):
    held = 0
    for seed in range(100):
        inside, value, clock = one_log(500 + seed, rho=rho, spread=spread, effect=0.3)
        effect = measure_groups([(inside, value)], clock)[0]
        held += effect.low <= 0.3 <= effect.high
    assert held >= 95 - 2 * np.sqrt(100 * 0.05 * 0.95)


def test_what_an_earlier_slice_explains_is_not_confirmed_again():
    rng = np.random.default_rng(9)
    n = 20_000
    bad = rng.random(n) < 0.2
    near = bad ^ (rng.random(n) < 0.3)  # overlaps the bad one by chance alone
    value = rng.exponential(1, n) + 0.6 * bad
    said = confirm([bad, near], value, None)
    assert said[0].qvalue <= 0.05
    assert said[1].effect.effect > 0.1
    assert said[1].qvalue > 0.05


def test_other_windows_lend_what_they_know_of_restless_days():
    inside, value, clock = one_log(3, rho=0.6, spread=0.3)
    alone = measure_groups(
        [(inside[clock.is_judged], value[clock.is_judged])],
        Clock.of(clock.blocks.block[clock.is_judged], clock.blocks.window[clock.is_judged], judged=1),
    )[0]
    lent = measure_groups([(inside, value)], clock)[0]
    assert alone.effect == pytest.approx(lent.effect)
    assert lent.low is not None


def test_no_slice_is_confirmed_of_none():
    assert confirm([], np.zeros(3), None) == ()
