import numpy as np
import pytest

from afterlaunch.logs.outcomes import Outcomes
from afterlaunch.performance import metrics
from afterlaunch.performance.estimate.scores import learn_promised
from afterlaunch.performance.metrics import (
    F1,
    MCC,
    Accuracy,
    AveragePrecision,
    Brier,
    CalibrationError,
    LogLoss,
    Own,
    Precision,
    Recall,
    RocAuc,
    Specificity,
)
from afterlaunch.performance.scored import Scored

BINARY = (
    Accuracy(),
    Precision(),
    Recall(),
    Specificity(),
    F1(),
    MCC(),
    LogLoss(),
    Brier(),
    RocAuc(),
    AveragePrecision(),
)


def outcomes_of(target, score, prediction):
    n = len(target)
    return Outcomes(
        task="binary" if score.ndim == 1 else "multiclass",
        classes=tuple(range(2 if score.ndim == 1 else score.shape[1])),
        target=target,
        labelled=np.isfinite(target),
        score=score,
        prediction=prediction,
        time_us=np.arange(n),
        label_time_us=None,
        notes=(),
    )


def binary(rng, n, sharpness=1.0):
    logit = 1.3 * rng.normal(size=n) - 0.5
    truth = 1 / (1 + np.exp(-logit))
    score = 1 / (1 + np.exp(-sharpness * logit))
    return (rng.random(n) < truth).astype(float), score, truth


def learn(target, score, rng, n_known):
    outcomes = outcomes_of(
        target, score, (score >= 0.5).astype(float) if score.ndim == 1 else score.argmax(axis=1) * 1.0
    )
    known = np.arange(len(target)) < n_known
    return learn_promised(outcomes, known=known, bucket=np.arange(len(target)) // 100, rng=rng), outcomes


def drawn(metric, outcomes, rows, chance, rng):
    target = (rng.random(len(rows)) < chance).astype(float)
    scored = Scored(
        task="binary",
        n_classes=2,
        target=target,
        score=outcomes.score[rows],
        prediction=outcomes.prediction[rows],
    )
    return metric.value(scored)


@pytest.mark.simulation
@pytest.mark.parametrize("metric", [*BINARY, CalibrationError()], ids=lambda one: one.name)
def test_an_estimate_is_what_drawn_labels_come_to_and_as_noisy(metric):
    rng = np.random.default_rng(0)
    target, score, truth = binary(rng, 5000)
    found, outcomes = learn(target, score, rng, 4000)
    rows = np.arange(4000, 5000)
    estimated = found.estimate(metric, rows)
    values = np.array([drawn(metric, outcomes, rows, truth[rows], rng) for _ in range(400)])
    if metric.name == "calibration_error":  # its noise is of second order where scores are right
        assert estimated.value < 1e-6
        assert np.sqrt(estimated.noise) == pytest.approx(np.std(values**2), rel=0.8)
        return
    assert estimated.value == pytest.approx(values.mean(), abs=4 * values.std() / 20 + 0.002)
    assert np.sqrt(estimated.noise) / estimated.slope == pytest.approx(values.std(), rel=0.15)


@pytest.mark.parametrize("metric", BINARY, ids=lambda one: one.name)
def test_what_rows_add_to_the_gap_sums_to_it(metric):
    rng = np.random.default_rng(1)
    target, score, _ = binary(rng, 24_000)
    found, outcomes = learn(target, score, rng, 4000)
    rows = np.arange(4000, 24_000)
    estimated = found.estimate(metric, rows)
    realized = metric.value(
        Scored(
            task="binary",
            n_classes=2,
            target=target[rows],
            score=score[rows],
            prediction=outcomes.prediction[rows],
        )
    )
    spread = np.sqrt(estimated.spread.mean() / len(rows))
    assert estimated.residual.mean() == pytest.approx(realized - estimated.value, abs=0.2 * spread)


def test_the_accuracy_of_known_chances_is_their_mean():
    rng = np.random.default_rng(2)
    target, score, _ = binary(rng, 3000)
    found, outcomes = learn(target, score, rng, 2000)
    rows = np.arange(2000, 3000)
    right = np.where(outcomes.prediction[rows] == 1, score[rows], 1 - score[rows])
    assert found.estimate(Accuracy(), rows).value == pytest.approx(right.mean())


def test_scores_that_are_too_sure_are_not_taken_at_their_word():
    rng = np.random.default_rng(3)
    target, score, truth = binary(rng, 12_000, sharpness=2.5)
    found, _ = learn(target, score, rng, 8000)
    rows = np.arange(8000, 12_000)
    right = np.where(score[rows] >= 0.5, truth[rows], 1 - truth[rows]).mean()
    promised = np.maximum(score[rows], 1 - score[rows]).mean()
    said = found.estimate(Accuracy(), rows)
    assert abs(said.value - right) < 0.25 * abs(promised - right)
    assert said.own > 0


def test_several_classes_have_estimates_too():
    rng = np.random.default_rng(4)
    score = rng.dirichlet(np.ones(3), 6000)
    target = np.array([rng.choice(3, p=one) for one in score]).astype(float)
    found, outcomes = learn(target, score, rng, 3000)
    rows = np.arange(3000, 6000)
    truly = Scored(
        task="multiclass", n_classes=3, target=target[rows], score=score[rows], prediction=outcomes.prediction[rows]
    )
    for metric in (Accuracy(), LogLoss(), RocAuc(), F1(), MCC()):
        said = found.estimate(metric, rows)
        width = 4 * np.sqrt(said.noise) / said.slope
        assert said.value == pytest.approx(metric.value(truly), abs=width)
        assert said.residual.mean() == pytest.approx(metric.value(truly) - said.value, abs=0.3 * width)


def test_a_metric_of_ones_own_is_estimated_by_drawing_labels():
    def hits(target, score, prediction, weight):
        del score
        return float(np.average(target == prediction, weights=weight))

    rng = np.random.default_rng(5)
    target, score, _ = binary(rng, 3000, sharpness=2.0)
    found, _ = learn(target, score, rng, 2000)
    rows = np.arange(2000, 3000)
    mine = found.estimate(Own(function=hits, greater_is_better=True, min_effect=0.01), rows)
    theirs = found.estimate(Accuracy(), rows)
    assert mine.value == pytest.approx(theirs.value)
    assert np.sqrt(mine.noise) == pytest.approx(np.sqrt(theirs.noise) / theirs.slope, rel=0.35)
    assert mine.residual is None


def test_every_metric_of_classes_has_an_estimate():
    rng = np.random.default_rng(6)
    target, score, _ = binary(rng, 2000)
    found, _ = learn(target, score, rng, 1000)
    made = [metrics.Cost(matrix=((0, 1), (5, 0))), metrics.Value(matrix=((0, -1), (-5, 2))), *BINARY]
    for metric in made:
        said = found.estimate(metric, np.arange(1000, 2000))
        assert np.isfinite([said.value, said.noise, said.own, said.at]).all()


def test_without_scores_nothing_is_promised():
    outcomes = outcomes_of(np.zeros(10), np.zeros(10), np.zeros(10))
    bare = Outcomes(**{name: getattr(outcomes, name) for name in outcomes.__slots__} | {"score": None})
    known = np.ones(10, dtype=bool)
    assert learn_promised(bare, known=known, bucket=np.zeros(10, int), rng=np.random.default_rng(0)) is None
