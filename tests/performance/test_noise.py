"""Intervals of a metric in one window hold where few rows make most of it."""

import numpy as np
import pytest

from afterlaunch.performance import metrics
from afterlaunch.performance.noise import Measured, interval, measured
from afterlaunch.performance.scored import Scored

MARGIN = 2.6 * np.sqrt(0.05 * 0.95 / 300)


def regressed(rng, n):
    target = np.exp(rng.normal(1, 1.0, n))
    return Scored(task="regression", n_classes=0, target=target, prediction=target * np.exp(rng.normal(0, 0.3, n)))


def rare(rng, n):
    logit = -4.5 + 1.5 * rng.normal(size=n)
    score = 1 / (1 + np.exp(-logit))
    target = (rng.random(n) < score).astype(float)
    return Scored(task="binary", n_classes=2, target=target, score=score, prediction=(score >= 0.1).astype(float))


def coverage(metric, draw, n, runs=300):
    rng = np.random.default_rng(n)
    truth = metric.value(draw(rng, 1_000_000))
    found = [measured(metric, draw(rng, n)) for _ in range(runs)]
    spans = [interval(metric.scale, one) for one in found if one is not None]
    return np.mean([span.low <= truth <= span.high for span in spans])


@pytest.mark.simulation
@pytest.mark.parametrize("n", [100, 300])
@pytest.mark.parametrize("metric", [metrics.RMSE(), metrics.MAE(), metrics.Bias()], ids=lambda one: one.name)
def test_intervals_of_heavy_tailed_errors_hold(metric, n):
    assert coverage(metric, regressed, n) >= 0.95 - MARGIN


@pytest.mark.simulation
@pytest.mark.parametrize(
    "metric",
    [metrics.LogLoss(), metrics.Brier(), metrics.Cost(matrix=[[0, 1], [5, 0]]), metrics.MCC()],
    ids=lambda one: one.name,
)
def test_intervals_that_rest_on_three_positives_hold(metric):
    assert coverage(metric, rare, 100) >= 0.95 - MARGIN


def test_a_mean_that_one_row_makes_is_open_upwards():
    rows = Scored(task="regression", n_classes=0, target=np.append(np.ones(99), 30.0), prediction=np.zeros(100))
    found = measured(metrics.MAE(), rows)
    span = interval("log", found)
    assert found.freedom == pytest.approx(2, abs=0.1)
    assert np.log(span.high / found.value) > np.log(found.value / span.low) > 1.96 * found.variance**0.5


def test_many_rows_of_a_quiet_loss_have_the_usual_interval():
    rng = np.random.default_rng(1)
    rows = Scored(task="regression", n_classes=0, target=rng.normal(size=50_000), prediction=np.zeros(50_000))
    found = measured(metrics.MAE(), rows)
    span, plain = interval("log", found), 2 * 1.96 * found.variance**0.5
    assert np.log(span.high / span.low) == pytest.approx(plain, rel=0.01)


def test_without_a_formula_for_influences_the_law_is_normal():
    found = Measured(value=1.0, at=0.0, variance=0.01, slope=1.0, support=10.0)
    span = interval("log", found)
    assert np.log(span.high) == pytest.approx(0.196, abs=1e-3)
