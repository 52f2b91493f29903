import numpy as np
import pytest

from afterlaunch.stats import Windows
from afterlaunch.stats.natural import Series, learn_natural, learn_together
from afterlaunch.stats.noise import Noise


def days(rng, rho, n, sd):
    noise = rng.normal(size=n)
    for day in range(1, n):
        noise[day] = rho * noise[day - 1] + np.sqrt(1 - rho**2) * noise[day]
    return sd * noise


def windows(reference, current, season=None):
    place = np.arange(reference + current)
    labels = place * 0 if season is None else season[: len(place)]
    return Windows(reference=place[:reference], current=place[reference:], position=place, season=labels)


def learnt(moved, span, variance=1.0):
    n = len(moved)
    return learn_natural(Series(moved=moved, variance=np.full(n, variance), n=np.full(n, 100.0)), span)


@pytest.mark.simulation
@pytest.mark.parametrize(("rho", "sd"), [(0.0, 0.0), (0.3, 2.0), (0.6, 2.0), (0.9, 3.0)])
@pytest.mark.parametrize(("reference", "current"), [(28, 7), (56, 28)])
def test_a_step_that_is_none_is_seldom_called_one(rho, sd, reference, current):
    rng = np.random.default_rng(11)
    span, false, runs = windows(reference, current), 0, 150
    for _ in range(runs):
        moved = days(rng, rho, reference + current, sd) + rng.normal(size=reference + current)
        found = learnt(moved, span)
        false += not found.wandering and found.pvalue(float(found.step @ moved)) <= 0.05
    assert false / runs <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / runs)


@pytest.mark.simulation
def test_a_step_of_three_standard_deviations_of_a_day_is_found_where_rows_alone_vary():
    rng, found = np.random.default_rng(12), 0
    span = windows(28, 7)
    for _ in range(40):
        moved = rng.normal(size=35) + 3 * (np.arange(35) >= 28)
        one = learnt(moved, span)
        found += one.pvalue(float(one.step @ moved)) <= 0.05 / 6
    assert found >= 36


@pytest.mark.simulation
def test_the_width_of_a_mean_holds_its_level_in_nineteen_of_twenty_cases():
    rng, held, runs = np.random.default_rng(13), 0, 120
    span = windows(42, 14)
    for _ in range(runs):
        moved = days(rng, 0.3, 56, 2.0) + rng.normal(size=56)
        found = learnt(moved, span)
        width = found.width(span.current, np.full(56, 100.0), np.ones(56), 0.05)
        held += abs(moved[42:].mean()) <= width
    assert held / runs >= 0.95 - 2.6 * np.sqrt(0.05 * 0.95 / runs)


def test_restless_days_make_the_same_step_less_telling():
    rng = np.random.default_rng(14)
    quiet, restless = rng.normal(size=35), 5 * rng.normal(size=35)
    assert learnt(quiet, windows(28, 7)).pvalue(2.0) < learnt(restless, windows(28, 7)).pvalue(2.0)


def test_more_rows_narrow_what_is_usual():
    moved = 0.1 * np.random.default_rng(15).normal(size=35)
    many, few = learnt(moved, windows(28, 7), variance=0.01), learnt(moved, windows(28, 7), variance=1.0)
    assert many.reach(0.05) < few.reach(0.05)


def test_reach_and_pvalue_are_each_others_inverse():
    found = learnt(np.random.default_rng(16).normal(size=40), windows(30, 10))
    assert found.pvalue(found.reach(0.01)) == pytest.approx(0.01, rel=1e-3)


def test_without_time_a_step_is_judged_by_its_rows_alone():
    pair = np.arange(2)
    span = Windows(reference=pair[:1], current=pair[1:], position=pair, season=pair * 0, timeless=True)
    found = learn_natural(Series(moved=np.zeros(2), variance=np.array([0.5, 0.5]), n=np.ones(2)), span)
    assert found.pvalue(1.959964) == pytest.approx(0.05, abs=1e-5)


def test_a_season_that_the_reference_never_saw_is_told():
    season = (np.arange(35) >= 28).astype(np.int64)
    assert not learnt(np.zeros(35) + np.random.default_rng(17).normal(size=35), windows(28, 7, season)).covered


def test_a_reference_of_three_buckets_is_too_short_to_say_what_is_natural():
    found = learnt(np.random.default_rng(18).normal(size=4), windows(3, 1))
    assert found.caution < 0.25


@pytest.mark.simulation
def test_the_length_of_several_parts_is_judged_at_its_level_too():
    rng, false, runs = np.random.default_rng(19), 0, 120
    span = windows(28, 7)
    variance = np.array([0.1, 0.2, 0.3, 0.4])
    noise = Noise(mean=np.ones(1), shape=1 / (variance**2).sum(keepdims=True), rate=variance.max(keepdims=True))
    for _ in range(runs):
        moved = rng.normal(size=(35, 4)) * np.sqrt(variance) + days(rng, 0.3, 35, 1.0)[:, None] * [1, 0.5, 0, -0.5]
        found = learn_natural(Series(moved=moved, variance=np.ones(35), n=np.full(35, 100.0), noise=noise), span)
        false += found.pvalue(float(np.linalg.norm(found.step @ moved))) <= 0.05
    assert false / runs <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / runs)


def test_several_series_lend_each_other_what_they_learn():
    rng = np.random.default_rng(20)
    series = [Series(moved=rng.normal(size=35), variance=np.ones(35), n=np.full(35, 100.0)) for _ in range(6)]
    together = learn_together(series, windows(28, 7))
    alone = [learn_natural(one, windows(28, 7)) for one in series]
    assert np.median([one.reach(0.01) for one in together]) < np.median([one.reach(0.01) for one in alone])
