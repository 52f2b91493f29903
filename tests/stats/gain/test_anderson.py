from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from afterlaunch.stats.gain.anderson import Moments, Quadratic, accepted_gains, moments_of
from afterlaunch.stats.gain.instruments import Instrument


def instrument(d: np.ndarray, x: np.ndarray, y: np.ndarray) -> Instrument:
    return Instrument(name="surprise", d=d, x=x, y=y, kept=np.ones(d.shape, dtype=bool))


def drawn(seed: int, *, n_periods: int, strength: float, gain: float, n_items: int = 40) -> Instrument:
    rng = np.random.default_rng(seed)
    d = rng.normal(size=(n_periods, n_items))
    x = strength * d + rng.normal(size=d.shape)
    return instrument(d, x, gain * x + rng.normal(size=d.shape))


def test_in_few_periods_it_is_the_t_test_of_the_items_sums() -> None:
    one = drawn(0, n_periods=4, strength=1.0, gain=0.0)
    moments = moments_of(one)
    assert moments.pvalue() == pytest.approx(ttest_1samp((one.d * one.y).sum(axis=0), 0).pvalue)
    assert moments.pvalue(0.3) == pytest.approx(ttest_1samp((one.d * (one.y - 0.3 * one.x)).sum(axis=0), 0).pvalue)


@pytest.mark.parametrize("n_periods", [4, 25])
@pytest.mark.parametrize("strength", [1.0, 0.1, 0.02])
def test_the_interval_is_what_the_test_does_not_reject(n_periods, strength) -> None:
    for seed in range(20):
        moments = moments_of(drawn(seed, n_periods=n_periods, strength=strength, gain=0.4))
        accepted = accepted_gains(moments, level=0.95)
        for g in np.linspace(-5, 5, 201).tolist():
            inside = (accepted.low is None or accepted.low <= g) and (accepted.high is None or g <= accepted.high)
            inside &= accepted.excluded is None or not accepted.excluded[0] < g < accepted.excluded[1]
            assert inside == (moments.pvalue(g) >= 0.05)


def test_a_weak_instrument_leaves_no_end_or_a_gap() -> None:
    def accepted(dy: float):
        variance = Quadratic(yy=1.0, xy=0.0, xx=1.0)
        return accepted_gains(Moments(dy=dy, dx=1.0, variances=(variance,), freedom=1_000), level=0.95)

    assert accepted(0.5).low is None
    assert accepted(0.5).excluded is None
    gap = accepted(5.0)
    assert (gap.low, gap.high) == (None, None)
    assert gap.excluded[0] < 0 < gap.excluded[1]


def test_what_whole_periods_share_widens_the_interval() -> None:
    rng = np.random.default_rng(1)
    base = drawn(1, n_periods=25, strength=1.0, gain=0.0)
    d = base.d + rng.normal(size=(25, 1))  # the chance of a period moves all its items
    y = base.y + rng.normal(size=(25, 1))
    shared = moments_of(instrument(d, base.x + d, y))
    assert len(shared.variances) == 2
    by_item = shared.variances[0].yy / 0.7
    assert shared.variance(0.0) > 3 * by_item


def test_three_items_or_no_variation_tell_nothing() -> None:
    assert moments_of(drawn(0, n_periods=6, strength=1.0, gain=0.0, n_items=3)) is None
    still = np.zeros((6, 10))
    assert moments_of(instrument(still, still, still)) is None


@pytest.mark.simulation
@pytest.mark.parametrize(("n_periods", "strength"), [(6, 0.05), (12, 0.5), (25, 0.05), (25, 1.0)])
def test_the_true_gain_is_rejected_one_time_in_twenty_however_weak_the_instrument(n_periods, strength) -> None:
    rejected = sum(
        moments_of(drawn(seed, n_periods=n_periods, strength=strength, gain=0.6)).pvalue(0.6) < 0.05
        for seed in range(800)
    )
    assert 22 <= rejected <= 60  # of 800 at 5 %: three standard errors
