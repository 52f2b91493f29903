"""What every metric promises, tomorrow's too."""

import numpy as np
import pytest

from afterlaunch.performance import metrics
from afterlaunch.performance.metrics.metric import Curved, Influential, Metric
from afterlaunch.performance.scored import Scored

SETTINGS = {"Cost": {"matrix": [[0, 1], [5, 0]]}, "Value": {"matrix": [[0, -1], [-5, 20]]}}


def own(target, score, prediction, weight):
    del score
    return float(np.average(np.abs(target - prediction), weights=weight))


def instances():
    for name in metrics.__all__:
        kind = getattr(metrics, name)
        if name == "Own":
            yield kind(function=own, greater_is_better=False, min_effect=0.1)
        else:
            yield kind(**SETTINGS.get(name, {}))


METRICS = list(instances())
MONEY = {"cost", "value"}
CASES = [
    pytest.param(metric, task, id=f"{task} {metric.name}")
    for metric in METRICS
    for task in metric.tasks
    if not (metric.name in MONEY and task == "multiclass")  # their matrix here is of two classes
]
CLASSIFIED = [case for case in CASES if case.values[1] != "regression" and case.values[0].name not in MONEY]


def rows_of(task, n=300, seed=0):
    rng = np.random.default_rng(seed)
    if task == "regression":
        target = rng.gamma(2, 3, n) + 0.1
        return Scored(task=task, n_classes=0, target=target, prediction=target + rng.normal(0.2, 1, n))
    k = 2 if task == "binary" else 3
    score = rng.dirichlet(np.ones(k), n)
    target = (rng.random(n)[:, None] > np.cumsum(score, axis=1)).sum(axis=1).clip(0, k - 1).astype(float)
    prediction = score.argmax(axis=1).astype(float)
    return Scored(task=task, n_classes=k, target=target, score=score if k > 2 else score[:, 1], prediction=prediction)


@pytest.mark.parametrize(("metric", "task"), CASES)
def test_a_metric_is_one(metric, task):
    del task
    assert isinstance(metric, Metric)
    assert metric.name


@pytest.mark.parametrize(("metric", "task"), CASES)
def test_without_rows_there_is_no_value_and_the_metric_says_what_it_lacks(metric, task):
    nothing = rows_of(task).take(slice(0, 0))
    assert metric.lacks(nothing)
    assert metric.value(nothing) is None


@pytest.mark.parametrize(("metric", "task"), CASES)
def test_the_order_of_rows_does_not_matter(metric, task):
    rows = rows_of(task)
    order = np.random.default_rng(1).permutation(rows.n)
    assert metric.value(rows.take(order)) == pytest.approx(metric.value(rows))


@pytest.mark.parametrize(("metric", "task"), CASES)
def test_a_row_of_weight_two_counts_as_two_rows(metric, task):
    rows = rows_of(task)
    if metric.name == "calibration_error":
        return  # its bins hold equally many rows, whatever their weight
    twice = rows.take(np.repeat(np.arange(rows.n), 1 + (np.arange(rows.n) % 2)))
    weighted = rows.weighted(1.0 + (np.arange(rows.n) % 2))
    assert metric.value(weighted) == pytest.approx(metric.value(twice))


@pytest.mark.parametrize(("metric", "task"), CASES)
def test_influences_average_to_nothing(metric, task):
    rows = rows_of(task)
    if isinstance(metric, Influential):
        assert metric.influence(rows).mean() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("metric", "task"), CASES)
def test_what_matters_and_what_a_value_rests_on_are_not_below_zero(metric, task):
    rows = rows_of(task)
    assert metric.matters_from(metric.value(rows), rows) >= 0
    assert 0 < metric.support(rows) <= rows.n


@pytest.mark.parametrize(("metric", "task"), CLASSIFIED)
def test_perfect_answers_are_as_good_as_it_gets(metric, task):
    rows = rows_of(task)
    perfect = np.eye(rows.n_classes)[rows.target.astype(int)]
    best = Scored(
        task=task,
        n_classes=rows.n_classes,
        target=rows.target,
        score=perfect if task == "multiclass" else perfect[:, 1],
        prediction=rows.target,
    )
    assert metric.value(best) == pytest.approx(1.0 if metric.greater_is_better else 0.0, abs=1e-9)


def test_the_curvature_of_the_calibration_error_is_that_of_right_scores():
    rng, squares, found = np.random.default_rng(3), [], []
    metric = metrics.CalibrationError()
    assert isinstance(metric, Curved)
    for _ in range(300):
        score = rng.random(400)
        rows = Scored(task="binary", n_classes=2, target=(rng.random(400) < score).astype(float), score=score)
        curve = metric.curve(rows)
        squares.append(float(curve.weight @ (curve.gap**2 - curve.variance)))
        found.append(metric.curvature(rows))
    assert np.mean(found) == pytest.approx(np.var(squares), rel=0.35)
