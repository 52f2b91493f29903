"""Every metric equals scikit-learn's, with weights and without; its influences are its derivatives."""

import numpy as np
import pytest
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

from afterlaunch.performance import metrics
from afterlaunch.performance.scored import Scored

rng = np.random.default_rng(20)
N = 600


def binary(weight):
    score = rng.beta(2, 4, N).round(2)
    target = (rng.random(N) < score).astype(float)
    prediction = (score > 0.35).astype(float)
    return Scored(task="binary", n_classes=2, target=target, score=score, prediction=prediction, weight=weight)


def multiclass(weight):
    score = rng.dirichlet([1, 2, 3, 1], N)
    target = np.array([rng.choice(4, p=p) for p in score]).astype(float)
    prediction = score.argmax(axis=1).astype(float)
    return Scored(task="multiclass", n_classes=4, target=target, score=score, prediction=prediction, weight=weight)


def regression(weight):
    target = rng.gamma(2, 3, N) + 0.1
    return Scored(
        task="regression", n_classes=0, target=target, prediction=target + rng.normal(0.3, 2, N), weight=weight
    )


def weights(kind):
    return None if kind == "alike" else rng.integers(0, 4, N).astype(float)


BINARY = {
    metrics.RocAuc(): lambda r, w: sk.roc_auc_score(r.target, r.score, sample_weight=w),
    metrics.AveragePrecision(): lambda r, w: sk.average_precision_score(r.target, r.score, sample_weight=w),
    metrics.LogLoss(): lambda r, w: sk.log_loss(r.target, r.score, sample_weight=w),
    metrics.Brier(): lambda r, w: sk.brier_score_loss(r.target, r.score, sample_weight=w),
    metrics.Accuracy(): lambda r, w: sk.accuracy_score(r.target, r.prediction, sample_weight=w),
    metrics.Precision(): lambda r, w: sk.precision_score(r.target, r.prediction, sample_weight=w),
    metrics.Recall(): lambda r, w: sk.recall_score(r.target, r.prediction, sample_weight=w),
    metrics.Specificity(): lambda r, w: sk.recall_score(r.target, r.prediction, pos_label=0, sample_weight=w),
    metrics.F1(): lambda r, w: sk.f1_score(r.target, r.prediction, sample_weight=w),
    metrics.MCC(): lambda r, w: sk.matthews_corrcoef(r.target, r.prediction, sample_weight=w),
    metrics.Cost(matrix=[[0, 1], [5, 0.5]]): lambda r, w: float(
        (sk.confusion_matrix(r.target, r.prediction, sample_weight=w, normalize="all") * [[0, 1], [5, 0.5]]).sum()
    ),
    metrics.Value(matrix=[[0, -1], [-5, 20]]): lambda r, w: float(
        (sk.confusion_matrix(r.target, r.prediction, sample_weight=w, normalize="all") * [[0, -1], [-5, 20]]).sum()
    ),
}
MULTICLASS = {
    metrics.RocAuc(): lambda r, w: np.mean(
        [sk.roc_auc_score(r.target == k, r.score[:, k], sample_weight=w) for k in range(4)]
    ),
    metrics.AveragePrecision(): lambda r, w: np.mean(
        [sk.average_precision_score(r.target == k, r.score[:, k], sample_weight=w) for k in range(4)]
    ),
    metrics.LogLoss(): lambda r, w: sk.log_loss(r.target, r.score, sample_weight=w),
    metrics.Brier(): lambda r, w: sk.brier_score_loss(r.target, r.score, sample_weight=w),
    metrics.Accuracy(): lambda r, w: sk.accuracy_score(r.target, r.prediction, sample_weight=w),
    metrics.Precision(): lambda r, w: sk.precision_score(r.target, r.prediction, average="macro", sample_weight=w),
    metrics.Recall(): lambda r, w: sk.recall_score(r.target, r.prediction, average="macro", sample_weight=w),
    metrics.Specificity(): lambda r, w: np.mean(
        [sk.recall_score(r.target == k, r.prediction == k, pos_label=0, sample_weight=w) for k in range(4)]
    ),
    metrics.F1(): lambda r, w: sk.f1_score(r.target, r.prediction, average="macro", sample_weight=w),
    metrics.MCC(): lambda r, w: sk.matthews_corrcoef(r.target, r.prediction, sample_weight=w),
}
REGRESSION = {
    metrics.MAE(): lambda r, w: sk.mean_absolute_error(r.target, r.prediction, sample_weight=w),
    metrics.RMSE(): lambda r, w: sk.root_mean_squared_error(r.target, r.prediction, sample_weight=w),
    metrics.MedianAbsoluteError(): lambda r, w: sk.median_absolute_error(r.target, r.prediction, sample_weight=w),
    metrics.Bias(): lambda r, w: np.average(r.prediction - r.target, weights=w),
    metrics.R2(): lambda r, w: sk.r2_score(r.target, r.prediction, sample_weight=w),
    metrics.MAPE(): lambda r, w: sk.mean_absolute_percentage_error(r.target, r.prediction, sample_weight=w),
}
CASES = [
    pytest.param(metric, wanted, make, id=f"{make.__name__} {metric.name}")
    for make, cases in ((binary, BINARY), (multiclass, MULTICLASS), (regression, REGRESSION))
    for metric, wanted in cases.items()
]


@pytest.mark.parametrize("kind", ["alike", "weighted"])
@pytest.mark.parametrize(("metric", "wanted", "make"), CASES)
def test_a_metric_equals_scikit_learns(metric, wanted, make, kind):
    rows = make(weights(kind))
    assert metric.value(rows) == pytest.approx(wanted(rows, rows.weight), abs=1e-12)


@pytest.mark.parametrize("kind", ["alike", "weighted"])
@pytest.mark.parametrize(("metric", "wanted", "make"), CASES)
def test_influences_are_what_more_weight_on_a_row_does(metric, wanted, make, kind):
    del wanted
    rows = make(weights(kind))
    if metric.name == "median_absolute_error":
        return  # a step function, tested by its coverage
    influence, step = metric.influence(rows), 1e-5
    assert rows.weights @ influence == pytest.approx(0, abs=1e-9)
    tilted = 1 + step * rng.normal(size=N)
    moved = metric.value(rows.weighted(rows.weights * tilted)) - metric.value(rows)
    first_order = float(rows.weights * (tilted - 1) @ influence) / rows.total
    assert moved == pytest.approx(first_order, rel=1e-3, abs=1e-8)


def test_influences_on_the_calibration_error_are_what_more_weight_on_a_row_does():
    score = rng.uniform(0.2, 0.9, 20_000)
    target = (rng.random(20_000) < score - 0.15).astype(float)
    rows = Scored(task="binary", n_classes=2, target=target, score=score)
    metric, tilted = metrics.CalibrationError(), 1 + 1e-4 * rng.normal(size=20_000)
    moved = metric.value(rows.weighted(tilted)) - metric.value(rows)
    assert moved == pytest.approx(float((tilted - 1) @ metric.influence(rows)) / rows.n, rel=0.05)


def test_the_calibration_curve_is_scikit_learns():
    score = rng.random(1000)
    target = (rng.random(1000) < score**2).astype(float)
    rows = Scored(task="binary", n_classes=2, target=target, score=score)
    share, mean = calibration_curve(target, score, n_bins=10, strategy="quantile")
    curve = metrics.CalibrationError().curve(rows)
    assert curve.share == pytest.approx(share)
    assert curve.score == pytest.approx(mean)


def test_right_scores_have_no_calibration_error_however_few_the_rows():
    squares = []
    for _ in range(400):
        score = rng.random(200)
        rows = Scored(task="binary", n_classes=2, target=(rng.random(200) < score).astype(float), score=score)
        curve = metrics.CalibrationError().curve(rows)
        squares.append(float(curve.weight @ (curve.gap**2 - curve.variance)))
    assert np.mean(squares) == pytest.approx(0, abs=4 * np.std(squares) / 20)


def test_wrong_scores_have_the_error_that_they_were_given():
    score = rng.uniform(0.2, 0.8, 200_000)
    target = (rng.random(200_000) < score - 0.1).astype(float)
    rows = Scored(task="binary", n_classes=2, target=target, score=score)
    assert metrics.CalibrationError().value(rows) == pytest.approx(0.1, abs=0.004)
