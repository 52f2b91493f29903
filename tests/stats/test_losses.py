import numpy as np
import pytest
from sklearn import metrics as sk

from afterlaunch.stats.losses import LOSSES, brier_rows, default_loss, log_loss_rows

rng = np.random.default_rng(0)


def test_rows_of_a_binary_task_average_to_scikit_learns_losses():
    score, target = rng.random(50), rng.integers(0, 2, 50).astype(float)
    assert log_loss_rows(target, score).mean() == pytest.approx(sk.log_loss(target, score))
    assert brier_rows(target, score).mean() == pytest.approx(sk.brier_score_loss(target, score))


def test_rows_of_several_classes_average_to_scikit_learns_losses():
    score, target = rng.dirichlet([1, 1, 1], 50), rng.integers(0, 3, 50).astype(float)
    assert log_loss_rows(target, score).mean() == pytest.approx(sk.log_loss(target, score))
    assert brier_rows(target, score).mean() == pytest.approx(sk.brier_score_loss(target, score, labels=[0, 1, 2]))


def test_a_row_that_was_surely_wrong_costs_36_nats_and_not_infinity():
    assert log_loss_rows(np.array([0.0]), np.array([1.0]))[0] == pytest.approx(36.04, abs=0.01)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))
def test_a_right_answer_costs_nothing(loss):
    target = np.array([0.0, 1.0])
    assert loss.rows(target, target).max() == pytest.approx(0, abs=1e-12)


def test_every_task_has_a_loss():
    assert [default_loss(task, scored=False).name for task in ("binary", "multiclass", "regression")] == [
        "zero_one",
        "zero_one",
        "absolute",
    ]
